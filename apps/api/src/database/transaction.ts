import { DeadlockException, LockWaitTimeoutException } from '@mikro-orm/core'
import type { Em, Orm } from './orm.ts'

const MOST_ATTEMPTS = 3

/**
 * Runs `work` in one transaction with an entity manager of its own: what it stores is there for all or not at
 * all. When the database chose it as a deadlock's victim it is run again, so `work` may touch nothing but `em`.
 */
export async function inTransaction<Result>(
  orm: Orm,
  work: (em: Em) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await orm.em.fork().transactional((em) => work(em as Em))
    } catch (error) {
      const isPassing =
        error instanceof DeadlockException || error instanceof LockWaitTimeoutException
      if (!isPassing || attempt >= MOST_ATTEMPTS) throw error
    }
  }
}
