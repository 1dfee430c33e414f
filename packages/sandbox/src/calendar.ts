/** A calendar day, `YYYY-MM-DD`, without time of day or zone. */
export type Day = string

/** The first and the last day on which a sandbox may stand; contracts reach some years beyond. */
export const FIRST_DAY: Day = '1900-01-01'
export const LAST_DAY: Day = '2199-12-31'

const DAY_MS = 86_400_000

/** The day `days` after `day`; negative goes back. */
export function addDays(day: Day, days: number): Day {
  return dayOf(Date.parse(day) + days * DAY_MS)
}

/**
 * The day `months` after `day`, clamped to the length of the month it lands in. Grids must always count from
 * their anchor: 31 January + 1 month is 28 February, and + 2 months is 31 March, not 28 March.
 */
export function addMonths(day: Day, months: number): Day {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  const year = Math.floor(count / 12)
  const month = count - year * 12
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return `${pad(year, 4)}-${pad(month + 1, 2)}-${pad(Math.min(Number(day.slice(8, 10)), last), 2)}`
}

/** Whole days from `from` to `to`; 0 for the same day. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}

/** The UTC day of an instant in milliseconds. */
export function dayOf(instantMs: number): Day {
  return new Date(instantMs).toISOString().slice(0, 10)
}

/** Whether `text` is a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false
  const instant = Date.parse(text)
  return !Number.isNaN(instant) && dayOf(instant) === text
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0')
}
