import type { CountingStep } from './tally.ts'

/** Takes the units off that the customer has free, never below zero (product.md, rule 4). */
export const subtractIncluded: CountingStep = (tally, mapping) => {
  const included = Math.min(mapping.counting.includedUnits, tally.billable)
  return included === 0 ? tally : { ...tally, included, billable: tally.billable - included }
}
