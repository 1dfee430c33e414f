import type { BilledContract, BilledIndex, BilledLine, LineWithRows } from '../billed.ts'
import { findBilledLine } from '../billed.ts'
import type { Draft } from './draft.ts'
import type { Eligibility } from './eligibility.ts'
import { checkAccount, skippedFinding, tenantSubject } from './eligibility.ts'
import type { UsageGaps } from './gaps.ts'
import type { Finding } from '../issue.ts'
import { makeFinding } from '../issue.ts'
import type { LineContext, LineOutcome } from './line.ts'
import { planLine } from './line.ts'
import type { MappingIndex } from './mapping-index.ts'
import type { PlannedAdjustment } from '../plan.ts'
import type { PriceBook } from './price.ts'
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
  readonly prices: PriceBook
  /** Whether a person has approved exactly this change although a brake holds it. */
  isApproved(adjustment: PlannedAdjustment): boolean
}

/**
 * Plans one customer into the draft: eligible, usage, target, billed, difference, guard. Gives what is billed on its
 * contract; `null` when it did not come to that.
 */
export function planAccount(
  mapping: AccountMapping,
  context: PlanContext,
  draft: Draft,
): BilledContract | null {
  const { index, settings, day } = context
  const eligibility = checkAccount(mapping, index, day, context.sharedContracts)
  const fromDay = eligibility.kind === 'BILLABLE' ? eligibility.periods.current.startDay : day
  const usage = chooseReadings(context.usage.get(mapping.tenant), {
    day,
    maximumAgeDays: settings.maximumReadingAgeDays,
    fromDay,
  })
  if (eligibility.kind === 'SKIPPED') {
    const risk = priceSkipped(eligibility, usage, context)
    draft.findings.push(skippedFinding(mapping, eligibility, risk))
    return null
  }
  draft.findings.push(...eligibility.findings)
  if (usage.kind !== 'USABLE') {
    draft.findings.push(unusableFinding(mapping, usage))
    return null
  }
  context.gaps.note(mapping, usage.newest, draft.findings)
  const lineContext = toLineContext(mapping, eligibility, context)
  const billedContract = index.billedOn(eligibility.contract.id)
  const targetContext = { ...context, lineContext, billedContract }
  const targets = buildTargets({
    daily: usage.daily,
    alsoServices: billedServices(billedContract),
    mappings: context.mappings,
    settings,
  })
  for (const target of targets) planTarget(mapping, target, targetContext, draft)
  return billedContract
}

interface TargetContext extends PlanContext {
  readonly lineContext: LineContext
  readonly billedContract: BilledContract
}

function planTarget(
  mapping: AccountMapping,
  target: LineTarget,
  context: TargetContext,
  draft: Draft,
): void {
  const { billedContract, lineContext } = context
  const billed = findBilledLine(billedContract, target.service)
  if (waitsForEvidence(mapping, target, draft)) return
  if (target.units === 0 && !isBilled(billed)) return
  if (!isSold(target, billed.candidates.length > 0, context, draft)) return
  if (billed.candidates.length === 0) {
    addOutcome(mapping, planLine(target, billed, null, lineContext), context, draft)
  }
  for (const candidate of billed.candidates) {
    addOutcome(mapping, planLine(target, billed, candidate, lineContext), context, draft)
  }
}

function addOutcome(
  mapping: AccountMapping,
  outcome: LineOutcome,
  context: TargetContext,
  draft: Draft,
): void {
  if (outcome.kind !== 'COMPARED') {
    const finding = outcomeFinding(mapping, outcome, context)
    if (finding !== null) draft.findings.push(finding)
    return
  }
  draft.lines.push(outcome.line)
  if (outcome.adjustments.length === 0) return
  const isApproved = outcome.adjustments.every((planned) => context.isApproved(planned))
  const hold = outcome.hold ?? (isApproved ? null : outcome.brake)
  draft.drafted.push({ adjustments: outcome.adjustments, hold, isApproved })
}

