import { describe, expect, test } from 'vitest'
import { parseRetryAfter } from './pacing.ts'

const NOON_MS = Date.UTC(2026, 10, 22, 12)

describe('Retry-After', () => {
  test('is read in seconds and as a date', () => {
    expect(parseRetryAfter('30', NOON_MS)).toBe(30_000)
    expect(parseRetryAfter('Sun, 22 Nov 2026 12:02:00 GMT', NOON_MS)).toBe(120_000)
  })

  test('never asks for no pause at all, and is ignored when it cannot be read', () => {
    expect(parseRetryAfter('0', NOON_MS)).toBe(1_000)
    expect(parseRetryAfter('Sun, 22 Nov 2026 11:00:00 GMT', NOON_MS)).toBe(1_000)
    expect(parseRetryAfter('soon', NOON_MS)).toBeNull()
    expect(parseRetryAfter(null, NOON_MS)).toBeNull()
  })
})
