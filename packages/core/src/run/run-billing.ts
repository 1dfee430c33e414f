import type { AbortSignalLike } from '../ports.ts'
import type { ApplyMode } from './apply-plan.ts'
import { applyPlan } from './apply-plan.ts'
import type { RunEvent } from './events.ts'
import type { RunParts } from './parts.ts'
import { readyParts } from './parts.ts'
import type { RunRequest } from './plan-run.ts'
import { planRun } from './plan-run.ts'
import { settleLeftovers } from './settle-leftovers.ts'

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
  yield* applyPlan(ready, { plan, apply, ...input, approvals: input.approvals ?? [] })
}
