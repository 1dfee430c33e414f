const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * A calendar day `YYYY-MM-DD` as people read it, `3 Aug 2026`. A day has no time zone, so no `Date` is
 * involved: going through one would show the day before to everybody west of Greenwich.
 */
export function formatDay(day: string): string {
  const [year, month, dayOfMonth] = day.split('-')
  const name = months[Number(month) - 1]
  return name === undefined || dayOfMonth === undefined
    ? day
    : `${Number(dayOfMonth)} ${name} ${year}`
}

/** First and last day of a span, both included. */
export function formatDaySpan(first: string, last: string): string {
  return `${formatDay(first)} – ${formatDay(last)}`
}
