import { addMonths, toDay } from '@trueup/core'
import { describe, expect, test } from 'vitest'
import { nextPeriodStart } from './calendar.ts'

describe('the grid of billing periods', () => {
  test('begins with the contract when the day lies before it', () => {
    expect(nextPeriodStart(toDay('2026-03-15'), 1, toDay('2026-01-01'))).toBe('2026-03-15')
  })

  test('comes back to the 31st after a shorter month', () => {
    const anchor = toDay('2026-01-31')
    expect(nextPeriodStart(anchor, 1, toDay('2026-01-31'))).toBe('2026-02-28')
    expect(nextPeriodStart(anchor, 1, toDay('2026-02-28'))).toBe('2026-03-31')
    expect(nextPeriodStart(anchor, 1, toDay('2026-03-30'))).toBe('2026-03-31')
  })

  test('knows quarters, half years and years, leap days included', () => {
    expect(nextPeriodStart(toDay('2026-02-10'), 3, toDay('2026-11-22'))).toBe('2027-02-10')
    expect(nextPeriodStart(toDay('2025-08-31'), 6, toDay('2026-02-27'))).toBe('2026-02-28')
    expect(nextPeriodStart(toDay('2024-02-29'), 12, toDay('2027-02-28'))).toBe('2028-02-29')
  })

  test('gives the first start behind a day, for every anchor and length', () => {
    for (const anchorDay of ['2026-01-01', '2026-01-29', '2026-01-31', '2024-02-29']) {
      const anchor = toDay(anchorDay)
      for (const months of [1, 3, 6, 12]) {
        for (let index = 0; index < 60; index += 1) {
          const day = addMonths(toDay('2026-01-15'), index)
          const next = nextPeriodStart(anchor, months, day)
          const starts = Array.from({ length: 200 }, (_, at) => addMonths(anchor, at * months))
          expect(next).toBe(starts.find((start) => start > day))
        }
      }
    }
  })
})
