import {
  DeadlockException,
  LockWaitTimeoutException,
  UniqueConstraintViolationException,
} from '@mikro-orm/core'
import type { Em, Orm } from './orm.ts'

const MOST_ATTEMPTS = 3
/** Somebody else can come between a look and a write only so often. */
const MOST_OVERTAKEN = 5

/**
 * Runs `work` in one transaction with an entity manager of its own: what it stores is there for all or not at
 * all. When the database chose it as a deadlock's victim it is run again, so `work` may touch nothing but `em`.
 */
export function inTransaction<Result>(
  orm: Orm,
  work: (em: Em) => Promise<Result>,
): Promise<Result> {
  return repeat(MOST_ATTEMPTS, isPassing, () => orm.em.fork().transactional((em) => work(em as Em)))
}

/**
 * The same for work that looks whether something is free before it takes it: when somebody else took it in between, a
 * unique index says so, and the work looks again and finds what they stored.
 */
export function inContestedTransaction<Result>(
  orm: Orm,
  work: (em: Em) => Promise<Result>,
): Promise<Result> {
  return repeat(MOST_OVERTAKEN, isOvertaken, () => inTransaction(orm, work))
}

async function repeat<Result>(
  mostAttempts: number,
  mayRepeat: (error: unknown) => boolean,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (!mayRepeat(error) || attempt >= mostAttempts) throw error
    }
  }
}

function isPassing(error: unknown): boolean {
  return error instanceof DeadlockException || error instanceof LockWaitTimeoutException
}

function isOvertaken(error: unknown): boolean {
  return error instanceof UniqueConstraintViolationException
}
