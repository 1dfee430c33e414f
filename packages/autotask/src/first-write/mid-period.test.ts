import { toDay, type ContractService, type LineId, type UnitPeriod } from '@trueup/core'
import { aContract, CONTRACT, ENDPOINT_SERVICE } from '@trueup/core/testing'
import { describe, expect, test } from 'vitest'
import { inferMidPeriodRow, isPeriodStart } from './mid-period.ts'

const LINE = '9' as LineId
const SECOND = '10' as LineId
const row = (startDay: string, endDay: string, units: number, line = LINE): UnitPeriod => ({
  line,
  startDay: toDay(startDay),
  endDay: toDay(endDay),
  units,
  price: null,
  postedDay: null,
})
const lineOf = (id: LineId): ContractService => ({
  id,
  contract: CONTRACT,
  service: ENDPOINT_SERVICE,
  unitPrice: null,
})
const infer = (...unitPeriods: UnitPeriod[]) =>
  inferMidPeriodRow({ contracts: [aContract()], lines: [LINE, SECOND].map(lineOf), unitPeriods })

const march = row('2026-03-01', '2026-03-31', 10)
const april = (units: number) => row('2026-04-01', '2026-04-30', units)

describe('a row inside a period', () => {
  test('that the next period repeats carries the total', () => {
    expect(infer(march, row('2026-03-17', '2026-03-31', 15), april(15))).toBe('TOTAL')
  })

  test('that adds up to the next period carries the difference', () => {
    expect(infer(march, row('2026-03-17', '2026-03-31', 5), april(15))).toBe('DIFFERENCE')
    expect(infer(march, row('2026-03-17', '2026-03-31', -4), april(6))).toBe('DIFFERENCE')
  })

  test('is read together with others of its period, in any order', () => {
    const rows = [april(18), row('2026-03-20', '2026-03-31', 3), march]
    expect(infer(row('2026-03-17', '2026-03-19', 5), ...rows)).toBe('DIFFERENCE')
  })

  test('tells nothing when both readings fit, or none does', () => {
    const fromZero = row('2026-03-01', '2026-03-31', 0)
    expect(infer(fromZero, row('2026-03-17', '2026-03-31', 5), april(5))).toBe('NOT_SEEN')
    expect(infer(march, row('2026-03-17', '2026-03-31', 15), april(20))).toBe('NOT_SEEN')
  })

  test('tells nothing without the periods around it, and nothing of lines nobody knows', () => {
    expect(infer(march, row('2026-03-17', '2026-03-31', 15))).toBe('NOT_SEEN')
    const other = 'other' as LineId
    const rows = [march, row('2026-03-17', '2026-03-31', 15), april(15)]
    expect(infer(...rows.map((one) => ({ ...one, line: other })))).toBe('NOT_SEEN')
    expect(infer()).toBe('NOT_SEEN')
  })

  test('against another one tells that nothing is known', () => {
    expect(
      infer(
        march,
        row('2026-03-17', '2026-03-31', 15),
        april(15),
        row('2026-03-01', '2026-03-31', 10, SECOND),
        row('2026-03-17', '2026-03-31', 5, SECOND),
        row('2026-04-01', '2026-04-30', 15, SECOND),
      ),
    ).toBe('CONTRADICTORY')
  })
})

test('a period starts on the grid of its contract only', () => {
  const contract = aContract({ startDay: toDay('2026-01-31') })
  expect(isPeriodStart(contract, toDay('2026-02-28'))).toBe(true)
  expect(isPeriodStart(contract, toDay('2026-02-27'))).toBe(false)
  expect(isPeriodStart(contract, toDay('2026-01-31'))).toBe(true)
  expect(isPeriodStart({ ...contract, periodMonths: null }, toDay('2026-01-31'))).toBe(false)
})
