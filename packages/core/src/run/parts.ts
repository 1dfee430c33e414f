import type { Clock, ContractLedger, Journal, ReadOptions } from '../ports.ts'

/** What a run works with. */
export interface RunParts {
  readonly ledger: ContractLedger
  readonly journal: Journal
  readonly clock: Clock
  readonly limits?: Partial<RunLimits>
}

/** How patient and how fast a run is. */
export interface RunLimits {
  /** How long after a post without a clear answer the PSA may still apply it. Autotask cuts off after 5 minutes. */
  readonly unknownWaitMs: number
  /** Posts under way at once. */
  readonly postsAtOnce: number
  /** So many posts in a row that could not be sent end the posting of this run. */
  readonly unsentPostsInARow: number
}

/** Limits that fit Autotask. */
export const DEFAULT_RUN_LIMITS: RunLimits = {
  unknownWaitMs: 300_000,
  postsAtOnce: 2,
  unsentPostsInARow: 3,
}

/** Parts with every limit given. */
export interface ReadyParts {
  readonly ledger: ContractLedger
  readonly journal: Journal
  readonly clock: Clock
  readonly limits: RunLimits
  readonly options: ReadOptions
}

/** Fills in the limits that were not given. */
export function readyParts(parts: RunParts, options: ReadOptions): ReadyParts {
  return { ...parts, limits: { ...DEFAULT_RUN_LIMITS, ...parts.limits }, options }
}

/** One sentence of anything that was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
