import type { LineName, TakenAdjustment } from '../decisions/counter-plan.ts'
import { planRelease, planTakeBack } from '../decisions/counter-plan.ts'
import type { LineRecord } from '../history.ts'
import type { LedgerState } from '../ledger.ts'
import type { Plan } from '../plan.ts'
import type { ReadOptions } from '../ports.ts'
import type { Approval } from '../reconcile.ts'
import type { BillingSettings } from '../settings.ts'
import type { Day } from '../values/day.ts'
import type { ApplyMode } from './apply-plan.ts'
import { applyPlan } from './apply-plan.ts'
import type { RunEvent } from './events.ts'
import type { RunParts } from './parts.ts'
import { readyParts } from './parts.ts'
import { settleLeftovers } from './settle-leftovers.ts'

/** What a person wants undone: one confirmed adjustment, or everything Trueup bills on a line. */
export type CounterRequest = {
  readonly day: Day
  readonly settings: BillingSettings
} & (
  | { readonly kind: 'TAKE_BACK'; readonly taken: TakenAdjustment; readonly isTakenBack: boolean }
  | { readonly kind: 'RELEASE'; readonly line: LineName }
)

/** A counter-plan with what it was computed from. */
export interface PlannedCounter {
  readonly plan: Plan
  readonly ledger: LedgerState
  readonly lineRecords: readonly LineRecord[]
}

/** Reads the line's contract and plans the counter-adjustment: the preview of {@link runCounter}. Changes nothing. */
export async function planCounter(
  parts: Pick<RunParts, 'ledger' | 'journal'>,
  request: CounterRequest,
  options: ReadOptions = {},
): Promise<PlannedCounter> {
  const { day, settings } = request
  const { contract } = request.kind === 'TAKE_BACK' ? request.taken : request.line
  const lineRecords = await parts.journal.readLineRecords([contract])
  const ledger = await parts.ledger.readLedger({ contracts: [contract], fromDay: day }, options)
  const input = { day, settings, ledger, lineRecords }
  const plan =
    request.kind === 'TAKE_BACK'
      ? planTakeBack(input, request.taken, request.isTakenBack)
      : planRelease(input, request.line)
  return { plan, ledger, lineRecords }
}

/** Runs a counter-plan like any other plan: intent, post once, read back. The journal keeps it as one half of a pair. */
export async function* runCounter(
  parts: RunParts,
  request: CounterRequest & {
    readonly apply: ApplyMode
    readonly approvals?: readonly Approval[]
  },
): AsyncGenerator<RunEvent, void> {
  const ready = readyParts(parts, {})
  yield* settleLeftovers(ready, request.day)
  const { plan, ledger, lineRecords } = await planCounter(ready, request, ready.options)
  const { apply, approvals = [] } = request
  yield* applyPlan(ready, { plan, apply, approvals, ledger, lineRecords })
}
