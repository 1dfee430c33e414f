/** An instant on the wall clock of `timeZone`, `3 Aug 2026, 14:05`; without a zone, on the reader's own. */
export function formatInstant(instant: string, timeZone?: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(new Date(instant))
}

/** How long something took, `1 min 5 s`; empty while it has not ended. */
export function formatDuration(start: string, end: string | null | undefined): string {
  if (end === null || end === undefined) return ''
  const seconds = Math.max(0, Math.round((Date.parse(end) - Date.parse(start)) / 1000))
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
