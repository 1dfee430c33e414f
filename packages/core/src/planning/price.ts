import type { ContractService, Service } from '../ledger.ts'
import type { AdjustmentMoney } from '../plan.ts'
import type { Day } from '../values/day.ts'
import { daysBetween } from '../values/day.ts'
import type { DecimalText } from '../values/money.ts'
import { multiplyMoney, subtractMoney } from '../values/money.ts'
import type { BillingCalendar, BillingPeriod } from '../values/period.ts'

/** The price of one unit for one service period, with the periods it has to be carried over to. */
export interface UnitPrice {
  readonly amount: DecimalText
  readonly serviceMonths: number
}

/**
 * What one unit costs: the line's own price where the line exists, else the catalogue's. `null` when the PSA does not
 * tell, and then no amount is given anywhere: a guess would look like a number.
 */
export function findUnitPrice(
  service: Service | undefined,
  line: ContractService | null,
): UnitPrice | null {
  const amount = line === null ? (service?.unitPrice ?? null) : line.unitPrice
  const serviceMonths = service?.periodMonths ?? null
  return amount === null || serviceMonths === null ? null : { amount, serviceMonths }
}

/** The price of `units` for one month. */
export function monthlyMoney(price: UnitPrice, units: number): DecimalText {
  return multiplyMoney(price.amount, units, price.serviceMonths)
}

/** The price of `units` for one whole billing period of the contract. */
export function periodMoney(
  price: UnitPrice,
  calendar: BillingCalendar,
  units: number,
): DecimalText {
  return multiplyMoney(price.amount, units * calendar.periodMonths, price.serviceMonths)
}

/**
 * What a change adds to invoices (product.md, rule 15). A period's amount is units times price, rounded once to four
 * places; a period that the contract's end cuts short, and a change inside a period, are charged by days of the whole
 * period (autotask-rest.md 4.3, points 3 and 6).
 */
export function changeMoney(
  price: UnitPrice | null,
  change: { readonly day: Day; readonly before: number; readonly after: number },
  calendar: BillingCalendar,
  period: BillingPeriod,
): AdjustmentMoney {
  const days = { periodStart: period.startDay, periodEnd: period.endDay }
  if (price === null) return { unitPrice: null, ...days, firstPeriod: null, perPeriod: null }
  const charged = daysBetween(change.day, period.endDay) + 1
  const amountOf = (units: number): DecimalText =>
    multiplyMoney(
      price.amount,
      units * calendar.periodMonths * charged,
      price.serviceMonths * period.fullDays,
    )
  const isInside = change.day > period.startDay
  return {
    unitPrice: periodMoney(price, calendar, 1),
    ...days,
    firstPeriod: isInside
      ? amountOf(change.after - change.before)
      : subtractMoney(amountOf(change.after), amountOf(change.before)),
    perPeriod: periodMoney(price, calendar, change.after - change.before),
  }
}
