/** A number of things, `1 device`, `2,400 devices`; the plural is the singular with an s unless given. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? singular : plural}`
}

/** A change of units with its sign, `+3`, `−2`, `0`. */
export function formatChange(units: number): string {
  if (units === 0) return '0'
  return `${units > 0 ? '+' : '−'}${Math.abs(units).toLocaleString('en-GB')}`
}
