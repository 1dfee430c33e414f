import { toDay, type LineId, type UnitPeriod } from '@trueup/core'
import { aContract } from '@trueup/core/testing'
import { expect, test } from 'vitest'
import { toTotals } from './to-totals.ts'

const row = (startDay: string, endDay: string, units: number): UnitPeriod => ({
  line: '9' as LineId,
  startDay: toDay(startDay),
  endDay: toDay(endDay),
  units,
  price: null,
  postedDay: null,
})
const unitsOf = (...periods: UnitPeriod[]) =>
  toTotals(aContract({ startDay: toDay('2026-01-01') }), periods).map(({ units }) => units)

test('differences inside a period add up to totals, and the next period begins anew', () => {
  expect(
    unitsOf(
      row('2026-04-01', '2026-04-30', 12),
      row('2026-03-20', '2026-03-31', -3),
      row('2026-03-01', '2026-03-31', 10),
      row('2026-03-17', '2026-03-31', 5),
    ),
  ).toEqual([10, 15, 12, 12])
})

test('differences of a period whose first row was not read stay as they are', () => {
  expect(unitsOf(row('2026-03-17', '2026-03-31', 5), row('2026-04-01', '2026-04-30', 15))).toEqual([
    5, 15,
  ])
})
