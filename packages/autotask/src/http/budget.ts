/** What Autotask says of the requests of the last hour, those of all integrations together. */
export interface ThresholdReading {
  /** Requests that may be made in the time frame. */
  readonly limit: number
  readonly used: number
  readonly timeframeMinutes: number
}

/** Room for one request, or the time at which to ask again. */
export type Reservation =
  | { readonly granted: true }
  | { readonly granted: false; readonly resumeAtMs: number }

/**
 * The requests an hour of one Autotask database. Everything that talks to that database must share one
 * budget; an implementation over a database shares it between processes and remembers it over a restart.
 */
export interface RequestBudget {
  /** Takes one request out of the hour. A refusal takes nothing and names a later time than `nowMs`. */
  reserve(nowMs: number): Promise<Reservation>
  /** Learns what Autotask has counted, others' requests included. Replaces what was learnt before. */
  calibrate(reading: ThresholdReading, nowMs: number): Promise<void>
}

/** How much of the hour may be used. */
export interface BudgetSettings {
  /** Requests in any 60 minutes for all users of the API together: 10,000 as documented. */
  readonly limit: number
  /** Share of it that is left to the other users of the database's API, 0 to 1. */
  readonly keepFree: number
}

/** Documented limit; 5 % stay with the others, whose share is only seen when we ask. */
export const DEFAULT_BUDGET: BudgetSettings = { limit: 10_000, keepFree: 0.05 }

const MINUTE_MS = 60_000

/** A budget in the memory of this process: a rolling hour in buckets of a minute. */
export function createMemoryBudget(settings: BudgetSettings = DEFAULT_BUDGET): RequestBudget {
  let limit = settings.limit
  let windowMinutes = 60
  const ours = new Map<number, number>()
  let others = { minute: 0, count: 0 }

  /** A bucket leaves only when its last moment is out of the window, so the count is never too low. */
  function forget(minute: number): void {
    const oldest = minute - windowMinutes
    for (const bucket of ours.keys()) if (bucket < oldest) ours.delete(bucket)
    if (others.minute < oldest) others = { minute: 0, count: 0 }
  }

  function ownCount(): number {
    let sum = 0
    for (const count of ours.values()) sum += count
    return sum
  }

  function reserve(nowMs: number): Promise<Reservation> {
    const minute = Math.floor(nowMs / MINUTE_MS)
    forget(minute)
    if (ownCount() + others.count < limit * (1 - settings.keepFree)) {
      ours.set(minute, (ours.get(minute) ?? 0) + 1)
      return Promise.resolve({ granted: true })
    }
    const counted = others.count > 0 ? [...ours.keys(), others.minute] : [...ours.keys()]
    const oldest = counted.length === 0 ? minute : Math.min(...counted)
    const resumeAtMs = (oldest + windowMinutes + 1) * MINUTE_MS
    return Promise.resolve({ granted: false, resumeAtMs })
  }

  function calibrate(reading: ThresholdReading, nowMs: number): Promise<void> {
    const minute = Math.floor(nowMs / MINUTE_MS)
    limit = reading.limit
    windowMinutes = reading.timeframeMinutes
    forget(minute)
    // When the others made their requests is not told: count them as made just now.
    others = { minute, count: Math.max(0, reading.used - ownCount()) }
    return Promise.resolve()
  }

  return { reserve, calibrate }
}
