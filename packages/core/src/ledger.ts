import type { Day } from './values/day.ts'
import type { DecimalText } from './values/money.ts'
import type { AccountId, ContractId, LineId, ServiceId } from './values/ids.ts'

/** Length of a billing period in months. */
export type PeriodMonths = 1 | 3 | 6 | 12

/** A contract as the PSA keeps it. */
export interface Contract {
  readonly id: ContractId
  readonly account: AccountId
  readonly name: string
  /** Only recurring service contracts carry services (Autotask type 7). */
  readonly isRecurringService: boolean
  readonly startDay: Day
  /** Inclusive. */
  readonly endDay: Day
  /** `null` when the contract has no billing period, as other types do not. */
  readonly periodMonths: PeriodMonths | null
  /** Inactive contracts go on billing in Autotask until they end; shown, not decisive. */
  readonly isActive: boolean
  /** The contract that took this one's place, where the PSA links them. */
  readonly renewedAs: ContractId | null
}

/** An item of the catalogue. */
export interface Service {
  readonly id: ServiceId
  readonly name: string
  readonly isActive: boolean
  /** `null` for one-time services. */
  readonly periodMonths: PeriodMonths | null
  /** Catalogue price of one unit for one service period; `null` when unknown. */
  readonly unitPrice: DecimalText | null
}

/** A service on a contract ("line"). Carries no quantity: that is in its unit periods. */
export interface ContractService {
  readonly id: LineId
  readonly contract: ContractId
  readonly service: ServiceId
  /** Effective price of one unit for one service period; `null` when the PSA does not tell. */
  readonly unitPrice: DecimalText | null
}

/**
 * One row of ContractServiceUnits. Rows of a line normally tile its billing periods; a change inside a
 * period adds a further row whose meaning (total or difference) Autotask does not document, so no
 * decision depends on rows that do not start at a period start.
 */
export interface UnitPeriod {
  readonly line: LineId
  readonly startDay: Day
  /** Inclusive. */
  readonly endDay: Day
  readonly units: number
  /** Extended amount of the row, not a unit price. */
  readonly price: DecimalText | null
  /** The day it was approved and posted; `null` while it is open. */
  readonly postedDay: Day | null
}

/** Everything the PSA says about the contracts a plan is about, read completely or not at all. */
export interface LedgerState {
  readonly contracts: readonly Contract[]
  readonly lines: readonly ContractService[]
  readonly unitPeriods: readonly UnitPeriod[]
  readonly services: readonly Service[]
}
