import type { CountingStep } from './tally.ts'

/** Bills at least the minimum while the application is in use at all (product.md, rule 4). */
export const applyMinimum: CountingStep = (tally, mapping) => {
  const minimum = mapping.counting.minimumUnits
  const isInUse = tally.counted - tally.excluded > 0
  if (minimum === 0 || !isInUse) return
  tally.minimum = minimum
  tally.billable = Math.max(tally.billable, minimum)
}
