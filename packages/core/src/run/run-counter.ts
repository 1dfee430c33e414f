import type { CounterInput, LineName, TakenAdjustment } from '../decisions/counter-plan.ts'
import { planRelease, planTakeBack } from '../decisions/counter-plan.ts'
import type { LineRecord } from '../history.ts'
import { invariant } from '../invariant.ts'
import type { LedgerState } from '../ledger.ts'
import type { Plan } from '../plan.ts'
import { totalPlan } from '../planning/plan-totals.ts'
import type { AbortSignalLike, ContractLedger, ReadOptions } from '../ports.ts'
import type { Approval } from '../reconcile.ts'
import type { BillingSettings } from '../settings.ts'
import type { Day } from '../values/day.ts'
import { earlierDay } from '../values/day.ts'
import type { ContractId } from '../values/ids.ts'
import type { ApplyMode } from './apply-plan.ts'
import { applyPlan } from './apply-plan.ts'
import type { RunEvent } from './events.ts'
import type { RunParts } from './parts.ts'
import { readyParts } from './parts.ts'
import { settleLeftovers } from './settle-leftovers.ts'

/** What a person wants undone on one line: one confirmed adjustment, or everything Trueup bills there. */
export type Counter =
  | { readonly kind: 'TAKE_BACK'; readonly taken: TakenAdjustment; readonly isTakenBack: boolean }
  | { readonly kind: 'RELEASE'; readonly line: LineName }

/** Everything that is to be undone in one go; a line at most once, because the second would stand on the first. */
export interface CounterRequest {
  readonly day: Day
  readonly settings: BillingSettings
  readonly counters: readonly Counter[]
}

/** A counter-plan with what it was computed from. */
export interface PlannedCounter {
  /** Everything that is to be undone, as one plan. */
  readonly plan: Plan
  /** The same, apart: the plan of each counter, in the order they were asked for. */
  readonly plans: readonly Plan[]
  readonly ledger: LedgerState
  readonly lineRecords: readonly LineRecord[]
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
  const { day, settings, counters } = request
  const lines = counters.map(lineOf)
  const names = new Set(lines.map(({ contract, service }) => `${contract}/${service}`))
  invariant(names.size === lines.length, 'a line is to be undone twice at once')
  const contracts = [...new Set(lines.map(({ contract }) => contract))].sort()
  const lineRecords = await parts.journal.readLineRecords(contracts)
  const ledger = await readSince(parts.ledger, { day, counters, contracts }, options)
  const input = { day, settings, ledger, lineRecords }
  const plans = counters.map((counter) => planOne(input, counter))
  return { plan: joinPlans(day, plans), plans, ledger, lineRecords }
}

/**
 * The contracts from today on; where an adjustment of an earlier period is taken back, also that period and the next,
 * because they may still be open. Periods between those and today's may be missing.
 */
async function readSince(
  ledger: ContractLedger,
  { day, counters, contracts }: Pick<CounterRequest, 'day' | 'counters'> & WantedContracts,
  options: ReadOptions,
): Promise<LedgerState> {
  const state = await ledger.readLedger({ contracts, fromDay: day }, options)
  const taken = counters.flatMap((one) => (one.kind === 'TAKE_BACK' ? [one.taken] : []))
  const earlier = taken.filter(({ effectiveDay }) => effectiveDay < day)
  const fromDay = earlier.map(({ effectiveDay }) => effectiveDay).reduce(earlierDay, day)
  const read = new Set(state.unitPeriods.map(({ line, startDay }) => `${line} ${startDay}`))
  const isMissing = earlier.some(({ contract, effectiveDay }) =>
    state.lines.some(
      (line) => line.contract === contract && !read.has(`${line.id} ${effectiveDay}`),
    ),
  )
  if (!isMissing) return state
  const past = await ledger.readLedger(
    { contracts: [...new Set(earlier.map(({ contract }) => contract))].sort(), fromDay },
    options,
  )
  const gone = past.unitPeriods.filter(({ endDay }) => endDay < day)
  return { ...state, unitPeriods: [...gone, ...state.unitPeriods] }
}

interface WantedContracts {
  readonly contracts: readonly ContractId[]
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
  const { plan, ledger, lineRecords } = planned
  yield* applyPlan(ready, { plan, apply, approvals, ledger, lineRecords })
}

function lineOf(counter: Counter): LineName {
  return counter.kind === 'TAKE_BACK' ? counter.taken : counter.line
}

function planOne(input: CounterInput, counter: Counter): Plan {
  return counter.kind === 'TAKE_BACK'
    ? planTakeBack(input, counter.taken, counter.isTakenBack)
    : planRelease(input, counter.line)
}

function joinPlans(day: Day, plans: readonly Plan[]): Plan {
  const plan = {
    day,
    lines: [],
    adjustments: plans.flatMap(({ adjustments }) => adjustments),
    holds: plans.flatMap(({ holds }) => holds),
    findings: plans.flatMap(({ findings }) => findings),
  }
  return { ...plan, totals: totalPlan(plan, 0) }
}
