import { applyMinimum } from './apply-minimum.ts'
import { chooseBasis } from './choose-basis.ts'
import { countCategory } from './count-category.ts'
import { excludeDevices } from './exclude-devices.ts'
import { subtractIncluded } from './subtract-included.ts'
import type { CountingStep } from './tally.ts'

/**
 * How usage becomes billable units of one mapping. The order matters:
 *
 * 1. `countCategory` first: everything after it is about this mapping's part of the application.
 * 2. `excludeDevices` before the basis: a peak must not be made by a device that is never billed.
 * 3. `chooseBasis` makes one number of many readings: free units are free once, not once a reading.
 * 4. `subtractIncluded` before the minimum: the customer pays for what is left, or the minimum if that is more.
 * 5. `applyMinimum` last: nothing may bring the bill below it.
 */
export const COUNTING_RULES: readonly CountingStep[] = [
  countCategory,
  excludeDevices,
  chooseBasis,
  subtractIncluded,
  applyMinimum,
]
