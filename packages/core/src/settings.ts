import type { DeviceCategory, UsageUnit } from './usage.ts'
import type { DecimalText } from './values/money.ts'
import type {
  AccountId,
  ApplicationName,
  ContractId,
  DeviceId,
  ServiceId,
  TenantId,
} from './values/ids.ts'

/**
 * When a change takes effect (product.md, rule 9).
 * `PERIOD_START`: start of the current period when it is not posted yet, else of the next one.
 * `NEXT_PERIOD`: start of the next period. `TODAY`: the run's day; Autotask prorates.
 * `ASYMMETRIC`: more units from this period's start, fewer from the next one's.
 */
export type EffectiveDatePolicy = 'PERIOD_START' | 'NEXT_PERIOD' | 'TODAY' | 'ASYMMETRIC'

/** Which number of the period's snapshots counts (rule 4). `AVERAGE` rounds half up to whole units. */
export type CountingBasis = 'CURRENT' | 'PEAK' | 'AVERAGE'

/** How usage becomes billable units for one service mapping. Applied in the order of `rules/index.ts`. */
export interface CountingRule {
  readonly basis: CountingBasis
  /** Units the customer has free; subtracted, never below zero. */
  readonly includedUnits: number
  /** Units billed at least while the application is in use at all by a mapped tenant. */
  readonly minimumUnits: number
  /** Devices that are never billed. */
  readonly excludedDevices: readonly DeviceId[]
}

/** The rule a mapping has when nobody said otherwise. */
export const DEFAULT_COUNTING_RULE: CountingRule = {
  basis: 'CURRENT',
  includedUnits: 0,
  minimumUnits: 0,
  excludedDevices: [],
}

/** Application (and category, when devices are billed by category) to service. */
export interface ServiceMapping {
  readonly application: ApplicationName
  /** What the application is counted in: tells which mappings are in force also when nobody uses it. */
  readonly unit: UsageUnit
  /** `null`: the whole application. Applications counted by user or mailbox always use `null` (rule 2). */
  readonly category: DeviceCategory | null
  readonly service: ServiceId
  readonly counting: CountingRule
}

/** Tenant to account, one to one, with its billing settings. Every known tenant has one, mapped or not. */
export interface AccountMapping {
  readonly tenant: TenantId
  readonly tenantName: string
  /** The tenant is gone from the usage source: shown as such and no longer billed. */
  readonly tenantVanished: boolean
  readonly account: AccountId | null
  readonly accountName: string | null
  readonly billingEnabled: boolean
  readonly contract: ContractId | null
  /** Overrides the integration's policy for this customer. */
  readonly effectiveDatePolicy: EffectiveDatePolicy | null
}

/**
 * Brakes (rule 12). `null` switches one off. A line over a line limit is held; an account over the run's
 * limits is parked; the run goes on.
 */
export interface BrakeLimits {
  /** Most units one line may change by. */
  readonly lineUnits: number | null
  /** Most per cent of the billed units one line may change by; lines below 10 units are exempt. */
  readonly linePercent: number | null
  /** Most money per period one line may change by. */
  readonly lineMoney: DecimalText | null
  /** Most units all lines of one run may change by together, in absolute numbers. */
  readonly runUnits: number | null
  /** The same in per cent of all units that the compared lines carry; a run over less than 10 units is exempt. */
  readonly runPercent: number | null
  /** Most money per period all lines of one run may change by together. */
  readonly runMoney: DecimalText | null
  /** Hold a line that would fall to zero from at least two units. */
  readonly holdDropToZero: boolean
  /** Hold a line that would at least double from at least five units. */
  readonly holdDoubled: boolean
}

/** No brake at all. */
export const NO_BRAKES: BrakeLimits = {
  lineUnits: null,
  linePercent: null,
  lineMoney: null,
  runUnits: null,
  runPercent: null,
  runMoney: null,
  holdDropToZero: false,
  holdDoubled: false,
}

/** What is the same for all customers of an integration. */
export interface BillingSettings {
  readonly billDevicesByCategory: boolean
  /** Count a device whose operating system is unknown as a workstation; otherwise it is a finding only (rule 3). */
  readonly countUnknownAsWorkstation: boolean
  readonly effectiveDatePolicy: EffectiveDatePolicy
  readonly brakes: BrakeLimits
  /** Age in days from which a reading is too old to bill by. */
  readonly maximumReadingAgeDays: number
}

/** What an integration has when nobody said otherwise: no brakes, whole applications, from the current period's start. */
export const DEFAULT_SETTINGS: BillingSettings = {
  billDevicesByCategory: false,
  countUnknownAsWorkstation: false,
  effectiveDatePolicy: 'PERIOD_START',
  brakes: NO_BRAKES,
  maximumReadingAgeDays: 3,
}
