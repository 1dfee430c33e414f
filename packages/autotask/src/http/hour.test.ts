import { describe, expect, test } from 'vitest'
import {
  emptyHour,
  giveBackRequests,
  learnThreshold,
  takeRequests,
  type HourState,
} from './hour.ts'

const MINUTE_MS = 60_000
const NOON_MS = Date.UTC(2026, 10, 22, 12)
const told = (used: number) => ({ limit: 100, used, timeframeMinutes: 60 })
const take = (hour: HourState, count: number, atMs: number) =>
  takeRequests(hour, { count, keepFree: 0 }, atMs)

describe('an hour used up by others', () => {
  test('names a time that does not move while their requests leave it one by one', () => {
    let hour = learnThreshold(emptyHour(100), told(100), NOON_MS)
    const resumeAtMs = NOON_MS + 61 * MINUTE_MS
    for (const minutes of [5, 10, 15, 20]) {
      const atMs = NOON_MS + minutes * MINUTE_MS
      hour = learnThreshold(hour, told(100), atMs)
      expect(take(hour, 1, atMs)).toMatchObject({ granted: 0, resumeAtMs })
    }
    const later = NOON_MS + 25 * MINUTE_MS
    hour = learnThreshold(hour, told(97), later)
    expect(take(hour, 10, later).granted).toBe(3)
  })

  test('with ours counts none of them twice', () => {
    const ours = take(emptyHour(100), 30, NOON_MS).hour
    const hour = learnThreshold(ours, told(50), NOON_MS + MINUTE_MS)
    expect(take(hour, 100, NOON_MS + MINUTE_MS).granted).toBe(50)
  })

  test('so far beyond the limit that several minutes must leave names the last of them', () => {
    const first = learnThreshold(emptyHour(100), told(60), NOON_MS)
    const full = learnThreshold(first, told(170), NOON_MS + 10 * MINUTE_MS)
    expect(take(full, 1, NOON_MS + 11 * MINUTE_MS).resumeAtMs).toBe(NOON_MS + 71 * MINUTE_MS)
  })
})

describe('requests that were set aside', () => {
  test('and not used can be used by somebody else', () => {
    const { hour } = take(emptyHour(100), 100, NOON_MS)
    expect(take(hour, 1, NOON_MS).granted).toBe(0)
    const unused = { minute: NOON_MS / MINUTE_MS, ours: 40, others: 0 }
    expect(take(giveBackRequests(hour, unused), 64, NOON_MS).granted).toBe(40)
  })
})

test('a calendar that was set back by days does not stop anything', () => {
  const { hour } = take(emptyHour(100), 100, NOON_MS)
  expect(take(hour, 10, NOON_MS - 86_400_000).granted).toBe(10)
})
