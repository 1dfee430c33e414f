// oxlint-disable no-restricted-globals -- the platform's own calendar is what ours is held against
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cases } from './support/cases.ts'
import {
  addDays,
  addMonths,
  daysBetween,
  monthsBetween,
  parseDay,
  toDay,
} from '../src/values/day.ts'

const someDay = fc
  .date({ min: new Date('0004-01-01'), max: new Date('9990-12-31'), noInvalidDate: true })
  .map((date) => toDay(date.toISOString().slice(0, 10)))

test('a text is a day only when the calendar has that day', () => {
  expect(parseDay('2028-02-29')).toBe('2028-02-29')
  for (const text of ['2026-02-29', '2100-02-29', '2026-13-01', '2026-04-31', '2026-1-1', 'x']) {
    expect(parseDay(text)).toBeNull()
  }
  expect(parseDay('2000-02-29')).toBe('2000-02-29')
  expect(() => toDay('2026-02-30')).toThrow('not a calendar day')
})

test('counting days agrees with the platform over all centuries', () => {
  const holds = (day: string, count: number): boolean => {
    const instant = Date.parse(day) + count * 86_400_000
    return addDays(toDay(day), count) === new Date(instant).toISOString().slice(0, 10)
  }
  const property = fc.property(someDay, fc.integer({ min: -1_000, max: 1_000 }), holds)
  expect(() => fc.assert(property, cases())).not.toThrow()
})

test('days between two days are what has to be added to the first to reach the second', () => {
  const property = fc.property(someDay, someDay, (from, to) => {
    return addDays(from, daysBetween(from, to)) === to
  })
  expect(() => fc.assert(property, cases())).not.toThrow()
})

test('adding months ends on the same day of the month, or on the last one where that is missing', () => {
  expect(addMonths(toDay('2026-01-31'), 1)).toBe('2026-02-28')
  expect(addMonths(toDay('2026-01-31'), 2)).toBe('2026-03-31')
  expect(addMonths(toDay('2026-03-31'), -1)).toBe('2026-02-28')
  expect(addMonths(toDay('2027-12-15'), 14)).toBe('2029-02-15')
  expect(monthsBetween(toDay('2026-11-30'), toDay('2027-02-01'))).toBe(3)
})
