import type { Clock } from '@trueup/core'

/** The machine's clock. */
export function createSystemClock(): Clock {
  return {
    nowMs: () => Date.now(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) {
          resolve()
          return
        }
        const stop = (): void => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', stop)
          resolve()
        }
        const timer = setTimeout(stop, ms)
        signal?.addEventListener('abort', stop)
      }),
  }
}

/** The instant a clock shows. */
export function toInstant(clock: Clock): Date {
  return new Date(clock.nowMs())
}
