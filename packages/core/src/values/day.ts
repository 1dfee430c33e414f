import { invariant } from '../invariant.ts'

/**
 * A calendar day, `YYYY-MM-DD`, without time of day and without zone.
 * Billing counts in days; pushing them through UTC instants is how others shift invoices by a day.
 * Two days compare with `<` and `>` as strings.
 */
export type Day = string & { readonly __brand: 'Day' }

const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/
const DAYS_IN_400_YEARS = 146_097
const CODE_OF_ZERO = 48

/** Reads `YYYY-MM-DD`; `null` when the text is not a day that exists in the Gregorian calendar. */
export function parseDay(text: string): Day | null {
  const match = DAY_PATTERN.exec(text)
  if (match === null) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return text as Day
}

/** The day that `text` names; throws an invariant error when it names none. For literals and stored values. */
export function toDay(text: string): Day {
  const day = parseDay(text)
  invariant(day !== null, 'text is not a calendar day', { text })
  return day
}

/** `day` moved by `count` days, which may be negative. */
export function addDays(day: Day, count: number): Day {
  return fromNumber(toNumber(day) + count)
}

/**
 * `day` moved by `count` months. A day that the target month lacks becomes that month's last day.
 * Always compute from the anchor: adding one month twice to January 31st is not adding two.
 */
export function addMonths(day: Day, count: number): Day {
  const { year, month, dayOfMonth } = toParts(day)
  const index = year * 12 + (month - 1) + count
  const targetYear = Math.floor(index / 12)
  const targetMonth = index - targetYear * 12 + 1
  return fromParts(
    targetYear,
    targetMonth,
    Math.min(dayOfMonth, daysInMonth(targetYear, targetMonth)),
  )
}

/** Days from `from` to `to`: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return toNumber(to) - toNumber(from)
}

/** Whole months on the calendar from `from`'s month to `to`'s month, whatever the days of month. */
export function monthsBetween(from: Day, to: Day): number {
  const a = toParts(from)
  const b = toParts(to)
  return (b.year - a.year) * 12 + (b.month - a.month)
}

/** The earlier of two days. */
export function earlierDay(a: Day, b: Day): Day {
  return a < b ? a : b
}

/** The later of two days. */
export function laterDay(a: Day, b: Day): Day {
  return a > b ? a : b
}

function toParts(day: Day): { year: number; month: number; dayOfMonth: number } {
  return {
    year: Number(day.slice(0, 4)),
    month: digits(day, 5),
    dayOfMonth: digits(day, 8),
  }
}

function fromParts(year: number, month: number, dayOfMonth: number): Day {
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}` as Day
}

/** Days since March 1st of the year 0, by the rules of the Gregorian calendar, without going through instants. */
function toNumber(day: Day): number {
  const { year, month, dayOfMonth } = toParts(day)
  const marchYear = month > 2 ? year : year - 1
  const monthFromMarch = month > 2 ? month - 3 : month + 9
  const leapDays =
    Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400)
  return marchYear * 365 + leapDays + daysBeforeMonth(monthFromMarch) + dayOfMonth - 1
}

function fromNumber(number: number): Day {
  const era = Math.floor(number / DAYS_IN_400_YEARS)
  const dayOfEra = number - era * DAYS_IN_400_YEARS
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100)
  const dayOfYear = dayOfEra - yearOfEra * 365 - leapDays
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const dayOfMonth = dayOfYear - daysBeforeMonth(monthFromMarch) + 1
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  return fromParts(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth)
}

/** Days of a year that begins in March before its month 0 to 11: months of 31, 30, 31, 30, 31 days follow each other. */
function daysBeforeMonth(monthFromMarch: number): number {
  return Math.floor((153 * monthFromMarch + 2) / 5)
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

function digits(day: Day, at: number): number {
  return (day.charCodeAt(at) - CODE_OF_ZERO) * 10 + day.charCodeAt(at + 1) - CODE_OF_ZERO
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value)
}
