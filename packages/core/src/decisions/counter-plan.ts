import { splitByContract } from '../billed.ts'
import { invariant } from '../invariant.ts'
import type { Plan, PlannedAdjustment } from '../plan.ts'
import { totalPlan } from '../planning/plan-totals.ts'
import { chainSections } from '../planning/sections.ts'
import type { ContractId } from '../values/ids.ts'
import type { CounterState, LineName, TakenAdjustment } from './undo-line.ts'
import { planRelease, planTakeBack, refuseTakeBack } from './undo-line.ts'

/** What a person wants undone on one line: one confirmed adjustment, or everything Trueup bills there. */
export type Counter =
  | { readonly kind: 'TAKE_BACK'; readonly taken: TakenAdjustment; readonly isTakenBack: boolean }
  | { readonly kind: 'RELEASE'; readonly line: LineName }

/**
 * Everything that counter-adjustments follow from. Of one line several adjustments may be taken back in one go, or it is
 * released; the order does not matter.
 */
export interface CounterInput extends CounterState {
  readonly counters: readonly Counter[]
}

/** What counter-adjustments come to. */
export interface CounterPlan {
  /** Everything that is to be undone, as one plan. */
  readonly plan: Plan
  /** The same, apart: the plan of each counter, in the order they were asked for. */
  readonly plans: readonly Plan[]
}

/**
 * The counter-adjustments that a person asked for. Pure: preview, run, replay and tests all call this one function.
 *
 * Several adjustments of one line are undone one after the other, the newest first, each with a counter-adjustment of its
 * own that stands on the one before it: every pair can be proved by itself, and dying in between leaves whole pairs.
 *
 *     written    10, then +2, then +3             15
 *     undone     the +3: 15 to 12, then the +2:   12 to 10
 *
 * Where one is held, the older ones of its line wait for it.
 */
export function planCounters(input: CounterInput): CounterPlan {
  const { day, counters } = input
  const lines = groupByLine(counters)
  const stateOf = stateByContract(input)
  const planned = new Map<Counter, Plan>()
  let unchanged = 0
  for (const line of lines) {
    const [first] = line
    if (first === undefined) continue
    const plans = planLineCounters(stateOf(lineOf(first).contract), line)
    for (const [counter, plan] of plans) planned.set(counter, plan)
    const isUnchanged = plans.every(
      ([, { adjustments, holds }]) => adjustments.length + holds.length === 0,
    )
    if (isUnchanged) unchanged += 1
  }
  const plans = counters.flatMap((counter) => planned.get(counter) ?? [])
  const joined = {
    day,
    lines: [],
    adjustments: plans.flatMap(({ adjustments }) => adjustments),
    holds: plans.flatMap(({ holds }) => holds),
    findings: plans.flatMap(({ findings }) => findings),
  }
  const totals = totalPlan(joined, 0)
  const plan = {
    ...joined,
    totals: { ...totals, linesCompared: lines.length, linesUnchanged: unchanged },
  }
  return { plan, plans }
}

/** What concerns one contract. */
function stateByContract({
  ledger,
  lineRecords,
  ...rest
}: CounterState): (contract: ContractId) => CounterState {
  const written = splitByContract(ledger)
  const contracts = chainSections(ledger.contracts, ({ id }) => id)
  const records = chainSections(lineRecords, ({ contract }) => contract)
  return (id) => ({
    ...rest,
    ledger: { ...written(id), contracts: contracts.of(id), services: ledger.services },
    lineRecords: records.of(id),
  })
}

/** The line that a counter is about. */
export function lineOf(counter: Counter): LineName {
  return counter.kind === 'TAKE_BACK' ? counter.taken : counter.line
}

/** Each line's counters, the newest adjustment first. */
function groupByLine(counters: readonly Counter[]): readonly (readonly Counter[])[] {
  const lines = new Map<string, Counter[]>()
  for (const counter of counters) {
    const { contract, service } = lineOf(counter)
    const key = `${contract}/${service}`
    const known = lines.get(key)
    if (known === undefined) lines.set(key, [counter])
    else known.push(counter)
  }
  return [...lines.values()].map((line) => {
    const taken = line.flatMap((one) => (one.kind === 'TAKE_BACK' ? [one.taken.key] : []))
    invariant(
      line.length === 1 || new Set(taken).size === line.length,
      'an adjustment is to be taken back twice at once, or its line is to be released as well',
    )
    return line.sort((a, b) => ordinalOf(b) - ordinalOf(a))
  })
}

function ordinalOf(counter: Counter): number {
  return counter.kind === 'TAKE_BACK' ? counter.taken.ordinal : 0
}

function planLineCounters(
  input: CounterState,
  counters: readonly Counter[],
): readonly (readonly [Counter, Plan])[] {
  let state = input
  let isHeld = false
  return counters.map((counter) => {
    const plan =
      isHeld && counter.kind === 'TAKE_BACK'
        ? refuseTakeBack(input.day, counter.taken, 'NEWER_ONE_HELD')
        : planOne(state, counter)
    isHeld ||= plan.holds.length > 0
    state = plan.adjustments.reduce(carryOut, state)
    return [counter, plan] as const
  })
}

function planOne(state: CounterState, counter: Counter): Plan {
  return counter.kind === 'TAKE_BACK'
    ? planTakeBack(state, counter.taken, counter.isTakenBack)
    : planRelease(state, counter.line)
}

/** How the line stands when a counter-adjustment is confirmed. It is dated on the start of a period that is open. */
function carryOut(
  { ledger, lineRecords, ...state }: CounterState,
  { contract, service, line, ordinal, effectiveDay, change, after }: PlannedAdjustment,
): CounterState {
  return {
    ...state,
    ledger: {
      ...ledger,
      unitPeriods: ledger.unitPeriods.map((row) =>
        row.line === line && row.startDay >= effectiveDay
          ? { ...row, units: row.units + change }
          : row,
      ),
    },
    lineRecords: lineRecords.map((record) =>
      record.contract === contract && record.service === service
        ? { ...record, line, ordinal, confirmed: { units: after, effectiveDay } }
        : record,
    ),
  }
}
