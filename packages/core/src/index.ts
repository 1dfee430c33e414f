export type { Day } from './values/day.ts'
export {
  addDays,
  addMonths,
  daysBetween,
  earlierDay,
  laterDay,
  monthsBetween,
  parseDay,
  toDay,
} from './values/day.ts'
export type {
  AccountId,
  ApplicationName,
  ContractId,
  DeviceId,
  LineId,
  ServiceId,
  TenantId,
} from './values/ids.ts'
export type { DecimalText } from './values/money.ts'
export { invariant, InvariantError } from './invariant.ts'
export type { FindingCode, Finding, Severity, Subject } from './issue.ts'
export type {
  AccountMapping,
  BillingSettings,
  BrakeLimits,
  CountingBasis,
  CountingRule,
  EffectiveDatePolicy,
  ServiceMapping,
} from './settings.ts'
export { DEFAULT_COUNTING_RULE } from './settings.ts'
export type {
  ApplicationUsage,
  DatedReading,
  DeviceCategory,
  DeviceUse,
  TenantReading,
  TenantUsage,
  UsageUnit,
} from './usage.ts'
export { DEVICE_CATEGORIES } from './usage.ts'
export type {
  Contract,
  ContractService,
  LedgerState,
  PeriodMonths,
  Service,
  UnitPeriod,
} from './ledger.ts'
export type { LineRecord } from './history.ts'
export type {
  AbortSignalLike,
  AccountListing,
  AdjustmentIntent,
  AdjustmentRequest,
  ApplyOutcome,
  Clock,
  ContractLedger,
  Directory,
  Journal,
  ReadOptions,
  Settlement,
  TenantListing,
  UsageReading,
  UsageSource,
} from './ports.ts'
export { IntentConflict, VendorError } from './ports.ts'
