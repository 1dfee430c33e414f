import type { Clock } from '../../clock.ts'

/** Autotask's limits: requests in a rolling hour, and simultaneous requests per integration code and entity. */
export interface Limits {
  /** Counts a request; returns the number in the last 60 minutes, this one included. */
  countRequest(): number
  /** Counts requests that other programs are said to have made just now. */
  countOthers(count: number): void
  requestsThisHour(): number
  /** Milliseconds until the count falls. */
  untilNextFallMs(): number
  /** Enters a thread; `count` is the number in it now. `leave` may be called more than once. */
  enterThread(key: string): { count: number; leave(): void }
  /** Lets time pass for the rolling hour only. */
  pass(ms: number): void
  clear(): void
}

const HOUR_MS = 3_600_000

/**
 * The hour rolls with virtual and real time together: it passes when it really passes and when somebody advances the
 * clock, so a test can wait for it without waiting.
 */
export function createLimits(world: { clock: Clock }): Limits {
  let instants: number[] = []
  const threads = new Map<string, number>()
  let passedMs = 0
  const nowMs = () => world.clock.now().getTime() + performance.now() + passedMs

  function prune(): void {
    const begin = nowMs() - HOUR_MS
    const first = instants.findIndex((instant) => instant > begin)
    if (first === -1) instants = []
    else if (first > 0) instants = instants.slice(first)
  }

  function enterThread(key: string) {
    const count = (threads.get(key) ?? 0) + 1
    threads.set(key, count)
    let left = false
    const leave = () => {
      if (left) return
      left = true
      threads.set(key, (threads.get(key) ?? 1) - 1)
    }
    return { count, leave }
  }

  return {
    countRequest: () => {
      instants.push(nowMs())
      prune()
      return instants.length
    },
    countOthers: (count) => {
      const instant = nowMs()
      instants = [...instants, ...Array.from({ length: count }, () => instant)]
    },
    requestsThisHour: () => {
      prune()
      return instants.length
    },
    untilNextFallMs: () => Math.max(0, (instants[0] ?? nowMs()) + HOUR_MS - nowMs()),
    enterThread,
    pass: (ms) => void (passedMs += ms),
    clear: () => void (instants = []),
  }
}
