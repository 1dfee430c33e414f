import { invariant } from '../invariant.ts'

/**
 * A calendar day, `YYYY-MM-DD`, without time of day and without zone.
 * Billing counts in days; pushing them through UTC instants is how others shift invoices by a day.
 * Two days compare with `<` and `>` as strings.
 */
export type Day = string & { readonly __brand: 'Day' }

const DAY_PATTERN = /^(\d{4})-(\d{2})-(\d{2})$/
const MS_PER_DAY = 86_400_000

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
    month: Number(day.slice(5, 7)),
    dayOfMonth: Number(day.slice(8, 10)),
  }
}

function fromParts(year: number, month: number, dayOfMonth: number): Day {
  const pad = (value: number, width: number): string => String(value).padStart(width, '0')
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}` as Day
}

function toNumber(day: Day): number {
  const { year, month, dayOfMonth } = toParts(day)
  return Date.UTC(year, month - 1, dayOfMonth) / MS_PER_DAY
}

function fromNumber(number: number): Day {
  return new Date(number * MS_PER_DAY).toISOString().slice(0, 10) as Day
}

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}
