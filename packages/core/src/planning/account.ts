import type { BilledIndex } from '../billed.ts'
import { findBilledLine, sortedRows } from '../billed.ts'
import type { Draft, ServiceNote } from './draft.ts'
import type { Eligibility } from './eligibility.ts'
import { checkAccount, skippedFinding, tenantSubject } from './eligibility.ts'
import type { UsageGaps } from './gaps.ts'
import type { Finding } from '../issue.ts'
import { makeFinding } from '../issue.ts'
import type { LineContext, LineOutcome } from './line.ts'
import { planLine } from './line.ts'
import type { MappingIndex } from './mapping-index.ts'
import type { PlannedAdjustment } from '../plan.ts'
import { findUnitPrice, monthlyMoney } from './price.ts'
import type { UsableUsage } from './readings.ts'
import { chooseReadings } from './readings.ts'
import type { AccountMapping, BillingSettings } from '../settings.ts'
import type { LineTarget } from '../target.ts'
import { buildTargets } from '../target.ts'
import type { TenantUsage } from '../usage.ts'
import type { Day } from '../values/day.ts'
import type { ContractId, ServiceId, TenantId } from '../values/ids.ts'
import type { DecimalText } from '../values/money.ts'
import { sumMoney } from '../values/money.ts'

/** Everything a plan looks things up in. */
export interface PlanContext {
  readonly day: Day
  readonly settings: BillingSettings
  readonly mappings: MappingIndex
  readonly index: BilledIndex
  readonly usage: ReadonlyMap<TenantId, TenantUsage>
  readonly sharedContracts: ReadonlySet<ContractId>
  readonly gaps: UsageGaps
  /** Whether a person has approved exactly this change although a brake holds it. */
  isApproved(adjustment: PlannedAdjustment): boolean
}

/** Plans one customer into the draft: eligible, usage, target, billed, difference, guard. */
export function planAccount(mapping: AccountMapping, context: PlanContext, draft: Draft): void {
  const { index, settings, day } = context
  const eligibility = checkAccount(mapping, index, day, context.sharedContracts)
  const fromDay = eligibility.kind === 'BILLABLE' ? eligibility.current.startDay : day
  const usage = chooseReadings(context.usage.get(mapping.tenant), {
    day,
    maximumAgeDays: settings.maximumReadingAgeDays,
    fromDay,
  })
  if (eligibility.kind === 'SKIPPED') {
    const risk = priceSkipped(eligibility, usage, context)
    draft.findings.push(skippedFinding(mapping, eligibility, risk))
    return
  }
  draft.findings.push(...eligibility.findings)
  if (usage.kind !== 'USABLE') {
    draft.findings.push(unusableFinding(mapping, usage))
    return
  }
  draft.findings.push(...context.gaps.note(mapping, usage.newest))
  const lineContext = toLineContext(mapping, eligibility, context)
  const targets = buildTargets({
    daily: usage.daily,
    alsoServices: ownedServices(index, eligibility.contract.id),
    mappings: context.mappings,
    settings,
  })
  for (const target of targets) planTarget(mapping, target, { ...context, lineContext }, draft)
}

interface TargetContext extends PlanContext {
  readonly lineContext: LineContext
}

function planTarget(
  mapping: AccountMapping,
  target: LineTarget,
  context: TargetContext,
  draft: Draft,
): void {
  if (!isBillable(mapping, target, context, draft)) return
  for (const outcome of planLine(target, context.lineContext)) {
    const finding = outcomeFinding(mapping, target.service, outcome, context)
    if (finding !== null) draft.findings.push(finding)
    if (outcome.kind !== 'COMPARED') continue
    draft.lines.push(outcome.line)
    if (outcome.adjustments.length === 0) continue
    const isApproved = outcome.adjustments.every((planned) => context.isApproved(planned))
    const hold = outcome.hold ?? (isApproved ? null : outcome.brake)
    draft.drafted.push({ adjustments: outcome.adjustments, hold, isApproved })
  }
}

/** Whether the line can be compared at all; what stands against it is noted in the draft. */
function isBillable(
  mapping: AccountMapping,
  target: LineTarget,
  { index, lineContext }: TargetContext,
  draft: Draft,
): boolean {
  for (const application of target.withoutEvidence) {
    draft.evidenceNotes.push({ application, tenant: mapping.tenant })
  }
  if (target.withoutEvidence.length > 0) return false

  const note = (code: ServiceNote['code'], isLost: boolean): void => {
    draft.serviceNotes.push({ code, service: target.service, units: target.units, isLost })
  }
  const { record, candidates } = findBilledLine(index, lineContext.contract.id, target.service)
  if (target.units === 0 && record?.ownership !== 'OWNED') return false
  const service = index.services.get(target.service)
  if (service === undefined) {
    note('SERVICE_MISSING', true)
    return false
  }
  if (service.periodMonths !== lineContext.calendar.periodMonths) {
    note('SERVICE_PERIOD_DIFFERS', false)
  }
  if (service.isActive) return true
  const isOnContract = candidates.length > 0
  note('SERVICE_INACTIVE', !isOnContract)
  return isOnContract
}

