import type { AutotaskEvent } from '@trueup/autotask'
import type { Clock } from '@trueup/core'
import type { Logger } from 'pino'
import type { Orm } from '../../database/orm.ts'
import { AutotaskWaitEntity } from './autotask-wait.entity.ts'

/** Waits that people are told of; shorter ones are over before anybody reads them. */
const WORTH_TELLING_MS = 5_000

/** What is needed to tell people that an integration waits. */
export interface WaitingParts {
  readonly orm: Orm
  readonly log: Logger
  readonly clock: Clock
}

/** Told of everything that Autotask's connection reports; `settle` waits until all of it is stored. */
export interface WaitingKeeper {
  keep(integrationId: string, event: AutotaskEvent): void
  settle(): Promise<void>
}

/** Logs what the connection reports, and stores until when an integration waits, for the pages of runs. */
export function createWaitingKeeper({ orm, log, clock }: WaitingParts): WaitingKeeper {
  let stored: Promise<unknown> = Promise.resolve()
  const store = (work: () => Promise<unknown>): void => {
    stored = stored.then(work).catch((error: unknown) => {
      log.error({ err: error }, 'It could not be stored that a run waits; it waits all the same')
    })
  }
  return {
    keep: (integrationId, event) => {
      if (event.kind === 'WAITING') {
        const until = new Date(event.resumeAtMs)
        log.info(
          { integrationId, autotask: event, until: until.toISOString() },
          `Waiting for Autotask until ${until.toISOString()}`,
        )
        if (event.resumeAtMs - clock.nowMs() < WORTH_TELLING_MS) return
        store(() =>
          orm.em.fork().upsert(AutotaskWaitEntity, { integrationId, until, reason: event.reason }),
        )
      } else if (event.kind === 'GOING_ON') {
        store(() => orm.em.fork().nativeDelete(AutotaskWaitEntity, { integrationId }))
      } else log.info({ integrationId, autotask: event }, 'Autotask made us repeat or move')
    },
    settle: async () => {
      await stored
    },
  }
}
