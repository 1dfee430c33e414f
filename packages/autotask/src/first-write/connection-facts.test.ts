import { toDay, type LineId, type UnitPeriod } from '@trueup/core'
import { expect, test } from 'vitest'
import { inferFacts } from './connection-facts.ts'

const row = (startDay: string, endDay: string, postedDay: string | null): UnitPeriod => ({
  line: '9' as LineId,
  startDay: toDay(startDay),
  endDay: toDay(endDay),
  units: 1,
  price: null,
  postedDay: postedDay === null ? null : toDay(postedDay),
})
const postedPeriodOf = (...unitPeriods: UnitPeriod[]) =>
  inferFacts({ contracts: [], lines: [], unitPeriods }).postedPeriod

test('an open row beside a posted one shows that changes in posted periods are billed extra', () => {
  const posted = row('2026-03-01', '2026-03-31', '2026-03-02')
  expect(postedPeriodOf(posted, row('2026-03-01', '2026-03-31', null))).toBe('EXTRA_ROW')
  expect(postedPeriodOf(posted, row('2026-03-17', '2026-03-31', null))).toBe('EXTRA_ROW')
})

test('posted and open periods that follow each other show nothing', () => {
  const posted = row('2026-03-01', '2026-03-31', '2026-03-02')
  expect(postedPeriodOf(posted, row('2026-04-01', '2026-04-30', null))).toBe('NOT_SEEN')
  const other = { ...row('2026-03-17', '2026-03-31', null), line: '10' as LineId }
  expect(postedPeriodOf(posted, other)).toBe('NOT_SEEN')
})
