import { expect, test } from 'vitest'
import { newestDueDay, nextDueAt } from './due-day.ts'

const BERLIN_3 = { timeZone: 'Europe/Berlin', dailyRunHour: 3 }

test('a day is due from its hour on, by the clock of the integration', () => {
  // 03:00 in Berlin is 02:00 UTC in winter.
  expect(newestDueDay(Date.parse('2026-01-15T01:59:59Z'), BERLIN_3)).toBe('2026-01-14')
  expect(newestDueDay(Date.parse('2026-01-15T02:00:00Z'), BERLIN_3)).toBe('2026-01-15')
})

test('the day is that of the integration, not that of UTC', () => {
  const auckland = { timeZone: 'Pacific/Auckland', dailyRunHour: 3 }
  expect(newestDueDay(Date.parse('2026-01-14T20:00:00Z'), auckland)).toBe('2026-01-15')
})

test('an hour that the clocks skip in spring is due at the hour after', () => {
  // On 2026-03-29 the clock goes from 02:00 to 03:00 in Berlin, at 01:00 UTC.
  const at2 = { timeZone: 'Europe/Berlin', dailyRunHour: 2 }
  expect(newestDueDay(Date.parse('2026-03-29T00:59:00Z'), at2)).toBe('2026-03-28')
  expect(newestDueDay(Date.parse('2026-03-29T01:00:00Z'), at2)).toBe('2026-03-29')
})

test('an hour that comes twice in autumn makes its day due once, at the first', () => {
  // On 2026-10-25 the clock goes back from 03:00 to 02:00 in Berlin, at 01:00 UTC.
  const at2 = { timeZone: 'Europe/Berlin', dailyRunHour: 2 }
  expect(newestDueDay(Date.parse('2026-10-25T00:00:00Z'), at2)).toBe('2026-10-25')
  expect(newestDueDay(Date.parse('2026-10-25T01:30:00Z'), at2)).toBe('2026-10-25')
})

test('the next daily run is told to the minute, across a change of the clocks and odd offsets', () => {
  expect(nextDueAt(Date.parse('2026-03-28T12:00:00Z'), BERLIN_3)?.toISOString()).toBe(
    '2026-03-29T01:00:00.000Z',
  )
  const kathmandu = { timeZone: 'Asia/Kathmandu', dailyRunHour: 3 }
  expect(nextDueAt(Date.parse('2026-06-01T12:00:00Z'), kathmandu)?.toISOString()).toBe(
    '2026-06-01T21:15:00.000Z',
  )
})
