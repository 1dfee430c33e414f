import { toDay, type Day } from '@trueup/core'

const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar day that an instant belongs to in a time zone. Throws a RangeError for an unknown zone. */
export function dayAt(instantMs: number, timeZone: string): Day {
  const parts = formatOf(timeZone).formatToParts(instantMs)
  const part = (type: Intl.DateTimeFormatPartTypes): string =>
    parts.find((candidate) => candidate.type === type)?.value ?? ''
  return toDay(`${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`)
}

/** The hour of the day, 0 to 23, that an instant has in a time zone. Throws a RangeError for an unknown zone. */
export function hourAt(instantMs: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(instantMs)
  return Number(parts.find((part) => part.type === 'hour')?.value)
}

/** True for the names that the platform's time zone data knows, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name)
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Making a format takes far longer than using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  })
  formats.set(timeZone, format)
  return format
}