/** A number that lacks evidence is none: the line waits, and the draft notes for which application. */
function waitsForEvidence(
  { tenant }: AccountMapping,
  { withoutEvidence }: LineTarget,
  draft: Draft,
): boolean {
  for (const application of withoutEvidence) draft.evidenceNotes.push({ application, tenant })
  return withoutEvidence.length > 0
}

/** Whether the service can be billed; what stands against it is noted in the draft. */
function isSold(
  { service: id, units }: LineTarget,
  isOnContract: boolean,
  { index, lineContext }: TargetContext,
  draft: Draft,
): boolean {
  const { serviceNotes } = draft
  const { tenant } = lineContext
  const service = index.services.get(id)
  if (service === undefined) {
    serviceNotes.push({ code: 'SERVICE_MISSING', service: id, tenant, units, isLost: true })
    return false
  }
  if (service.periodMonths !== lineContext.periods.calendar.periodMonths) {
    serviceNotes.push({ code: 'SERVICE_PERIOD_DIFFERS', service: id, tenant, units, isLost: false })
  }
  if (service.isActive) return true
  serviceNotes.push({ code: 'SERVICE_INACTIVE', service: id, tenant, units, isLost: !isOnContract })
  return isOnContract
}

function toLineContext(
  mapping: AccountMapping,
  { account, contract, periods }: Extract<Eligibility, { kind: 'BILLABLE' }>,
  { day, index, settings, prices }: PlanContext,
): LineContext {
  const { tenant } = mapping
  const policy = mapping.effectiveDatePolicy ?? settings.effectiveDatePolicy
  return { day, tenant, account, contract, periods, prices, policy, index, settings }
}

/** Services that have to be compared although nobody may use them: lines of ours, and lines that carry units of others. */
function billedServices({ lines, records }: BilledContract): ServiceId[] {
  const services: ServiceId[] = []
  for (const { ownership, service } of records) if (ownership === 'OWNED') services.push(service)
  for (const line of lines) if (carriesUnits(line)) services.push(line.line.service)
  return services
}

function isBilled({ record, candidates }: BilledLine): boolean {
  return record?.ownership === 'OWNED' || candidates.some(carriesUnits)
}

function carriesUnits({ rows }: LineWithRows): boolean {
  return rows.some(({ units }) => units !== 0)
}

function outcomeFinding(
  mapping: AccountMapping,
  outcome: Exclude<LineOutcome, { kind: 'COMPARED' }>,
  { index, lineContext }: TargetContext,
): Finding | null {
  const { service, target, billed } = outcome
  if (target === billed) return null
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
  const { contract } = skipped
  const billed: BilledContract =
    contract === null ? { lines: [], records: [] } : index.billedOn(contract.id)
  const amounts: DecimalText[] = []
  for (const target of buildTargets({ daily, alsoServices: [], mappings, settings })) {
    const { candidates } = findBilledLine(billed, target.service)
    const line = candidates[0]?.line ?? null
    const price = findUnitPrice(index.services.get(target.service), line)
    if (price !== null && target.units > 0) amounts.push(monthlyMoney(price, target.units))
  }
  return amounts.length === 0 ? null : sumMoney(amounts)
}

/** Lines Trueup owns on this customer's contract whose service no mapping in force names any more (product.md, rule 23). */
export function findUnmappedLines(
  mapping: AccountMapping,
  contract: ContractId,
  billed: BilledContract,
  { index, mappings }: PlanContext,
): readonly Finding[] {
  const unmapped = billed.records.filter(
    ({ ownership, service }) => ownership === 'OWNED' && !mappings.byService.has(service),
  )
  if (unmapped.length === 0) return NO_FINDINGS
  const findings: Finding[] = []
  for (const record of unmapped) {
    const { candidates } = findBilledLine(billed, record.service)
    const units = candidates[0]?.rows.at(-1)?.units ?? 0
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

const NO_FINDINGS: readonly Finding[] = []
