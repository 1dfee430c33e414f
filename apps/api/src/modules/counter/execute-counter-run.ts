import type { Approval, RunEvent } from '@trueup/core'
import { runCounter } from '@trueup/core'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import { inTransaction } from '../../database/transaction.ts'
import { AdjustmentEntity } from '../adjustment/adjustment.entity.ts'
import { storeEvent } from '../adjustment/store-event.ts'
import type { Problem } from '../../problems.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { toRunParts } from '../run/bill.ts'
import type { BillingRunRow } from '../run/billing-run.entity.ts'
import { readDecided } from '../run/read-decided.ts'
import type { RunAtWork } from '../run/start-run.ts'
import { isPossible, type FindCounters, type PossibleItem } from './counter-item.ts'
import { storeCounterPlan } from './store-counter-plan.ts'

/** What a counter run does, and for whom. */
export interface CounterWork {
  readonly find: FindCounters
  readonly stopsLines: boolean
  readonly approvals: readonly Approval[] | null
  readonly actor: string
}

/** Shown where the numbers are not those of the preview any more. */
const NOT_AS_PREVIEWED =
  'It is not what the preview showed any more, so nothing was posted. Preview it again.'

/**
 * Looks up once more what is to be undone, now that no other run is at work, and lets core plan, post and verify it.
 * Gives what cannot be undone any more; throws what kept it from ending.
 */
export async function executeCounterRun(
  services: Services,
  { integration, run }: RunAtWork,
  work: CounterWork,
): Promise<readonly Problem[]> {
  const em = services.orm.em.fork()
  const { items } = await work.find(em)
  const possible = items.filter(isPossible)
  const { settings } = await readDecided(em, integration)
  const events = runCounter(toRunParts(services, integration), {
    day: run.runDay,
    settings,
    counters: possible.map((item) => item.counter),
    apply: work.approvals === null ? 'ALL' : 'APPROVED',
    approvals: work.approvals ?? [],
    signal: services.background.signal,
  })
  for await (const event of events)
    await inTransaction(services.orm, (inner) =>
      keep(inner, { services, run, possible, work }, event),
    )
  await endStale(services, run)
  return items.flatMap((item) => item.problem ?? [])
}

/** Settles what a counter run left on its way whose process died. Nothing new is planned or posted. */
export async function settleCounterRun(
  services: Services,
  integration: IntegrationRow,
  run: BillingRunRow,
): Promise<void> {
  const { settings } = await readDecided(services.orm.em.fork(), integration)
  const request = { day: run.runDay, settings, counters: [], apply: 'NOTHING' as const }
  const at = toInstant(services.clock)
  for await (const event of runCounter(toRunParts(services, integration), {
    ...request,
    signal: services.background.signal,
  }))
    await inTransaction(services.orm, (em) => storeEvent(em, run, event, at))
}

async function keep(
  em: Em,
  about: {
    readonly services: Services
    readonly run: BillingRunRow
    readonly possible: readonly PossibleItem[]
    readonly work: CounterWork
  },
  event: RunEvent,
): Promise<void> {
  const { services, run, possible, work } = about
  const at = toInstant(services.clock)
  if (event.kind === 'counterPlanned')
    await storeCounterPlan(em, { run, items: possible, planned: event.planned, at, ...work })
  else await storeEvent(em, run, event, at)
}

/** What was agreed to and is not what the plan says now was not posted, and waits for nobody. */
async function endStale(services: Services, run: BillingRunRow): Promise<void> {
  await services.orm.em
    .fork()
    .nativeUpdate(
      AdjustmentEntity,
      { run: run.id, status: { $in: ['PLANNED', 'STALE'] } },
      { status: 'STALE', settledAt: toInstant(services.clock), outcomeText: NOT_AS_PREVIEWED },
    )
}
