/**
 * Milliseconds since the epoch of a vendor date, which is UTC with whole seconds; a date without a time is its
 * first moment. `null` when there is no date or it cannot be read.
 */
export function parseInstant(text: string | null | undefined): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?$/.exec(text ?? '')
  if (match === null) return null
  const ms = Date.parse(`${match[1]}T${match[2] ?? '00:00:00'}Z`)
  return Number.isNaN(ms) ? null : ms
}
