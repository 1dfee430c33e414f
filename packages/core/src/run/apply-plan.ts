import type { LineRecord } from '../history.ts'
import type { LedgerState } from '../ledger.ts'
import type { Plan, PlannedAdjustment } from '../plan.ts'
import type { Approval } from '../reconcile.ts'
import { applyAdjustments } from './apply.ts'
import type { RunEvent } from './events.ts'
import type { ReadyParts } from './parts.ts'

/**
 * How far a run goes. `ALL`: posts everything the plan does not hold. `APPROVED`: posts only what `approvals` name, and
 * only if the plan still says exactly that. `NOTHING`: plans, and settles what earlier runs left.
 */
export type ApplyMode = 'ALL' | 'APPROVED' | 'NOTHING'

/** A plan with what it was computed from. */
export interface ApplyPlanRequest {
  readonly plan: Plan
  readonly apply: ApplyMode
  readonly approvals: readonly Approval[]
  readonly ledger: LedgerState
  readonly lineRecords: readonly LineRecord[]
}

/** Reports what a plan says and posts the part of it that is to be posted. */
export async function* applyPlan(
  ready: ReadyParts,
  request: ApplyPlanRequest,
): AsyncGenerator<RunEvent, void> {
  const { plan, ledger, lineRecords } = request
  for (const finding of plan.findings) yield { kind: 'found', finding }
  for (const adjustment of plan.adjustments) yield { kind: 'planned', adjustment }
  for (const hold of plan.holds) yield { kind: 'held', hold }
  const { adjustments, stale } = select(request)
  for (const { approval, now } of stale) yield { kind: 'stale', approval, now }
  yield* applyAdjustments(ready, { adjustments, contracts: ledger.contracts, lineRecords })
}

interface Selection {
  readonly adjustments: readonly PlannedAdjustment[]
  readonly stale: readonly {
    readonly approval: Approval
    readonly now: PlannedAdjustment | null
  }[]
}

function select({ plan, apply, approvals }: ApplyPlanRequest): Selection {
  switch (apply) {
    case 'ALL':
      return { adjustments: plan.adjustments, stale: [] }
    case 'APPROVED':
      return selectApproved(plan, approvals)
    case 'NOTHING':
      return { adjustments: [], stale: [] }
  }
}

/** An approval for other numbers than the plan's is stale: the person approved something else. */
function selectApproved(plan: Plan, approvals: readonly Approval[]): Selection {
  const planned = new Map(plan.adjustments.map((adjustment) => [adjustment.key, adjustment]))
  const held = new Map(plan.holds.map(({ adjustment }) => [adjustment.key, adjustment]))
  const adjustments: PlannedAdjustment[] = []
  const stale: Selection['stale'][number][] = []
  for (const approval of approvals) {
    const now = planned.get(approval.key) ?? null
    if (now !== null && isSame(approval, now)) adjustments.push(now)
    else stale.push({ approval, now: now ?? held.get(approval.key) ?? null })
  }
  return { adjustments, stale }
}

function isSame(approval: Approval, now: Approval): boolean {
  return (
    approval.effectiveDay === now.effectiveDay &&
    approval.before === now.before &&
    approval.after === now.after
  )
}
