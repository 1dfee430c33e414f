/** What a caller may want to show or log while it waits for Autotask. Data only; never a credential. */
export type AutotaskEvent =
  | {
      readonly kind: 'WAITING'
      readonly operation: string
      /** `HOURLY_BUDGET`: the hour's requests are used up. `RATE_LIMITED`: Autotask answered 429. */
      readonly reason: 'HOURLY_BUDGET' | 'RATE_LIMITED'
      /** The time it goes on, or asks again. */
      readonly resumeAtMs: number
    }
  /** What waited has been answered. */
  | { readonly kind: 'GOING_ON'; readonly operation: string }
  | {
      readonly kind: 'RETRYING'
      readonly operation: string
      readonly code: string
      /** 2 for the first repeat. */
      readonly attempt: number
      readonly resumeAtMs: number
    }
  | { readonly kind: 'ZONE_MOVED'; readonly from: string; readonly to: string }

/** Takes events; must not throw. */
export type AutotaskLog = (event: AutotaskEvent) => void
