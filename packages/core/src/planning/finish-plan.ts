import type { PlanContext } from './account.ts'
import type { AccountChange } from './brakes.ts'
import { brakeRun } from './brakes.ts'
import type { Draft, DraftedLine, ServiceNote } from './draft.ts'
import type { HoldReason } from '../guard.ts'
import type { Finding, FindingShare, Subject } from '../issue.ts'
import { compareFindings, makeFinding } from '../issue.ts'
import type { Hold, Plan, PlannedAdjustment } from '../plan.ts'
import { totalPlan } from './plan-totals.ts'
import { findUnitPrice, monthlyMoney } from './price.ts'
import type { AccountId, ApplicationName, TenantId } from '../values/ids.ts'
import { absoluteMoney, addMoney, ZERO_MONEY } from '../values/money.ts'

/** Makes the plan of what was found for all customers: the run's brakes, findings per service, order, totals. */
export function finishPlan(draft: Draft, context: PlanContext): Plan {
  const { brakes } = context.settings
  const { runUnits, runPercent, runMoney } = brakes
  const isLimited = runUnits !== null || runPercent !== null || runMoney !== null
  const billedUnits = isLimited ? draft.lines.reduce((sum, { billed }) => sum + billed, 0) : 0
  const parked = brakeRun(isLimited ? sumByAccount(draft.drafted) : [], billedUnits, brakes)
  const adjustments: PlannedAdjustment[] = []
  const holds: Hold[] = []
  for (const drafted of draft.drafted) {
    const reason = drafted.hold ?? parkedReason(drafted, parked)
    if (reason === null) adjustments.push(...drafted.adjustments)
    else holds.push(...drafted.adjustments.map((adjustment) => ({ ...reason, adjustment })))
  }
  adjustments.sort(compareAdjustments)
  holds.sort((a, b) => compareAdjustments(a.adjustment, b.adjustment))
  const findings = [
    ...draft.findings,
    ...serviceFindings(draft.serviceNotes, context),
    ...evidenceFindings(draft),
    ...parkedFindings(parked),
  ].sort(compareFindings)
  const plan = { day: context.day, lines: draft.lines, adjustments, holds, findings }
  return { ...plan, totals: totalPlan(plan, draft.drafted.length) }
}

function parkedReason(
  { adjustments, isApproved }: DraftedLine,
  parked: ReadonlyMap<AccountId, HoldReason>,
): HoldReason | null {
  const account = adjustments[0]?.account
  return isApproved || account === undefined ? null : (parked.get(account) ?? null)
}

function sumByAccount(drafted: readonly DraftedLine[]): AccountChange[] {
  const byAccount = new Map<AccountId, AccountChange>()
  for (const { adjustments, hold, isApproved } of drafted) {
    if (hold !== null || isApproved) continue
    for (const { account, change, money } of adjustments) {
      const known = byAccount.get(account) ?? { account, units: 0, money: ZERO_MONEY }
      byAccount.set(account, {
        account,
        units: known.units + Math.abs(change),
        money: addMoney(known.money, absoluteMoney(money.perPeriod ?? ZERO_MONEY)),
      })
    }
  }
  return [...byAccount.values()]
}

function compareAdjustments(a: PlannedAdjustment, b: PlannedAdjustment): number {
  return (
    compareText(a.contract, b.contract) ||
    compareText(a.service, b.service) ||
    compareText(a.effectiveDay, b.effectiveDay) ||
    compareText(a.key, b.key)
  )
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

interface ServiceSum extends Pick<ServiceNote, 'code' | 'service'> {
  readonly lines: number
  readonly units: number
  /** The customers that are not billed because of it. */
  readonly lost: FindingShare[]
}

function serviceFindings(notes: readonly ServiceNote[], { index }: PlanContext): Finding[] {
  const sums = new Map<string, ServiceSum>()
  for (const { code, service, tenant, units, isLost } of notes) {
    const key = `${code} ${service}`
    const known = sums.get(key) ?? { code, service, lines: 0, units: 0, lost: [] }
    if (isLost && units > 0) known.lost.push({ tenant, units })
    sums.set(key, {
      ...known,
      lines: known.lines + 1,
      units: known.units + units,
    })
  }
  return [...sums.values()].map(({ code, service: id, lines, units, lost }) => {
    const service = index.services.get(id)
    const price = findUnitPrice(service, null)
    const lostUnits = lost.reduce((sum, share) => sum + share.units, 0)
    const risk = price === null || lostUnits === 0 ? null : monthlyMoney(price, lostUnits)
    const subject: Subject = { kind: 'SERVICE', id, name: service?.name ?? id }
    return { ...makeFinding(code, subject, { lines, units }, risk), shares: lost }
  })
}

function evidenceFindings(draft: Draft): Finding[] {
  const tenants = new Map<ApplicationName, Set<TenantId>>()
  for (const { application, tenant } of draft.evidenceNotes) {
    tenants.set(application, (tenants.get(application) ?? new Set()).add(tenant))
  }
  return [...tenants].map(([application, waiting]) =>
    makeFinding(
      'EVIDENCE_MISSING',
      { kind: 'APPLICATION', id: application, name: application },
      { tenants: waiting.size },
    ),
  )
}

function parkedFindings(parked: ReadonlyMap<AccountId, HoldReason>): Finding[] {
  return [...parked].map(([account, reason]) =>
    makeFinding(
      'ACCOUNT_PARKED',
      { kind: 'ACCOUNT', id: account, name: account },
      { ...reason.facts, because: reason.code },
    ),
  )
}
