/** One thing that can be chosen from a list. */
export interface Choice {
  readonly id: string
  readonly label: string
  /** A second, smaller line. */
  readonly description?: string
  /** Why it cannot be chosen; absent when it can. */
  readonly unavailable?: string
}
