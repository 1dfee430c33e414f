import type { ContractService, Service } from '../ledger.ts'
import type { AdjustmentMoney } from '../plan.ts'
import type { Day } from '../values/day.ts'
import { daysBetween } from '../values/day.ts'
import type { DecimalText } from '../values/money.ts'
import { multiplyMoney, subtractMoney } from '../values/money.ts'
import type { BillingCalendar, BillingPeriod } from '../values/period.ts'
import { countFullDays } from '../values/period.ts'

/** The price of one unit for one service period, with the periods it has to be carried over to. */
export interface UnitPrice {
  readonly amount: DecimalText
  readonly serviceMonths: number
}

/** Prices of one plan. Many lines change by the same number of units at the same price, so amounts are kept. */
export interface PriceBook {
  /** The price of `units` for one whole billing period of the contract. */
  wholePeriod(price: UnitPrice, calendar: BillingCalendar, units: number): DecimalText
  /**
   * What a change adds to invoices (product.md, rule 15). A period's amount is units times price, rounded once to four
   * places; a period that the contract's end cuts short, and a change inside a period, are charged by days of the whole
   * period (autotask-rest.md 4.3, points 3 and 6).
   */
  change(price: UnitPrice | null, change: PricedChange, period: PricedPeriod): AdjustmentMoney
}

/** Units of a line before and after a day. */
export interface PricedChange {
  readonly day: Day
  readonly before: number
  readonly after: number
}

/** The billing period that a change's day lies in. */
export interface PricedPeriod {
  readonly calendar: BillingCalendar
  readonly period: BillingPeriod
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

/** An empty book. */
export function createPriceBook(): PriceBook {
  const known = new Map<DecimalText, Map<string, DecimalText>>()

  function amountOf(price: UnitPrice, numerator: number, denominator: number): DecimalText {
    const amounts = known.get(price.amount) ?? new Map<string, DecimalText>()
    known.set(price.amount, amounts)
    const key = `${numerator}/${denominator}`
    const kept = amounts.get(key)
    if (kept !== undefined) return kept
    const amount = multiplyMoney(price.amount, numerator, denominator)
    amounts.set(key, amount)
    return amount
  }

  const wholePeriod: PriceBook['wholePeriod'] = (price, calendar, units) =>
    amountOf(price, units * calendar.periodMonths, price.serviceMonths)

  return {
    wholePeriod,
    change: (price, change, { calendar, period }) => {
      const days = { periodStart: period.startDay, periodEnd: period.endDay }
      if (price === null) return { unitPrice: null, ...days, firstPeriod: null, perPeriod: null }
      const charged = daysBetween(change.day, period.endDay) + 1
      const fullDays = countFullDays(calendar, period)
      const daysOf = (units: number): DecimalText =>
        amountOf(price, units * calendar.periodMonths * charged, price.serviceMonths * fullDays)
      const perPeriod = wholePeriod(price, calendar, change.after - change.before)
      const unitPrice = wholePeriod(price, calendar, 1)
      if (charged === fullDays && isExact(price, calendar)) {
        return { unitPrice, ...days, firstPeriod: perPeriod, perPeriod }
      }
      const firstPeriod =
        change.day > period.startDay
          ? daysOf(change.after - change.before)
          : subtractMoney(daysOf(change.after), daysOf(change.before))
      return { unitPrice, ...days, firstPeriod, perPeriod }
    },
  }
}

/** Whether a whole period's amount needs no rounding, so that a difference of amounts is the amount of the difference. */
function isExact({ amount, serviceMonths }: UnitPrice, calendar: BillingCalendar): boolean {
  const point = amount.indexOf('.')
  const places = point < 0 ? 0 : amount.length - point - 1
  return places <= 4 && calendar.periodMonths % serviceMonths === 0
}
