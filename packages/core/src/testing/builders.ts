import type { Contract, Service } from '../ledger.ts'
import type { AccountMapping, BillingSettings, CountingRule, ServiceMapping } from '../settings.ts'
import { DEFAULT_COUNTING_RULE, DEFAULT_SETTINGS } from '../settings.ts'
import type { ApplicationUsage, DatedReading, TenantUsage } from '../usage.ts'
import type { Day } from '../values/day.ts'
import { daysBetween, toDay } from '../values/day.ts'
import type { AccountId, ApplicationName, ContractId, ServiceId, TenantId } from '../values/ids.ts'
import { toDecimal } from '../values/money.ts'

/** Plain values for tests: one customer "Northwind" with a monthly contract for the year 2026, and its mappings. */
export const NORTHWIND = 'northwind' as TenantId
export const ACCOUNT = 'account-northwind' as AccountId
export const CONTRACT = 'contract-northwind' as ContractId
export const ENDPOINT = 'Endpoint Security' as ApplicationName
export const ENDPOINT_SERVICE = 'service-endpoint' as ServiceId

/** Rules without brakes, billing from the start of the current period. */
export function someSettings(changes: Partial<BillingSettings> = {}): BillingSettings {
  return { ...DEFAULT_SETTINGS, ...changes }
}

/** A monthly contract of recurring services for 2026. */
export function aContract(changes: Partial<Contract> = {}): Contract {
  return {
    id: CONTRACT,
    account: ACCOUNT,
    name: 'Managed services',
    isRecurringService: true,
    startDay: toDay('2026-01-01'),
    endDay: toDay('2026-12-31'),
    periodMonths: 1,
    isActive: true,
    renewedAs: null,
    ...changes,
  }
}

/** A monthly service at 3.00 a unit. */
export function aService(changes: Partial<Service> = {}): Service {
  return {
    id: ENDPOINT_SERVICE,
    name: 'Managed endpoint',
    isActive: true,
    periodMonths: 1,
    unitPrice: toDecimal('3.00'),
    ...changes,
  }
}

/** A customer that is mapped, switched on and has its contract chosen. */
export function anAccountMapping(changes: Partial<AccountMapping> = {}): AccountMapping {
  return {
    tenant: NORTHWIND,
    tenantName: 'Northwind',
    tenantVanished: false,
    account: ACCOUNT,
    accountName: 'Northwind Ltd',
    billingEnabled: true,
    contract: CONTRACT,
    effectiveDatePolicy: null,
    ...changes,
  }
}

/** The whole application onto its service, with the default rule. */
export function aServiceMapping(
  changes: Partial<Omit<ServiceMapping, 'counting'>> & { counting?: Partial<CountingRule> } = {},
): ServiceMapping {
  const { counting, ...rest } = changes
  return {
    application: ENDPOINT,
    unit: 'DEVICE',
    category: null,
    service: ENDPOINT_SERVICE,
    ...rest,
    counting: { ...DEFAULT_COUNTING_RULE, ...counting },
  }
}

/** So many devices of one application. */
export function someUsage(
  quantity: number,
  changes: Partial<ApplicationUsage> = {},
): ApplicationUsage {
  return { application: ENDPOINT, unit: 'DEVICE', quantity, keys: ['key-1'], ...changes }
}

/** A complete reading of a customer on a day. */
export function aReading(
  day: Day | string,
  applications: readonly ApplicationUsage[],
  changes: Partial<Omit<DatedReading, 'reading'>> & { tenant?: TenantId } = {},
): DatedReading {
  const { tenant = NORTHWIND, ...rest } = changes
  return {
    snapshotId: `snapshot-${day}`,
    usageDay: toDay(day),
    takenAtMs: noonOf(day),
    ...rest,
    reading: { tenant, complete: true, applications },
  }
}

/** A reading that did not come to its end. */
export function anIncompleteReading(
  day: Day | string,
  reason = 'TIMED_OUT',
  tenant: TenantId = NORTHWIND,
): DatedReading {
  return {
    snapshotId: `snapshot-${day}-incomplete`,
    usageDay: toDay(day),
    takenAtMs: noonOf(day) + 1,
    reading: { tenant, complete: false, reason },
  }
}

/** All readings of a customer. */
export function usageOf(readings: readonly DatedReading[], tenant = NORTHWIND): TenantUsage {
  return { tenant, readings }
}

function noonOf(day: Day | string): number {
  return daysBetween(toDay('1970-01-01'), toDay(day)) * 86_400_000 + 43_200_000
}
