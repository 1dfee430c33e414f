import type { Clock } from '@trueup/core'

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** Moves it forward. */
  advance(ms: number): void
}

/** A clock that shows `start`, ISO 8601. Sleeping moves it instead of waiting. */
export function createTestClock(start = '2026-03-15T10:00:00Z'): TestClock {
  let nowMs = Date.parse(start)
  const advance = (ms: number): void => {
    nowMs += ms
  }
  return {
    nowMs: () => nowMs,
    advance,
    sleep: async (ms) => advance(ms),
  }
}
