import type { AbortSignalLike, Clock } from '@trueup/core'

/** A clock that a test turns: sleeping moves it on at once and is written down. */
export interface FakeClock extends Clock {
  /** Every pause in milliseconds, in order. */
  readonly slept: readonly number[]
  /** Called in every pause before it ends, e.g. to let the other side's time pass too. */
  onSleep: (ms: number) => void
}

/** Noon of a working day in UTC, or the given instant. */
export function createFakeClock(startMs: number = Date.UTC(2026, 10, 22, 12)): FakeClock {
  let nowMs = startMs
  const slept: number[] = []
  return {
    slept,
    onSleep: () => undefined,
    nowMs: () => nowMs,
    sleep(ms: number, signal?: AbortSignalLike): Promise<void> {
      if (signal?.aborted !== true) {
        nowMs += ms
        slept.push(ms)
        this.onSleep(ms)
      }
      return Promise.resolve()
    },
  }
}