function toLineContext(
  mapping: AccountMapping,
  eligible: Extract<Eligibility, { kind: 'BILLABLE' }>,
  { day, index, settings }: PlanContext,
): LineContext {
  const { account, contract, calendar, current } = eligible
  const policy = mapping.effectiveDatePolicy ?? settings.effectiveDatePolicy
  return {
    day,
    tenant: mapping.tenant,
    account,
    contract,
    calendar,
    current,
    policy,
    index,
    settings,
  }
}

function* ownedServices(index: BilledIndex, contract: ContractId): Generator<ServiceId> {
  for (const record of index.records.get(contract) ?? []) {
    if (record.ownership === 'OWNED') yield record.service
  }
}

function outcomeFinding(
  mapping: AccountMapping,
  service: ServiceId,
  outcome: LineOutcome,
  { index, lineContext }: TargetContext,
): Finding | null {
  if (outcome.kind === 'COMPARED' || outcome.target === outcome.billed) return null
  const { target, billed } = outcome
  const known = index.services.get(service)
  const facts = {
    contract: lineContext.contract.id,
    service,
    serviceName: known?.name ?? null,
    target,
    billed,
  }
  const code = outcome.kind === 'STOPPED' ? 'LINE_STOPPED' : 'PERIODS_POSTED_TO_END'
  const price = findUnitPrice(known, null)
  const isLoss = price !== null && target > billed
  const risk = isLoss ? monthlyMoney(price, target - billed) : null
  return makeFinding(code, tenantSubject(mapping), facts, risk)
}

function unusableFinding(
  mapping: AccountMapping,
  usage: Exclude<UsableUsage, { kind: 'USABLE' }>,
): Finding {
  const subject = tenantSubject(mapping)
  switch (usage.kind) {
    case 'MISSING':
      return makeFinding('READING_MISSING', subject)
    case 'INCOMPLETE': {
      const { reason, facts } = usage.reading
      return makeFinding('READING_INCOMPLETE', subject, {
        ...facts,
        reason,
        usageDay: usage.usageDay,
      })
    }
    case 'TOO_OLD':
      return makeFinding('READING_TOO_OLD', subject, {
        usageDay: usage.usageDay,
        ageDays: usage.ageDays,
      })
  }
}

/** What a skipped customer's mapped usage costs a month, by its contract's lines or the catalogue; `null` without prices. */
function priceSkipped(
  skipped: Extract<Eligibility, { kind: 'SKIPPED' }>,
  usage: UsableUsage,
  { index, mappings, settings }: PlanContext,
): DecimalText | null {
  if (usage.kind !== 'USABLE') return null
  const daily = [usage.newest]
  const amounts: DecimalText[] = []
  for (const target of buildTargets({ daily, alsoServices: [], mappings, settings })) {
    const lines = index.lines.get(skipped.contract?.id ?? ('' as ContractId)) ?? []
    const line = lines.find((candidate) => candidate.service === target.service) ?? null
    const price = findUnitPrice(index.services.get(target.service), line)
    if (price !== null && target.units > 0) amounts.push(monthlyMoney(price, target.units))
  }
  return amounts.length === 0 ? null : sumMoney(amounts)
}

/** Lines Trueup owns on this customer's contract whose service no mapping in force names any more (product.md, rule 23). */
export function findUnmappedLines(
  mapping: AccountMapping,
  contract: ContractId,
  { index, mappings }: PlanContext,
): Finding[] {
  const findings: Finding[] = []
  for (const record of index.records.get(contract) ?? []) {
    if (record.ownership !== 'OWNED' || mappings.byService.has(record.service)) continue
    const { candidates } = findBilledLine(index, contract, record.service)
    const line = candidates[0] ?? null
    const rows = line === null ? [] : sortedRows(index, line.id)
    const units = rows.at(-1)?.units ?? 0
    if (units === 0) continue
    const service = index.services.get(record.service)
    findings.push(
      makeFinding('LINE_NO_LONGER_MAPPED', tenantSubject(mapping), {
        contract,
        service: record.service,
        serviceName: service?.name ?? null,
        units,
      }),
    )
  }
  return findings
}
