import { addDays, type Day } from '@trueup/core'
import { dayAt, hourAt } from '../../calendar.ts'

/** When an integration wants to be run. */
export interface DailyHour {
  readonly timeZone: string
  /** 0 to 23, in that time zone. */
  readonly dailyRunHour: number
}

/**
 * The newest day whose daily hour has come at that instant. A day whose hour the clocks skip in spring is due at
 * the hour after; one whose hour comes twice in autumn is due at the first.
 */
export function newestDueDay(nowMs: number, { timeZone, dailyRunHour }: DailyHour): Day {
  const today = dayAt(nowMs, timeZone)
  return hourAt(nowMs, timeZone) >= dailyRunHour ? today : addDays(today, -1)
}

const MS_PER_QUARTER = 900_000
const QUARTERS_AHEAD = 4 * 26

/**
 * The next instant at which a new day becomes due, to the quarter of an hour: all time zones in use differ from UTC by
 * quarters. Looks 26 hours ahead, the longest a day can be.
 */
export function nextDueAt(nowMs: number, hour: DailyHour): Date | null {
  const due = newestDueDay(nowMs, hour)
  const firstQuarter = (Math.floor(nowMs / MS_PER_QUARTER) + 1) * MS_PER_QUARTER
  for (let quarter = 0; quarter < QUARTERS_AHEAD; quarter += 1) {
    const instant = firstQuarter + quarter * MS_PER_QUARTER
    if (newestDueDay(instant, hour) > due) return new Date(instant)
  }
  return null
}
