import type { CountingStep } from './tally.ts'

/** Takes the units off that the customer has free, never below zero (product.md, rule 4). */
export const subtractIncluded: CountingStep = (tally, mapping) => {
  tally.included = Math.min(mapping.counting.includedUnits, tally.billable)
  tally.billable -= tally.included
}
