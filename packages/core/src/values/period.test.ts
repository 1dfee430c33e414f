import { expect, test } from 'vitest'
import { toDay } from './day.ts'
import type { BillingCalendar } from './period.ts'
import {
  countFullDays,
  isPeriodStart,
  listPeriods,
  periodAfter,
  periodAt,
  periodOn,
} from './period.ts'

function calendar(start: string, end: string, periodMonths: 1 | 3 | 6 | 12): BillingCalendar {
  return { startDay: toDay(start), endDay: toDay(end), periodMonths }
}

test('periods of a contract that starts on the 31st begin on the last day of shorter months', () => {
  const monthly = calendar('2027-10-31', '2028-12-31', 1)
  const starts = [0, 1, 2, 3, 4, 5].map((index) => periodAt(monthly, index)?.startDay)
  expect(starts).toEqual([
    '2027-10-31',
    '2027-11-30',
    '2027-12-31',
    '2028-01-31',
    '2028-02-29',
    '2028-03-31',
  ])
})

test('every day of a contract lies in exactly one period, and the periods leave no gap', () => {
  const quarterly = calendar('2024-11-30', '2026-05-10', 3)
  const periods = listPeriods(quarterly, toDay('2024-11-30'), toDay('2026-05-10'))
  expect(periods.map(({ startDay, endDay }) => `${startDay}..${endDay}`)).toEqual([
    '2024-11-30..2025-02-27',
    '2025-02-28..2025-05-29',
    '2025-05-30..2025-08-29',
    '2025-08-30..2025-11-29',
    '2025-11-30..2026-02-27',
    '2026-02-28..2026-05-10',
  ])
})

test('the contract end cuts the last period, which keeps the length its price is for', () => {
  const monthly = calendar('2026-01-01', '2026-02-10', 1)
  const last = periodOn(monthly, toDay('2026-02-05'))
  expect(last).toEqual({ index: 1, startDay: '2026-02-01', endDay: '2026-02-10' })
  expect(last && countFullDays(monthly, last)).toBe(28)
  expect(last && periodAfter(monthly, last)).toBeNull()
})

test('a day outside the contract lies in no period', () => {
  const yearly = calendar('2026-03-15', '2027-03-14', 12)
  expect(periodOn(yearly, toDay('2026-03-14'))).toBeNull()
  expect(periodOn(yearly, toDay('2027-03-15'))).toBeNull()
  expect(periodOn(yearly, toDay('2027-03-14'))?.startDay).toBe('2026-03-15')
})

test('only the first day of a period is a period start', () => {
  const monthly = calendar('2026-01-15', '2026-12-31', 1)
  expect(isPeriodStart(monthly, toDay('2026-04-15'))).toBe(true)
  expect(isPeriodStart(monthly, toDay('2026-04-01'))).toBe(false)
})
