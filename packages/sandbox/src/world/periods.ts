import { addDays, addMonths, daysBetween, type Day } from '../calendar.ts'

/** One billing period of a contract. */
export interface Period {
  start: Day
  /** Inclusive; the contract's end where that comes first. */
  end: Day
  /** Inclusive; where the period would end if the contract did not. */
  fullEnd: Day
  /** Days of the uncut period. */
  fullDays: number
}

/** Autotask's picklist of period types (contract and service): value → months. */
const MONTHS_BY_PERIOD_TYPE: Readonly<Record<number, number>> = { 2: 1, 3: 3, 4: 6, 5: 12 }

/** Months of a period type; a contract without one bills monthly. */
export function monthsOf(periodType: number | null): number {
  return MONTHS_BY_PERIOD_TYPE[periodType ?? 2] ?? 1
}

const grids = new Map<string, readonly Period[]>()
const GRIDS_KEPT = 2_000

/** All billing periods between two days, both included, counted from the start day. */
export function periodsOf(contract: {
  startDate: Day
  endDate: Day
  contractPeriodType: number | null
}): readonly Period[] {
  const { startDate, endDate } = contract
  const months = monthsOf(contract.contractPeriodType)
  const key = `${startDate}|${endDate}|${months}`
  const known = grids.get(key)
  if (known) return known
  if (grids.size >= GRIDS_KEPT) grids.clear()
  const grid = buildGrid(startDate, endDate, months)
  grids.set(key, grid)
  return grid
}

function buildGrid(startDate: Day, endDate: Day, months: number): Period[] {
  const periods: Period[] = []
  for (let start = startDate, index = 0; start <= endDate; index += 1) {
    const next = addMonths(startDate, (index + 1) * months)
    const fullEnd = addDays(next, -1)
    const end = fullEnd < endDate ? fullEnd : endDate
    periods.push({ start, end, fullEnd, fullDays: daysBetween(start, next) })
    start = next
  }
  return periods
}
