import type { Finding } from '../issue.ts'
import type { Hold, Plan, PlannedAdjustment } from '../plan.ts'
import type { AdjustmentIntent, Settlement } from '../ports.ts'
import type { Approval, ReconcileInput } from '../reconcile.ts'
import type { PlannedCounter } from './run-counter.ts'

/**
 * Why a planned adjustment was not posted in this run. It does no harm: the next run plans it again.
 * `CONTRACT_BUSY`: another writer has the contract. `CONFLICT`: the journal knows something newer about the line.
 * `EARLIER_NOT_CONFIRMED`: an adjustment of the same line that must come first is not confirmed or not approved.
 * `STOPPED`: the run was cancelled, or the PSA could not be reached several times in a row.
 */
export type SkipReason = 'CONTRACT_BUSY' | 'CONFLICT' | 'EARLIER_NOT_CONFIRMED' | 'STOPPED'

/** What a run reports while it goes on; in this order for one adjustment: planned, posting, then one outcome. */
export type RunEvent =
  /** An intent that an earlier run left open has ended, or is still `UNKNOWN`. */
  | { readonly kind: 'settled'; readonly intent: AdjustmentIntent; readonly settlement: Settlement }
  /** The whole plan, with everything it was computed from: enough to store and to replay it. */
  | { readonly kind: 'reconciled'; readonly plan: Plan; readonly input: ReconcileInput }
  /** The counter-adjustments that a person asked for, with what they were computed from; see `runCounter`. */
  | { readonly kind: 'counterPlanned'; readonly planned: PlannedCounter }
  | { readonly kind: 'found'; readonly finding: Finding }
  | { readonly kind: 'planned'; readonly adjustment: PlannedAdjustment }
  | { readonly kind: 'held'; readonly hold: Hold }
  /** What was approved is not what the plan says now: it is not posted. `now` is what the plan says of that line. */
  | { readonly kind: 'stale'; readonly approval: Approval; readonly now: PlannedAdjustment | null }
  | {
      readonly kind: 'skipped'
      readonly adjustment: PlannedAdjustment
      readonly reason: SkipReason
    }
  | OutcomeEvent

/** What happens to one adjustment that is written. */
export type OutcomeEvent = {
  readonly adjustment: PlannedAdjustment
  readonly intent: AdjustmentIntent
} & (
  | { readonly kind: 'posting' }
  | {
      readonly kind: 'confirmed'
      readonly units: number
      /** A period was posted between reading and writing and is invoiced without the change. */
      readonly missedPostedPeriod: boolean
    }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'notSent'; readonly reason: string }
  /** Never arrived, as a reading after the vendor's cut-off proved. Repeated once; then a person decides. */
  | { readonly kind: 'lapsed'; readonly reason: string }
  /** Nobody can tell by reading; the line is held until a person has looked. */
  | { readonly kind: 'unknown'; readonly reason: string; readonly unitsSeen: number | null }
)
