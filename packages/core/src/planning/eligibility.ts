import type { BilledIndex } from '../billed.ts'
import type { Finding, FindingCode, Subject } from '../issue.ts'
import { makeFinding } from '../issue.ts'
import type { Contract } from '../ledger.ts'
import type { AccountMapping } from '../settings.ts'
import type { Day } from '../values/day.ts'
import { daysBetween } from '../values/day.ts'
import type { AccountId, ContractId } from '../values/ids.ts'
import type { DecimalText } from '../values/money.ts'
import type { ContractPeriods } from '../values/period.ts'
import { periodsAround } from '../values/period.ts'

/** A contract's end is announced this long before, while there is time to renew it. */
const ENDING_DAYS = 30

/** Whether a customer can be billed on a day. */
export type Eligibility =
  | {
      readonly kind: 'BILLABLE'
      readonly account: AccountId
      readonly contract: Contract
      readonly periods: ContractPeriods
      /** Good to know, and no obstacle. */
      readonly findings: readonly Finding[]
    }
  | {
      readonly kind: 'SKIPPED'
      readonly code: FindingCode
      readonly facts: Finding['facts']
      readonly contract: Contract | null
    }

/** Who a finding about a customer is about. */
export function tenantSubject(mapping: AccountMapping): Subject {
  return { kind: 'TENANT', id: mapping.tenant, name: mapping.tenantName }
}

/** The finding that says why a customer is skipped and what that costs a month. */
export function skippedFinding(
  mapping: AccountMapping,
  skipped: Extract<Eligibility, { kind: 'SKIPPED' }>,
  revenueAtRisk: DecimalText | null,
): Finding {
  return makeFinding(skipped.code, tenantSubject(mapping), skipped.facts, revenueAtRisk)
}

/**
 * Rule 7: only customers that are mapped, switched on, and have a contract of recurring services chosen that is theirs
 * and covers the date. The first obstacle is named: the ones behind it show when it is gone.
 */
export function checkAccount(
  mapping: AccountMapping,
  index: Pick<BilledIndex, 'contractOf'>,
  day: Day,
  shared: ReadonlySet<ContractId>,
): Eligibility {
  const account = mapping.account
  const chosen = mapping.contract
  const contract = chosen === null ? null : index.contractOf(chosen)
  const skip = (code: FindingCode, facts: Finding['facts'] = {}): Eligibility => ({
    kind: 'SKIPPED',
    code,
    facts,
    contract,
  })

  if (mapping.tenantVanished) return skip('TENANT_VANISHED', { account: mapping.accountName })
  if (account === null) return skip('TENANT_UNMAPPED')
  if (!mapping.billingEnabled) return skip('BILLING_OFF', { account: mapping.accountName })
  if (chosen === null) return skip('CONTRACT_NOT_CHOSEN', { account: mapping.accountName })
  if (contract === null) return skip('CONTRACT_MISSING', { contract: chosen })
  const facts = { contract: contract.id, contractName: contract.name }
  if (shared.has(contract.id)) return skip('CONTRACT_SHARED', facts)
  if (contract.account !== account) return skip('CONTRACT_OF_ANOTHER_ACCOUNT', facts)
  const { periodMonths, startDay, endDay } = contract
  if (!contract.isRecurringService || periodMonths === null) {
    return skip('CONTRACT_NOT_RECURRING', facts)
  }
  if (day > endDay) {
    const { renewedAs } = contract
    return renewedAs === null
      ? skip('CONTRACT_ENDED', { ...facts, endDay })
      : skip('CONTRACT_RENEWED', { ...facts, endDay, renewedAs })
  }
  const periods = periodsAround({ startDay, endDay, periodMonths }, day)
  if (periods === null) return skip('CONTRACT_NOT_STARTED', { ...facts, startDay })
  const findings = contractNotices(mapping, contract, day)
  return { kind: 'BILLABLE', account, contract, periods, findings }
}

/**
 * Contracts that more than one customer would be billed on: each would undo what the other writes. The mappings come
 * sorted by contract.
 */
export function findSharedContracts(sorted: readonly AccountMapping[]): ReadonlySet<ContractId> {
  const shared = new Set<ContractId>()
  let last: ContractId | null = null
  for (const mapping of sorted) {
    if (mapping.contract === null || !mapping.billingEnabled || mapping.tenantVanished) continue
    if (mapping.contract === last) shared.add(mapping.contract)
    last = mapping.contract
  }
  return shared
}

function contractNotices(mapping: AccountMapping, contract: Contract, day: Day): Finding[] {
  const facts = { contract: contract.id, contractName: contract.name, endDay: contract.endDay }
  const findings: Finding[] = []
  if (!contract.isActive) {
    findings.push(makeFinding('CONTRACT_INACTIVE', tenantSubject(mapping), facts))
  }
  const daysLeft = daysBetween(day, contract.endDay)
  if (daysLeft < ENDING_DAYS) {
    const { renewedAs } = contract
    findings.push(
      makeFinding('CONTRACT_ENDING', tenantSubject(mapping), { ...facts, daysLeft, renewedAs }),
    )
  }
  return findings
}
