import type { Approval, RunEvent } from '@trueup/core'
import { runCounter } from '@trueup/core'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import { inTransaction } from '../../database/transaction.ts'
import { AdjustmentEntity, type AdjustmentRow } from '../adjustment/adjustment.entity.ts'
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

type End = Pick<AdjustmentRow, 'status' | 'outcomeText'>

const NOT_AS_PREVIEWED: End = {
  status: 'STALE',
  outcomeText:
    'It is not what the preview showed any more, so nothing was posted. Preview it again.',
}
const BROKE_OFF: End = {
  status: 'NOT_POSTED',
  outcomeText: 'The run broke off before this was sent. Nothing was changed; ask for it again.',
}

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
  try {
    for await (const event of events)
      await inTransaction(services.orm, (inner) =>
        keep(inner, { services, run, possible, work }, event),
      )
  } catch (error) {
    await endOpen(services, run, BROKE_OFF)
    throw error
  }
  await endOpen(services, run, NOT_AS_PREVIEWED)
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

/** What was planned and not posted waits for nobody. What is stale is so because the plan says other numbers by now. */
async function endOpen(services: Services, run: BillingRunRow, end: End): Promise<void> {
  await services.orm.em
    .fork()
    .nativeUpdate(
      AdjustmentEntity,
      { run: run.id, status: { $in: ['PLANNED', 'STALE'] } },
      { ...end, settledAt: toInstant(services.clock) },
    )
}
