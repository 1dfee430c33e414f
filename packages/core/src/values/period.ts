import type { PeriodMonths } from '../ledger.ts'
import { invariant } from '../invariant.ts'
import type { Day } from './day.ts'
import { addDays, addMonths, daysBetween, earlierDay, monthsBetween } from './day.ts'

/** What a contract's billing periods follow from: all of them are counted from the contract's start. */
export interface BillingCalendar {
  readonly startDay: Day
  /** Inclusive. */
  readonly endDay: Day
  readonly periodMonths: PeriodMonths
}

/** One billing period of a contract. */
export interface BillingPeriod {
  /** 0 for the period that begins with the contract. */
  readonly index: number
  readonly startDay: Day
  /** Inclusive; the contract's last period may be cut. */
  readonly endDay: Day
}

/**
 * The period `index`, or `null` when the contract ends before it begins. Each start is computed from the
 * contract's start, never from its neighbour: from January 31st follow February 28th and then March 31st.
 */
export function periodAt(calendar: BillingCalendar, index: number): BillingPeriod | null {
  const startDay = startOf(calendar, index)
  return index < 0 || startDay > calendar.endDay ? null : periodFrom(calendar, index, startDay)
}

function periodFrom(calendar: BillingCalendar, index: number, startDay: Day): BillingPeriod {
  const nextStart = startOf(calendar, index + 1)
  return { index, startDay, endDay: earlierDay(addDays(nextStart, -1), calendar.endDay) }
}

/** The days a period would have were it not cut by the contract's end: what its price is for. */
export function countFullDays(calendar: BillingCalendar, period: BillingPeriod): number {
  return daysBetween(period.startDay, startOf(calendar, period.index + 1))
}

function startOf(calendar: BillingCalendar, index: number): Day {
  return addMonths(calendar.startDay, index * calendar.periodMonths)
}

/** The period that contains `day`, or `null` when the contract does not cover it. */
export function periodOn(calendar: BillingCalendar, day: Day): BillingPeriod | null {
  if (day < calendar.startDay || day > calendar.endDay) return null
  const guess = Math.floor(monthsBetween(calendar.startDay, day) / calendar.periodMonths)
  const start = startOf(calendar, guess)
  const period = start <= day ? periodFrom(calendar, guess, start) : periodAt(calendar, guess - 1)
  invariant(
    period !== null && period.startDay <= day && day <= period.endDay,
    'no period contains a day that the contract covers',
    { day, start: calendar.startDay, end: calendar.endDay },
  )
  return period
}

/** The period that follows, or `null` when the contract ends with this one. */
export function periodAfter(
  calendar: BillingCalendar,
  period: BillingPeriod,
): BillingPeriod | null {
  return periodAt(calendar, period.index + 1)
}

/** Whether a billing period begins on `day`. */
export function isPeriodStart(calendar: BillingCalendar, day: Day): boolean {
  return periodOn(calendar, day)?.startDay === day
}

/** All periods that touch the days from `from` through `through`, in order. */
export function listPeriods(calendar: BillingCalendar, from: Day, through: Day): BillingPeriod[] {
  const periods: BillingPeriod[] = []
  const first = from < calendar.startDay ? calendar.startDay : from
  let period = periodOn(calendar, first)
  while (period !== null && period.startDay <= through) {
    periods.push(period)
    period = periodAfter(calendar, period)
  }
  return periods
}

/** A contract's periods seen from a day: those that nearly every question is about are found once. */
export interface ContractPeriods {
  readonly calendar: BillingCalendar
  /** The period that contains the day. */
  readonly current: BillingPeriod
  /** The one after it; `null` when the contract ends with the current one. */
  next(): BillingPeriod | null
}

/** The periods around `day`, or `null` when the contract does not cover it. */
export function periodsAround(calendar: BillingCalendar, day: Day): ContractPeriods | null {
  const current = periodOn(calendar, day)
  if (current === null) return null
  let next: BillingPeriod | null | undefined
  return {
    calendar,
    current,
    next: () => (next === undefined ? (next = periodAfter(calendar, current)) : next),
  }
}

/** The same as {@link periodOn}, without counting where the day lies in one of the two periods at hand. */
export function findPeriod(periods: ContractPeriods, day: Day): BillingPeriod | null {
  const { calendar, current } = periods
  if (day >= current.startDay && day <= current.endDay) return current
  if (day < current.startDay || day > calendar.endDay) return periodOn(calendar, day)
  const next = periods.next()
  return next !== null && day <= next.endDay ? next : periodOn(calendar, day)
}
