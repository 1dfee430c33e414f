import type { Clock } from '@trueup/core'

/** Slows down guessing of passwords. Kept in memory: a restart forgives. */
export interface SignInLimit {
  /** Seconds to wait before the next attempt is looked at; 0 when it may be made now. */
  secondsToWait(keys: readonly string[]): number
  /** Counts a failed attempt against each key. */
  recordFailure(keys: readonly string[]): void
  /** Forgets the failures of each key. */
  forgive(keys: readonly string[]): void
}

const FREE_FAILURES = 5
const FIRST_PAUSE_MS = 10_000
const LONGEST_PAUSE_MS = 15 * 60_000
/** Failures older than this no longer count. */
const FORGET_AFTER_MS = 60 * 60_000
const MOST_KEYS = 10_000

interface Failures {
  count: number
  lastMs: number
}

/** Five attempts are free; then every further failure doubles the pause, up to a quarter of an hour. */
export function createSignInLimit(clock: Pick<Clock, 'nowMs'>): SignInLimit {
  const failures = new Map<string, Failures>()

  const waitMs = (key: string): number => {
    const seen = failures.get(key)
    if (seen === undefined || seen.count < FREE_FAILURES) return 0
    return Math.max(0, seen.lastMs + pauseMs(seen.count) - clock.nowMs())
  }

  return {
    secondsToWait: (keys) => Math.ceil(Math.max(0, ...keys.map(waitMs)) / 1000),
    recordFailure: (keys) => {
      forgetOld(failures, clock.nowMs())
      for (const key of keys) {
        const count = (failures.get(key)?.count ?? 0) + 1
        failures.delete(key)
        failures.set(key, { count, lastMs: clock.nowMs() })
      }
    },
    forgive: (keys) => {
      for (const key of keys) failures.delete(key)
    },
  }
}

function pauseMs(count: number): number {
  return Math.min(FIRST_PAUSE_MS * 2 ** (count - FREE_FAILURES), LONGEST_PAUSE_MS)
}

/** The map is in the order of the last failure, so the oldest come first. */
function forgetOld(failures: Map<string, Failures>, nowMs: number): void {
  for (const [key, { lastMs }] of failures) {
    if (nowMs - lastMs < FORGET_AFTER_MS && failures.size <= MOST_KEYS) return
    failures.delete(key)
  }
}
