import { Decimal } from 'decimal.js'
import {
  addDays,
  earlierDay,
  invariant,
  toDay,
  type AccountId,
  type AccountListing,
  type Contract,
  type ContractId,
  type ContractService,
  type Day,
  type DecimalText,
  type LineId,
  type PeriodMonths,
  type Service,
  type ServiceId,
  type UnitPeriod,
} from '@trueup/core'
import { nextPeriodStart } from './calendar.ts'
import type {
  CompanyRow,
  ContractRow,
  ContractServiceRow,
  ContractServiceUnitRow,
  ServiceRow,
} from './wire.ts'

/** Here Autotask's words stop: rows become core's values, core's ids become Autotask's numbers. */

/** The only contract type that carries services (facts: section 3.2). */
export const RECURRING_SERVICE_TYPE = 7
const STATUS_INACTIVE = 0

/** Billing periods of contracts and services: the same four numbers for both. */
const PERIOD_MONTHS: Readonly<Record<number, PeriodMonths>> = { 2: 1, 3: 3, 4: 6, 5: 12 }

/** An unset date that went through .NET on its way. */
const UNSET_YEAR = '0001'

const MONEY_DECIMALS = 4

/** Our text of an id as Autotask's number. Ids come from answers of the same database, so anything else is a bug. */
export function toNumber(id: AccountId | ContractId | ServiceId | LineId): number {
  invariant(/^\d{1,15}$/.test(id), 'not an id of Autotask', { id })
  return Number(id)
}

/** Autotask's number of an account, contract, service or line as core's id. */
export const toAccountId = (id: number): AccountId => String(id) as AccountId
export const toContractId = (id: number): ContractId => String(id) as ContractId
export const toServiceId = (id: number): ServiceId => String(id) as ServiceId
export const toLineId = (id: number): LineId => String(id) as LineId

/** Months of a billing period; `null` for none, and for numbers that only this tenant knows. */
export function toPeriodMonths(periodType: number | null | undefined): PeriodMonths | null {
  return PERIOD_MONTHS[periodType ?? 0] ?? null
}

export function toAccount(row: CompanyRow): AccountListing {
  return { id: toAccountId(row.id), name: row.companyName, isActive: row.isActive !== false }
}

/** Without links to other contracts; `linkRenewals` adds them. */
export function toContract(row: ContractRow): Contract {
  const isRecurringService = row.contractType === RECURRING_SERVICE_TYPE
  return {
    id: toContractId(row.id),
    account: toAccountId(row.companyID),
    name: row.contractName,
    isRecurringService,
    startDay: row.startDate,
    // A contract without an end never bills here: it counts as over on its first day, and is seen as ended.
    endDay: isUnset(row.endDate) ? row.startDate : row.endDate,
    periodMonths: isRecurringService ? toPeriodMonths(row.contractPeriodType) : null,
    isActive: row.status !== STATUS_INACTIVE,
    renewedAs: null,
  }
}

/**
 * Contracts with their successors. `renewedContractID` links the two, but which of them carries it is not
 * documented. Ids grow, and the renewal is made later: of two linked contracts the greater id is the successor.
 */
export function linkRenewals(rows: readonly ContractRow[]): readonly Contract[] {
  const successors = new Map<number, number>()
  for (const row of rows) {
    const other = row.renewedContractID
    if (typeof other !== 'number' || other <= 0 || other === row.id) continue
    successors.set(Math.min(row.id, other), Math.max(row.id, other))
  }
  return rows.map((row) => {
    const successor = successors.get(row.id)
    return {
      ...toContract(row),
      renewedAs: successor === undefined ? null : toContractId(successor),
    }
  })
}

export function toService(row: ServiceRow): Service {
  return {
    id: toServiceId(row.id),
    name: row.name,
    isActive: row.isActive !== false,
    periodMonths: toPeriodMonths(row.periodType),
    unitPrice: toMoney(row.unitPrice),
  }
}

export function toContractService(row: ContractServiceRow): ContractService {
  return {
    id: toLineId(row.id),
    contract: toContractId(row.contractID),
    service: toServiceId(row.serviceID),
    unitPrice: effectiveUnitPrice(row),
  }
}

/**
 * What one unit really costs. The adjusted price comes in the database's own currency only; the two list prices
 * give the rate into the customer's. Where both list prices are equal, zero included, there is one currency
 * (facts: section 3.4). `null` when the rate cannot be told.
 */
export function effectiveUnitPrice(row: ContractServiceRow): DecimalText | null {
  const {
    unitPrice,
    internalCurrencyUnitPrice: list,
    internalCurrencyAdjustedPrice: adjusted,
  } = row
  if (typeof adjusted !== 'number') return toMoney(unitPrice)
  if (typeof unitPrice !== 'number' || typeof list !== 'number') return null
  if (unitPrice === list) return toMoney(adjusted)
  if (unitPrice === 0 || list === 0) return null
  const price = new Decimal(adjusted).times(unitPrice).dividedBy(list)
  return price.toFixed(MONEY_DECIMALS) as DecimalText
}

/**
 * A row of units. A row without an end, or with an end in year 1, ends with its billing period: that is what
 * rows do, and a row that vanished would look like zero units.
 */
export function toUnitPeriod(row: ContractServiceUnitRow, contract: Contract | null): UnitPeriod {
  return {
    line: toLineId(row.contractServiceID),
    startDay: row.startDate,
    endDay: isUnset(row.endDate) ? periodEnd(row.startDate, contract) : row.endDate,
    units: row.units,
    price: toMoney(row.price),
    postedDay: isUnset(row.approveAndPostDate) ? null : row.approveAndPostDate,
  }
}

function periodEnd(startDay: Day, contract: Contract | null): Day {
  if (contract === null || contract.periodMonths === null) return toDay('9999-12-31')
  const next = nextPeriodStart(contract.startDay, contract.periodMonths, startDay)
  return earlierDay(addDays(next, -1), contract.endDay)
}

function isUnset(day: Day | null | undefined): day is null | undefined {
  return day === null || day === undefined || day.startsWith(UNSET_YEAR)
}

function toMoney(amount: number | null | undefined): DecimalText | null {
  return typeof amount === 'number' ? (amount.toFixed(MONEY_DECIMALS) as DecimalText) : null
}
