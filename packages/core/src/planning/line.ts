import type { BilledIndex, BilledLine, LineWithRows } from '../billed.ts'
import type { LineChange } from './brakes.ts'
import { brakeLine } from './brakes.ts'
import type { Change, DiffInput } from '../diff.ts'
import { diffLine, largestChange } from '../diff.ts'
import type { EffectiveDays } from './effective-day.ts'
import { chooseEffectiveDays } from './effective-day.ts'
import type { HoldReason } from '../guard.ts'
import { guardLine } from '../guard.ts'
import { adjustmentKey, candidateKey } from '../identity.ts'
import { invariant } from '../invariant.ts'
import type { Contract, ContractService, UnitPeriod } from '../ledger.ts'
import type { LevelInput, Levels, UnitStep } from './levels.ts'
import { readLevels } from './levels.ts'
import type { DateChoice, Explanation, PlannedAdjustment, PlannedLine } from '../plan.ts'
import type { PriceBook, UnitPrice } from './price.ts'
import { findUnitPrice } from './price.ts'
import type { BillingSettings, EffectiveDatePolicy } from '../settings.ts'
import type { LineTarget } from '../target.ts'
import type { Day } from '../values/day.ts'
import type { AccountId, ServiceId, TenantId } from '../values/ids.ts'
import type { BillingPeriod, ContractPeriods } from '../values/period.ts'
import { findPeriod } from '../values/period.ts'

/** The customer whose lines are planned, and everything that is the same for all of them. */
export interface LineContext {
  readonly day: Day
  readonly tenant: TenantId
  readonly account: AccountId
  readonly contract: Contract
  readonly periods: ContractPeriods
  readonly prices: PriceBook
  readonly policy: EffectiveDatePolicy
  readonly index: BilledIndex
  readonly settings: BillingSettings
}

/** What became of one line. */
export type LineOutcome =
  | {
      readonly kind: 'COMPARED'
      readonly line: PlannedLine
      /** In the order they must be posted. */
      readonly adjustments: readonly PlannedAdjustment[]
      readonly hold: HoldReason | null
      /** The brake that holds it unless a person approved this very change. */
      readonly brake: HoldReason | null
    }
  /** The contract has no open period left in which the change could take effect. */
  | ({ readonly kind: 'NO_OPEN_PERIOD' } & LeftAlone)
  /** A person said hands off. */
  | ({ readonly kind: 'STOPPED' } & LeftAlone)

interface LeftAlone {
  readonly service: ServiceId
  readonly target: number
  readonly billed: number
}

/**
 * Target against billed for one service of one customer, on one of the lines of the PSA that it could be: there is one,
 * or none yet, and several only where the service is repeated on the contract.
 */
export function planLine(
  lineTarget: LineTarget,
  billed: BilledLine,
  candidate: LineWithRows | null,
  context: LineContext,
): LineOutcome {
  const { day, policy, periods, index } = context
  const { record } = billed
  const { service } = lineTarget
  const rows = candidate?.rows ?? NO_ROWS
  const target = Math.max(0, lineTarget.units + (record?.baselineUnits ?? 0))
  const seen = { policy, day, periods, rows, record }
  const chosen = chooseEffectiveDays(seen)
  if (chosen === null) {
    return { kind: 'NO_OPEN_PERIOD', service, target, billed: rows.at(-1)?.units ?? 0 }
  }

  const { days, levels } = chooseReadableDay(chosen, seen)
  const steps = stepsOf(levels, days.from)
  const billedUnits = steps[0]?.units ?? 0
  if (record?.ownership === 'STOPPED') {
    return { kind: 'STOPPED', service, target, billed: billedUnits }
  }

  const part = { context, lineTarget, billed, candidate: candidate?.line ?? null, days }
  const line = toLine(part, target, billedUnits)
  const diff = { steps, target, downFrom: days.downFrom }
  const changes = diffLine(diff)
  if (changes.length === 0) {
    return { kind: 'COMPARED', line, adjustments: NO_ADJUSTMENTS, hold: null, brake: null }
  }
  const price = findUnitPrice(index.services.get(lineTarget.service), part.candidate)
  const adjustments = changes.map((change, position) => toAdjustment(part, price, change, position))
  const hold = guardLine({ record, levels, target, candidates: billed.candidates.length })
  const brake = brakeLine(pricedChange(context, price, diff), context.settings.brakes)
  return { kind: 'COMPARED', line, adjustments, hold, brake }
}

