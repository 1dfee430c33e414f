import type { Plan } from '../plan.ts'
import type { AbortSignalLike } from '../ports.ts'
import { applyAdjustments } from './apply.ts'
import type { RunEvent } from './events.ts'
import type { RunParts } from './parts.ts'
import { readyParts } from './parts.ts'
import type { RunRequest, Selection } from './plan-run.ts'
import { planRun, selectApproved } from './plan-run.ts'
import { settleLeftovers } from './settle-leftovers.ts'

/**
 * How far a run goes. `ALL`: posts everything the plan does not hold. `APPROVED`: posts only what `approvals` name, and
 * only if the plan still says exactly that. `NOTHING`: settles what earlier runs left and plans.
 */
export type ApplyMode = 'ALL' | 'APPROVED' | 'NOTHING'

/**
 * One billing run: settles what earlier runs left open, reads, plans, posts, reads back. Dying anywhere and starting
 * again ends with the same units (product.md, rule 18): what was stored is settled by reading, and the rest is
 * planned anew from what the PSA shows. Two runs at once are safe: the journal lets one of them write a line.
 *
 * Reads once before the posts and once after them, whatever the number of lines; more only where answers were lost.
 * Throws `VendorError` when nothing could be read; failures of single posts are events.
 */
export async function* runBilling(
  parts: RunParts,
  request: RunRequest & { readonly apply: ApplyMode; readonly signal?: AbortSignalLike },
): AsyncGenerator<RunEvent, void> {
  const { apply, signal, ...planRequest } = request
  const ready = readyParts(parts, signal === undefined ? {} : { signal })
  yield* settleLeftovers(ready, request.day)
  const { plan, input } = await planRun(ready, planRequest, ready.options)
  yield { kind: 'reconciled', plan, input }
  for (const finding of plan.findings) yield { kind: 'found', finding }
  for (const adjustment of plan.adjustments) yield { kind: 'planned', adjustment }
  for (const hold of plan.holds) yield { kind: 'held', hold }

  const { adjustments, stale } = select(plan, apply, planRequest)
  for (const { approval, now } of stale) yield { kind: 'stale', approval, now }
  const { contracts } = input.ledger
  yield* applyAdjustments(ready, { adjustments, contracts, lineRecords: input.lineRecords })
}

function select(plan: Plan, apply: ApplyMode, request: RunRequest): Selection {
  switch (apply) {
    case 'ALL':
      return { adjustments: plan.adjustments, stale: [] }
    case 'APPROVED':
      return selectApproved(plan, request.approvals ?? [])
    case 'NOTHING':
      return { adjustments: [], stale: [] }
  }
}
