import type { Contract, UnitPeriod } from '../ledger.ts'
import type { Day } from '../values/day.ts'
import { laterDay } from '../values/day.ts'
import { periodAfter, periodOn } from '../values/period.ts'

/**
 * The rows that a PSA has to show of a line when asked from a day on, and not one more (see `ContractLedger.readLedger`): those
 * of the current period and the next one, and what lies behind while the last of these is posted. Code that takes what was
 * not read for what is not there fails with it.
 */
export function showPromised(
  rows: readonly UnitPeriod[],
  contract: Contract,
  fromDay: Day,
): readonly UnitPeriod[] {
  const asked = rows.filter(({ endDay }) => endDay >= fromDay)
  const end = windowEnd(contract, fromDay)
  if (end === null) return asked
  const shown = asked.filter(({ startDay }) => startDay <= end)
  const latest = shown.filter(({ endDay }) => shown.every((other) => other.endDay <= endDay))
  const isPosted = latest.some(({ postedDay }) => postedDay !== null)
  return isPosted ? asked : shown
}

/** The last day of the period after the day's, or after the first where the contract begins later. */
function windowEnd({ periodMonths, startDay, endDay }: Contract, fromDay: Day): Day | null {
  if (periodMonths === null) return null
  const calendar = { periodMonths, startDay, endDay }
  const period = periodOn(calendar, laterDay(fromDay, startDay))
  if (period === null) return null
  return (periodAfter(calendar, period) ?? period).endDay
}