const NO_ROWS: readonly UnitPeriod[] = []
const NO_ADJUSTMENTS: readonly PlannedAdjustment[] = []

function pricedChange(
  { prices, periods }: LineContext,
  price: UnitPrice | null,
  diff: DiffInput,
): LineChange {
  const { before, after } = largestChange(diff)
  const money = price === null ? null : prices.wholePeriod(price, periods.calendar, after - before)
  return { before, after, money }
}

/**
 * The levels from the chosen day on; where rows inside a period leave open what the line carries on that day, the next
 * period's start is taken instead, on which they leave nothing open.
 */
function chooseReadableDay(
  chosen: EffectiveDays,
  input: LevelInput,
): { readonly days: EffectiveDays; readonly levels: Levels } {
  const levels = readLevels(input, chosen.from)
  const isReadable = levels.kind === 'KNOWN' || levels.reason !== 'TWO_READINGS'
  const next = isReadable ? null : input.periods.next()
  if (next === null) return { days: chosen, levels }
  const from = next.startDay
  const days: EffectiveDays = {
    from,
    downFrom: from,
    dateChoice: 'NEXT_PERIOD_BECAUSE_CHANGED_INSIDE',
  }
  return { days, levels: readLevels(input, from) }
}

function stepsOf(levels: Levels, from: Day): readonly UnitStep[] {
  return levels.kind === 'KNOWN' ? levels.steps : [{ day: from, units: levels.units }]
}

interface LinePart {
  readonly context: LineContext
  readonly lineTarget: LineTarget
  readonly billed: BilledLine
  readonly candidate: ContractService | null
  readonly days: EffectiveDays
}

function toLine(part: LinePart, target: number, billed: number): PlannedLine {
  const { context, lineTarget, candidate, days } = part
  return {
    tenant: context.tenant,
    account: context.account,
    contract: context.contract.id,
    service: lineTarget.service,
    line: candidate?.id ?? null,
    target,
    billed,
    explanation: explain(part, findPeriodOf(context, days.from), days.dateChoice),
  }
}

function toAdjustment(
  part: LinePart,
  price: UnitPrice | null,
  change: Change,
  position: number,
): PlannedAdjustment {
  const { context, lineTarget, candidate, days } = part
  const ordinal = (part.billed.record?.ordinal ?? 0) + 1 + position
  const period = findPeriodOf(context, change.day)
  const { calendar } = context.periods
  return {
    key: keyOf(part, ordinal),
    ordinal,
    tenant: context.tenant,
    account: context.account,
    contract: context.contract.id,
    service: lineTarget.service,
    line: candidate?.id ?? null,
    effectiveDay: change.day,
    before: change.before,
    change: change.change,
    after: change.after,
    money: context.prices.change(price, change, { calendar, period }),
    explanation: explain(part, period, dateChoiceOf(change, days)),
    takesBack: null,
  }
}

function findPeriodOf({ periods }: LineContext, day: Day): BillingPeriod {
  const period = findPeriod(periods, day)
  invariant(period !== null, 'a change lies outside its contract', { day })
  return period
}

function keyOf({ context, lineTarget, billed, candidate }: LinePart, ordinal: number): string {
  const key = adjustmentKey(context.contract.id, lineTarget.service, ordinal)
  const isOneOfSeveral = billed.candidates.length > 1 && candidate !== null
  return isOneOfSeveral ? candidateKey(key, candidate.id) : key
}

function dateChoiceOf(change: Change, days: EffectiveDays): DateChoice {
  if (change.levels) return 'LATER_CHANGE_LEVELLED'
  return change.day === days.from ? days.dateChoice : 'NEXT_PERIOD_START'
}

function explain(
  { context, lineTarget, billed }: LinePart,
  period: BillingPeriod,
  dateChoice: DateChoice,
): Explanation {
  return {
    counts: lineTarget.counts,
    policy: context.policy,
    dateChoice,
    periodStart: period.startDay,
    periodEnd: period.endDay,
    baselineUnits: billed.record?.baselineUnits ?? 0,
  }
}
