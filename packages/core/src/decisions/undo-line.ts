import type { BilledIndex, BilledLine } from '../billed.ts'
import { buildBilledIndex, findBilledLine } from '../billed.ts'
import type { LineRecord } from '../history.ts'
import type { Finding, Subject } from '../issue.ts'
import { makeFinding } from '../issue.ts'
import type { LedgerState } from '../ledger.ts'
import type { LineContext } from '../planning/line.ts'
import { planLine } from '../planning/line.ts'
import { createPriceBook } from '../planning/price.ts'
import type { Hold, Plan, PlannedAdjustment } from '../plan.ts'
import { totalPlan } from '../planning/plan-totals.ts'
import type { BillingSettings } from '../settings.ts'
import { NO_BRAKES } from '../settings.ts'
import type { LineTarget } from '../target.ts'
import type { Day } from '../values/day.ts'
import { laterDay } from '../values/day.ts'
import type { ServiceId } from '../values/ids.ts'
import { listPeriods, periodsAround } from '../values/period.ts'

/** A line of a customer. */
export type LineName = Pick<PlannedAdjustment, 'tenant' | 'account' | 'contract' | 'service'>

/** A confirmed adjustment that a person wants undone. */
export type TakenAdjustment = LineName &
  Pick<PlannedAdjustment, 'key' | 'ordinal' | 'effectiveDay' | 'change'>

/** What stands when a line is undone: settings, contracts, journal. */
export interface CounterState {
  readonly day: Day
  readonly settings: BillingSettings
  readonly ledger: LedgerState
  readonly lineRecords: readonly LineRecord[]
}

/**
 * The counter-adjustment of a confirmed adjustment, as a plan. It dates from the adjustment's own day where nothing was
 * posted and nothing else changed since, else from the first open period from today's on; what stays is named by a
 * finding. When nothing else changed, the line is back where it was. Units never fall below zero. Whether it was taken back
 * before is the journal's to say (`Journal.recordIntent`); callers that know it already pass `isTakenBack`.
 *
 * The next run bills again what is counted, unless the mapping was changed or the line is stopped.
 */
export function planTakeBack(
  input: CounterState,
  taken: TakenAdjustment,
  isTakenBack: boolean,
): Plan {
  const impossible = (reason: string): Plan => refuseTakeBack(input.day, taken, reason)
  if (isTakenBack) return impossible('ALREADY_TAKEN_BACK')
  const context = chooseContext(input, taken)
  if (context === null) return impossible('CONTRACT_DOES_NOT_COVER_DAY')
  const billed = findLine(context, taken.service)
  if (billed.candidates.length === 0) return impossible('LINE_MISSING')

  const [candidate = null] = billed.candidates
  const probe = planLine(targetOf(taken.service, 0), billed, candidate, context)
  if (probe.kind !== 'COMPARED') return impossible('NO_OPEN_PERIOD')
  const wanted = Math.max(0, probe.line.billed - taken.change)
  const counted = wanted - (billed.record?.baselineUnits ?? 0)
  const counter = planTo(input.day, context, targetOf(taken.service, counted), taken.key)
  const planned = [...counter.adjustments, ...counter.holds.map(({ adjustment }) => adjustment)]
  const [first, ...more] = planned.filter(({ line }) => line === candidate?.line.id)
  if (first === undefined) return impossible('NOTHING_LEFT')
  // One for one: where a later change would have to be levelled too, the line would not be back where it was.
  const isAlone = more.length === 0 && first.effectiveDay === probe.line.explanation.periodStart
  if (!isAlone) return impossible('LATER_CHANGES')
  const { effectiveDay: from, change } = first
  if (from === taken.effectiveDay && change === -taken.change) return counter
  const facts = { from, change, wantedFrom: taken.effectiveDay, wanted: -taken.change }
  const findings = [takeBackFinding('TAKE_BACK_PARTIAL', taken, facts)]
  return toPlan(input.day, { ...counter, findings })
}

/** A plan that only says why an adjustment cannot be taken back. */
export function refuseTakeBack(day: Day, taken: TakenAdjustment, reason: string): Plan {
  return toPlan(day, { findings: [takeBackFinding('TAKE_BACK_IMPOSSIBLE', taken, { reason })] })
}

/**
 * Brings a line down to what was there before Trueup, as a plan: what is offered when a mapping is deleted, billing is
 * switched off or another contract is chosen, which change no units by themselves (product.md, rule 23).
 */
