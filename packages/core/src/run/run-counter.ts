import type { CounterInput, CounterPlan } from '../decisions/counter-plan.ts'
import { lineOf, planCounters } from '../decisions/counter-plan.ts'
import type { TakenAdjustment } from '../decisions/undo-line.ts'
import type { LedgerState } from '../ledger.ts'
import type { AbortSignalLike, ContractLedger, ReadOptions } from '../ports.ts'
import type { Approval } from '../reconcile.ts'
import type { Day } from '../values/day.ts'
import { earlierDay } from '../values/day.ts'
import { isPeriodStart, listPeriods } from '../values/period.ts'
import type { ApplyMode } from './apply-plan.ts'
import { applyPlan } from './apply-plan.ts'
import type { RunEvent } from './events.ts'
import type { RunParts } from './parts.ts'
import { readyParts } from './parts.ts'
import { settleLeftovers } from './settle-leftovers.ts'

/** Everything that is to be undone in one go. The contracts and the journal are read by the run itself. */
export type CounterRequest = Omit<CounterInput, 'ledger' | 'lineRecords'>

/** A counter-plan with everything it was computed from: stored together, the run can be replayed. */
export interface PlannedCounter extends CounterPlan {
  readonly input: CounterInput
}

/**
 * Reads the lines' contracts, all in one go, and plans the counter-adjustments: the preview of {@link runCounter}.
 * Changes nothing.
 */
export async function planCounter(
  parts: Pick<RunParts, 'ledger' | 'journal'>,
  request: CounterRequest,
  options: ReadOptions = {},
): Promise<PlannedCounter> {
  const contracts = [...new Set(request.counters.map((one) => lineOf(one).contract))].sort()
  const lineRecords = await parts.journal.readLineRecords(contracts)
  const { day } = request
  const now = await parts.ledger.readLedger({ contracts, fromDay: day }, options)
  const ledger = await readSince(parts.ledger, now, request, options)
  const input = { ...request, ledger, lineRecords }
  return { ...planCounters(input), input }
}

/**
 * What was read from today on, and for each adjustment of an earlier period that is taken back also its line's rows from
 * that period on, because they may all be open still. Each line is read around its own days, in one go.
 */
async function readSince(
  ledger: ContractLedger,
  now: LedgerState,
  { day, counters }: CounterRequest,
  options: ReadOptions,
): Promise<LedgerState> {
  const read = new Set(now.unitPeriods.map(({ line, startDay }) => `${line} ${startDay}`))
  const missing = counters
    .flatMap((one) => (one.kind === 'TAKE_BACK' ? listEarlier(now, one.taken, day) : []))
    .filter(({ line, effectiveDay }) => !read.has(`${line} ${effectiveDay}`))
  if (missing.length === 0) return now
  const fromDay = missing.map(({ effectiveDay }) => effectiveDay).reduce(earlierDay)
  const past = await ledger.readWritten({ written: missing, fromDay }, options)
  const gone = past.unitPeriods.filter(({ endDay }) => endDay < day)
  return { ...now, unitPeriods: [...gone, ...now.unitPeriods] }
}

/** A line in one period, as `ContractLedger.readWritten` asks for it. */
type EarlierPeriod = Required<Parameters<ContractLedger['readWritten']>[0]['written'][number]>

/** The periods before today's that a take-back reaches into; none when it begins inside a period, see `planTakeBack`. */
function listEarlier(
  { contracts, lines }: LedgerState,
  { contract: id, service, effectiveDay }: TakenAdjustment,
  day: Day,
): EarlierPeriod[] {
  const contract = contracts.find((candidate) => candidate.id === id)
  if (contract === undefined || contract.periodMonths === null) return []
  const { startDay, endDay, periodMonths } = contract
  const calendar = { startDay, endDay, periodMonths }
  if (!isPeriodStart(calendar, effectiveDay)) return []
  const periods = listPeriods(calendar, effectiveDay, day).filter((period) => period.endDay < day)
  return lines
    .filter((line) => line.contract === id && line.service === service)
    .flatMap((line) =>
      periods.map((period) => ({
        contract: id,
        service,
        line: line.id,
        effectiveDay: period.startDay,
      })),
    )
}

/**
 * Runs counter-plans like any other plan: intent, post once, read back. The journal keeps each as one half of a pair.
 * Without counters it only settles what earlier runs left open.
 */
export async function* runCounter(
  parts: RunParts,
  request: CounterRequest & {
    readonly apply: ApplyMode
    readonly approvals?: readonly Approval[]
    readonly signal?: AbortSignalLike
  },
): AsyncGenerator<RunEvent, void> {
  const { apply, approvals = [], signal } = request
  const ready = readyParts(parts, signal === undefined ? {} : { signal })
  yield* settleLeftovers(ready, request.day)
  if (request.counters.length === 0) return
  const planned = await planCounter(ready, request, ready.options)
  yield { kind: 'counterPlanned', planned }
  const { plan, input } = planned
  yield* applyPlan(ready, { ...input, plan, apply, approvals })
}
