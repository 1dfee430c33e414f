import type { AbortSignalLike, Clock } from '@trueup/core'
import { createFakeClock as createStandingClock } from '@trueup/core/testing'

/** A standing clock that writes down every pause. */
export interface FakeClock extends Clock {
  /** Every pause in milliseconds, in order. */
  readonly slept: readonly number[]
  /** Called in every pause before it ends, e.g. to let the other side's time pass too. */
  onSleep: (ms: number) => void
}

/** Noon of a working day in UTC, or the given instant. */
export function createFakeClock(startMs: number = Date.UTC(2026, 10, 22, 12)): FakeClock {
  const clock = createStandingClock(startMs)
  const slept: number[] = []
  return {
    slept,
    onSleep: () => undefined,
    nowMs: () => clock.nowMs(),
    async sleep(ms: number, signal?: AbortSignalLike): Promise<void> {
      await clock.sleep(ms, signal)
      if (signal?.aborted === true) return
      slept.push(ms)
      this.onSleep(ms)
    },
  }
}
