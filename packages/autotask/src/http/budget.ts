import {
  emptyHour,
  learnThreshold,
  takeRequests,
  type HourState,
  type ThresholdReading,
} from './hour.ts'

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

/** A budget in the memory of this process: a rolling hour in minutes. */
export function createMemoryBudget(settings: BudgetSettings = DEFAULT_BUDGET): RequestBudget {
  let hour: HourState = emptyHour(settings.limit)

  function reserve(nowMs: number): Promise<Reservation> {
    const taken = takeRequests(hour, { count: 1, keepFree: settings.keepFree }, nowMs)
    hour = taken.hour
    return Promise.resolve(
      taken.resumeAtMs === null
        ? { granted: true }
        : { granted: false, resumeAtMs: taken.resumeAtMs },
    )
  }

  function calibrate(reading: ThresholdReading, nowMs: number): Promise<void> {
    hour = learnThreshold(hour, reading, nowMs)
    return Promise.resolve()
  }

  return { reserve, calibrate }
}
