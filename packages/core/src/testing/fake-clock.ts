import type { Clock } from '../ports.ts'

/** A clock that stands still until somebody sleeps or moves it. */
export interface FakeClock extends Clock {
  /** Moves time on. */
  advance(ms: number): void
  /** How long all sleeps took together, in milliseconds. */
  sleptMs(): number
}

/** Sleeping takes no real time: the clock jumps. */
export function createFakeClock(startMs = 0): FakeClock {
  let nowMs = startMs
  let sleptMs = 0
  return {
    nowMs: () => nowMs,
    sleep: async (ms, signal) => {
      if (signal?.aborted === true) return
      nowMs += ms
      sleptMs += ms
    },
    advance: (ms) => {
      nowMs += ms
    },
    sleptMs: () => sleptMs,
  }
}