export function planRelease(input: CounterState, line: LineName): Plan {
  const context = toContext(input, line, input.day)
  if (context === null) return toPlan(input.day, {})
  return planTo(input.day, context, targetOf(line.service, 0), null)
}

/**
 * From today on, or from the adjustment's own period where all periods since are known to be open and alike.
 *
 *     Oct 1: +2   |-- Oct --|-- Nov --|      today is in November
 *     neither posted                         taken back from Oct 1
 *     October posted, or not like November   taken back from Nov 1
 */
function chooseContext(input: CounterState, taken: TakenAdjustment): LineContext | null {
  const { effectiveDay } = taken
  const now = toContext(input, taken, laterDay(input.day, effectiveDay))
  if (now === null || effectiveDay >= now.periods.current.startDay) return now
  const own = toContext(input, taken, effectiveDay)
  const [candidate] = findLine(now, taken.service).candidates
  if (own === null || candidate === undefined) return now
  if (own.periods.current.startDay !== effectiveDay) return now
  const { calendar, current } = own.periods
  const periods = listPeriods(calendar, current.startDay, now.periods.current.startDay)
  const rows = candidate.rows.filter(
    ({ startDay }) => startDay >= current.startDay && startDay <= now.periods.current.endDay,
  )
  const isOpen = rows.every(
    ({ postedDay, units }) => postedDay === null && units === rows[0]?.units,
  )
  const isWhole = periods.every(({ startDay }, index) => rows[index]?.startDay === startDay)
  return isOpen && isWhole && rows.length === periods.length ? own : now
}

function findLine({ index, contract }: LineContext, service: ServiceId): BilledLine {
  return findBilledLine(index.billedOn(contract.id), service)
}

function targetOf(service: ServiceId, units: number): LineTarget {
  return { service, units, counts: [], withoutEvidence: [] }
}

function planTo(
  day: Day,
  context: LineContext,
  target: LineTarget,
  takesBack: string | null,
): Plan {
  const adjustments: PlannedAdjustment[] = []
  const holds: Hold[] = []
  const billed = findLine(context, target.service)
  const candidates = billed.candidates.length === 0 ? [null] : billed.candidates
  for (const candidate of candidates) {
    const outcome = planLine(target, billed, candidate, context)
    if (outcome.kind !== 'COMPARED') continue
    const { hold } = outcome
    const paired = outcome.adjustments.map((planned) => ({ ...planned, takesBack }))
    if (hold === null) adjustments.push(...paired)
    else holds.push(...paired.map((adjustment) => ({ ...hold, adjustment })))
  }
  return toPlan(day, { adjustments, holds })
}

/** `null` when the contract is unknown or does not cover the day. */
function toContext(input: CounterState, line: LineName, day: Day): LineContext | null {
  const index = indexWithoutStops(input)
  const contract = index.contractOf(line.contract)
  if (contract === null || contract.periodMonths === null) return null
  const { startDay, endDay, periodMonths } = contract
  const periods = periodsAround({ startDay, endDay, periodMonths }, day)
  if (periods === null) return null
  const { tenant, account } = line
  const settings = { ...input.settings, brakes: NO_BRAKES }
  const prices = createPriceBook()
  const policy = 'PERIOD_START'
  return { day, tenant, account, contract, periods, prices, policy, index, settings }
}

/** A person asks for this one change, so a line that is stopped for runs is not stopped for it. */
function indexWithoutStops({ ledger, lineRecords }: CounterState): BilledIndex {
  const records = lineRecords.map((record): LineRecord => {
    return record.ownership === 'STOPPED' ? { ...record, ownership: 'OWNED' } : record
  })
  return buildBilledIndex(ledger, records)
}

function takeBackFinding(
  code: 'TAKE_BACK_IMPOSSIBLE' | 'TAKE_BACK_PARTIAL',
  { key, contract, service }: TakenAdjustment,
  facts: Finding['facts'],
): Finding {
  const subject: Subject = { kind: 'LINE', id: `${contract}/${service}`, name: key }
  return makeFinding(code, subject, { adjustment: key, ...facts })
}

function toPlan(day: Day, parts: Partial<Pick<Plan, 'adjustments' | 'holds' | 'findings'>>): Plan {
  const { adjustments = [], holds = [], findings = [] } = parts
  const plan = { day, lines: [], adjustments, holds, findings }
  return { ...plan, totals: totalPlan(plan, 0) }
}
