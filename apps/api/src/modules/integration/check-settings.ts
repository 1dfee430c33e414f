import type { BrakeLimits } from '@trueup/core'
import { isTimeZone } from '../../calendar.ts'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'

/** Settings that a person may have typed; `undefined` is not looked at. */
export interface TypedSettings {
  readonly name?: string | undefined
  readonly timeZone?: string | undefined
  readonly dailyRunHour?: number | undefined
  readonly maximumReadingAgeDays?: number | undefined
  readonly brakes?: BrakeLimits | undefined
}

const MOST_NAME_CHARACTERS = 100
const LAST_HOUR = 23
const MOST_READING_AGE_DAYS = 60

/** What is wrong with settings, all of it at once. */
export function checkSettings(settings: TypedSettings): Problem[] {
  const { name, timeZone, dailyRunHour, maximumReadingAgeDays, brakes } = settings
  const problems: Problem[] = []
  if (name !== undefined && (name.trim() === '' || name.trim().length > MOST_NAME_CHARACTERS))
    problems.push(
      toProblem('INTEGRATION_NAME_INVALID', fieldSubject('input.name', 'Name'), {
        maximum: MOST_NAME_CHARACTERS,
      }),
    )
  if (timeZone !== undefined && !isTimeZone(timeZone))
    problems.push(
      toProblem('TIME_ZONE_UNKNOWN', fieldSubject('input.timeZone', 'Time zone'), { timeZone }),
    )
  if (dailyRunHour !== undefined && !isBetween(dailyRunHour, 0, LAST_HOUR))
    problems.push(
      toProblem('RUN_HOUR_OUT_OF_RANGE', fieldSubject('input.dailyRunHour', 'Daily run'), {
        minimum: 0,
        maximum: LAST_HOUR,
      }),
    )
  if (
    maximumReadingAgeDays !== undefined &&
    !isBetween(maximumReadingAgeDays, 1, MOST_READING_AGE_DAYS)
  )
    problems.push(
      toProblem(
        'DAYS_OUT_OF_RANGE',
        fieldSubject('input.maximumReadingAgeDays', 'Oldest reading'),
        { minimum: 1, maximum: MOST_READING_AGE_DAYS },
      ),
    )
  return brakes === undefined ? problems : [...problems, ...checkBrakes(brakes)]
}

const LIMITS = {
  lineUnits: 'Units of a line',
  linePercent: 'Per cent of a line',
  lineMoney: 'Money of a line',
  runUnits: 'Units of a run',
  runPercent: 'Per cent of a run',
  runMoney: 'Money of a run',
} as const satisfies Partial<Record<keyof BrakeLimits, string>>

function checkBrakes(brakes: BrakeLimits): Problem[] {
  return (Object.keys(LIMITS) as (keyof typeof LIMITS)[])
    .filter((limit) => Number(brakes[limit] ?? 0) < 0)
    .map((limit) =>
      toProblem('BRAKE_NEGATIVE', fieldSubject(`input.brakes.${limit}`, LIMITS[limit])),
    )
}

function isBetween(value: number, minimum: number, maximum: number): boolean {
  return value >= minimum && value <= maximum
}
