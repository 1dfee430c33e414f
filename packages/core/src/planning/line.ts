import type { BilledIndex, BilledLine } from '../billed.ts'
import { findBilledLine, sortedRows } from '../billed.ts'
import { brakeLine } from './brakes.ts'
import type { Change } from '../diff.ts'
import { diffLine, largestChange } from '../diff.ts'
import type { EffectiveDays } from './effective-day.ts'
import { chooseEffectiveDays } from './effective-day.ts'
import type { HoldReason } from '../guard.ts'
import { guardLine } from '../guard.ts'
import { adjustmentKey, candidateKey } from '../identity.ts'
import { invariant } from '../invariant.ts'
import type { Contract, ContractService } from '../ledger.ts'
import type { LevelInput, Levels, UnitStep } from './levels.ts'
import { readLevels } from './levels.ts'
import type { DateChoice, Explanation, PlannedAdjustment, PlannedLine } from '../plan.ts'
import type { UnitPrice } from './price.ts'
import { changeMoney, findUnitPrice, periodMoney } from './price.ts'
import type { BillingSettings, EffectiveDatePolicy } from '../settings.ts'
import type { LineTarget } from '../target.ts'
import type { Day } from '../values/day.ts'
import type { AccountId, TenantId } from '../values/ids.ts'
import type { BillingCalendar, BillingPeriod } from '../values/period.ts'
import { periodAfter, periodOn } from '../values/period.ts'

/** The customer whose lines are planned, and everything that is the same for all of them. */
export interface LineContext {
  readonly day: Day
  readonly tenant: TenantId
  readonly account: AccountId
  readonly contract: Contract
  readonly calendar: BillingCalendar
  readonly current: BillingPeriod
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
  | { readonly kind: 'NO_OPEN_PERIOD'; readonly target: number; readonly billed: number }
  | { readonly kind: 'STOPPED'; readonly target: number; readonly billed: number }

/**
 * Target against billed for one service of one customer. One outcome per line of the PSA that it could be, which is
 * one: several only where the service is repeated on the contract.
 */
export function planLine(target: LineTarget, context: LineContext): LineOutcome[] {
  const billed = findBilledLine(context.index, context.contract.id, target.service)
  const candidates = billed.candidates.length === 0 ? [null] : billed.candidates
  return candidates.map((candidate) => planCandidate(target, billed, candidate, context))
}

function planCandidate(
  lineTarget: LineTarget,
  billed: BilledLine,
  candidate: ContractService | null,
  context: LineContext,
): LineOutcome {
  const { calendar, current, index } = context
  const { record } = billed
  const rows = candidate === null ? [] : sortedRows(index, candidate.id)
  const baselineUnits = record?.baselineUnits ?? 0
  const target = Math.max(0, lineTarget.units + baselineUnits)
  const chosen = chooseEffectiveDays({ ...context, rows, record })
  if (chosen === null) {
    return { kind: 'NO_OPEN_PERIOD', target, billed: rows.at(-1)?.units ?? 0 }
  }

  const { days, levels } = chooseReadableDay(chosen, { rows, calendar, current, record })
  const steps = stepsOf(levels, days.from)
  const diff = { steps, target, downFrom: days.downFrom }
  const changes = diffLine(diff)
  const billedUnits = steps[0]?.units ?? 0
  if (record?.ownership === 'STOPPED') return { kind: 'STOPPED', target, billed: billedUnits }

  const price = findUnitPrice(index.services.get(lineTarget.service), candidate)
  const part = { ...context, lineTarget, billed, candidate, days, price, baselineUnits }
  const line = {
    ...identityOf(part),
    target,
    billed: billedUnits,
    explanation: explain(part, days.from, days.dateChoice),
  }
  if (changes.length === 0) {
    return { kind: 'COMPARED', line, adjustments: [], hold: null, brake: null }
  }
  const adjustments = changes.map((change, position) => toAdjustment(part, change, position))
  const hold = guardLine({ record, levels, target, candidates: billed.candidates.length })
  const largest = largestChange(diff)
  const units = largest.after - largest.before
  const money = price === null ? null : periodMoney(price, calendar, units)
  const brake = brakeLine({ ...largest, money }, context.settings.brakes)
  return { kind: 'COMPARED', line, adjustments, hold, brake }
}

/**
 * The levels from the chosen day on; where rows inside a period leave open what the line carries on that day, the next
 * period's start is taken instead, on which they leave nothing open.
 */
function chooseReadableDay(
  chosen: EffectiveDays,
  input: Omit<LevelInput, 'from'>,
): { readonly days: EffectiveDays; readonly levels: Levels } {
  const levels = readLevels({ ...input, from: chosen.from })
  const next = periodAfter(input.calendar, input.current)
  const isReadable = levels.kind === 'KNOWN' || levels.reason !== 'TWO_READINGS'
  if (isReadable || next === null) return { days: chosen, levels }
  const from = next.startDay
  const days: EffectiveDays = {
    from,
    downFrom: from,
    dateChoice: 'NEXT_PERIOD_BECAUSE_CHANGED_INSIDE',
  }
  return { days, levels: readLevels({ ...input, from }) }
}

function stepsOf(levels: Levels, from: Day): readonly UnitStep[] {
  return levels.kind === 'KNOWN' ? levels.steps : [{ day: from, units: levels.units }]
}

interface LinePart extends LineContext {
  readonly lineTarget: LineTarget
  readonly billed: BilledLine
  readonly candidate: ContractService | null
  readonly days: EffectiveDays
  readonly price: UnitPrice | null
  readonly baselineUnits: number
}

function identityOf(
  part: LinePart,
): Pick<PlannedLine, 'tenant' | 'account' | 'contract' | 'service' | 'line'> {
  return {
    tenant: part.tenant,
    account: part.account,
    contract: part.contract.id,
    service: part.lineTarget.service,
    line: part.candidate?.id ?? null,
  }
}

function toAdjustment(part: LinePart, change: Change, position: number): PlannedAdjustment {
  const { calendar, price, days } = part
  const ordinal = (part.billed.record?.ordinal ?? 0) + 1 + position
  const period = periodOn(calendar, change.day)
  invariant(period !== null, 'a change lies outside its contract', { day: change.day })
  return {
    key: keyOf(part, ordinal),
    ordinal,
    ...identityOf(part),
    effectiveDay: change.day,
    before: change.before,
    change: change.change,
    after: change.after,
    money: changeMoney(price, change, calendar, period),
    explanation: explain(part, change.day, dateChoiceOf(change, days)),
    takesBack: null,
  }
}

function keyOf(part: LinePart, ordinal: number): string {
  const key = adjustmentKey(part.contract.id, part.lineTarget.service, ordinal)
  const isOneOfSeveral = part.billed.candidates.length > 1 && part.candidate !== null
  return isOneOfSeveral ? candidateKey(key, part.candidate.id) : key
}

function dateChoiceOf(change: Change, days: EffectiveDays): DateChoice {
  if (change.levels) return 'LATER_CHANGE_LEVELLED'
  return change.day === days.from ? days.dateChoice : 'NEXT_PERIOD_START'
}

function explain(part: LinePart, day: Day, dateChoice: DateChoice): Explanation {
  const period = periodOn(part.calendar, day) ?? part.current
  return {
    counts: part.lineTarget.counts,
    policy: part.policy,
    dateChoice,
    periodStart: period.startDay,
    periodEnd: period.endDay,
    baselineUnits: part.baselineUnits,
  }
}
