import type { Contract, UnitPeriod } from '@trueup/core'
import { isPeriodStart } from './mid-period.ts'

/**
 * Periods of one line with the total in each row, where the rows inside periods are known to carry differences. A period
 * whose first row was not read stays as it is: its differences have nothing to stand on.
 */
export function toTotals(
  contract: Contract,
  periods: readonly UnitPeriod[],
): readonly UnitPeriod[] {
  const sorted = periods.toSorted((one, other) => (one.startDay < other.startDay ? -1 : 1))
  let total: number | null = null
  return sorted.map((period) => {
    if (isPeriodStart(contract, period.startDay)) total = period.units
    else if (total !== null) total += period.units
    return total === null ? period : { ...period, units: total }
  })
}
