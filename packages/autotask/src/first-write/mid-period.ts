import { addDays, type Contract, type LedgerState, type UnitPeriod } from '@trueup/core'
import { nextPeriodStart } from '../calendar.ts'

/**
 * What the row of a change inside a period carries (facts: section 4.2): the new total, or the difference.
 * `NOT_SEEN`: no row tells. `CONTRADICTORY`: rows tell both; then nothing is known.
 */
export type MidPeriodRow = 'TOTAL' | 'DIFFERENCE' | 'NOT_SEEN' | 'CONTRADICTORY'

/**
 * Reads the meaning of rows inside periods off changes that people made before us. The first full period behind
 * such a change carries the new total under both readings, so it tells which of them the row follows:
 *
 *   |── 10 ──────────┆── 15 ──|──── 15 ────|   total
 *   |── 10 ──────────┆──  5 ──|──── 15 ────|   difference
 */
export function inferMidPeriodRow(
  state: Pick<LedgerState, 'contracts' | 'lines' | 'unitPeriods'>,
): MidPeriodRow {
  const contracts = new Map(state.contracts.map((contract) => [contract.id, contract]))
  const periods = Map.groupBy(state.unitPeriods, (period) => period.line)
  const seen = new Set<'TOTAL' | 'DIFFERENCE'>()
  for (const line of state.lines) {
    const contract = contracts.get(line.contract)
    if (contract === undefined) continue
    for (const reading of readingsOf(contract, periods.get(line.id) ?? [])) seen.add(reading)
  }
  const [only, other] = [...seen]
  if (only === undefined) return 'NOT_SEEN'
  return other === undefined ? only : 'CONTRADICTORY'
}

/** Whether a day begins a billing period of the contract. */
export function isPeriodStart(contract: Contract, day: UnitPeriod['startDay']): boolean {
  const { startDay, periodMonths } = contract
  return periodMonths !== null && nextPeriodStart(startDay, periodMonths, addDays(day, -1)) === day
}

function readingsOf(
  contract: Contract,
  periods: readonly UnitPeriod[],
): readonly ('TOTAL' | 'DIFFERENCE')[] {
  const sorted = periods.toSorted((one, other) => (one.startDay < other.startDay ? -1 : 1))
  const starts = sorted.filter((period) => isPeriodStart(contract, period.startDay))
  return starts.flatMap((first, index) => {
    const next = starts[index + 1]
    if (next === undefined) return []
    const inside = sorted.filter(
      ({ startDay }) => startDay > first.startDay && startDay < next.startDay,
    )
    return readingOf(first.units, inside, next.units)
  })
}

function readingOf(
  before: number,
  inside: readonly UnitPeriod[],
  after: number,
): readonly ('TOTAL' | 'DIFFERENCE')[] {
  const last = inside.at(-1)
  if (last === undefined) return []
  const isTotal = last.units === after
  const isDifference = inside.reduce((sum, { units }) => sum + units, before) === after
  // A change from zero looks the same either way; a later change at the period start hides both.
  if (isTotal === isDifference) return []
  return [isTotal ? 'TOTAL' : 'DIFFERENCE']
}
