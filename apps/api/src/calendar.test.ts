import { expect, test } from 'vitest'
import { dayAt, isTimeZone } from './calendar.ts'

test('a day begins at midnight of the time zone, not of UTC', () => {
  const justBeforeMidnightUtc = Date.parse('2026-03-14T23:30:00Z')
  expect(dayAt(justBeforeMidnightUtc, 'UTC')).toBe('2026-03-14')
  expect(dayAt(justBeforeMidnightUtc, 'Europe/Berlin')).toBe('2026-03-15')
  expect(dayAt(justBeforeMidnightUtc, 'America/Los_Angeles')).toBe('2026-03-14')
})

test('only names of the time zone data are time zones', () => {
  expect(['Europe/Berlin', 'UTC', 'Asia/Kolkata'].every(isTimeZone)).toBe(true)
  expect(['', 'Berlin', 'Europe/Atlantis'].some(isTimeZone)).toBe(false)
})
