import {
  describeHold,
  explainAdjustment,
  replayDay,
  type Plan,
  type PlannedAdjustment,
  type ReplayDifference,
  type ReplayInput,
} from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { AdjustmentEntity, type AdjustmentRow } from '../adjustment/adjustment.entity.ts'
import type { BillingRunRow } from '../run/billing-run.entity.ts'
import { readUsage } from '../usage/read-usage.ts'
import { UsageSnapshotEntity } from '../usage/usage-snapshot.entity.ts'
import { unpackInput } from './pack-input.ts'
import { RunInputEntity, type RunInputRow } from './run-input.entity.ts'

/** Why a run cannot be computed again. */
export type ReplayUnavailable = 'PREVIEW' | 'NOT_PLANNED' | 'NOT_STORED'

/** A run computed again, or why it cannot be. */
export type ReplayedRun =
  | { readonly unavailable: ReplayUnavailable }
  | {
      readonly unavailable: null
      readonly stored: RunInputRow
      readonly plan: Plan
      readonly differences: readonly ExplainedDifference[]
    }

/** A line on which the replay and what was written disagree, with the reason. */
export interface ExplainedDifference extends ReplayDifference {
  readonly because: string
  /** Why the replay says what it says; empty when it would not write. */
  readonly explanation: readonly string[]
}

/** Computes a run again from what was stored with it and compares, line by line, with what was proved in Autotask. */
export async function replayRun(em: Em, run: BillingRunRow): Promise<ReplayedRun> {
  if (run.mode === 'PREVIEW') return { unavailable: 'PREVIEW' }
  const stored = await em.findOne(RunInputEntity, { runId: run.id })
  if (stored === null)
    return {
      unavailable:
        run.totals.linesCompared === 0 && run.status === 'FAILED' ? 'NOT_PLANNED' : 'NOT_STORED',
    }
  const input = await readInput(em, run, stored)
  const rows = await em.find(AdjustmentEntity, { run: run.id }, { orderBy: { id: 'asc' } })
  const written = rows.filter((row) => row.status === 'CONFIRMED').map((row) => row.planned)
  const { plan, differences } = replayDay(input, written)
  return {
    unavailable: null,
    stored,
    plan,
    differences: differences.map((difference) => explain(difference, plan, rows)),
  }
}

async function readInput(em: Em, run: BillingRunRow, { body }: RunInputRow): Promise<ReplayInput> {
  const stored = await unpackInput(body)
  if ('counters' in stored) return stored
  const { snapshotIds, withDevices, ...input } = stored
  const snapshots = await em.find(
    UsageSnapshotEntity,
    { id: { $in: [...snapshotIds] } },
    { orderBy: { id: 'asc' } },
  )
  const { integrationId } = run
  return { ...input, usage: await readUsage(em, { integrationId, snapshots, withDevices }) }
}

function explain(
  difference: ReplayDifference,
  plan: Plan,
  rows: readonly AdjustmentRow[],
): ExplainedDifference {
  const isIt = (one: PlannedAdjustment): boolean =>
    one.contract === difference.contract &&
    one.service === difference.service &&
    one.takesBack === difference.takesBack
  const isThen = (one: PlannedAdjustment): boolean =>
    isIt(one) && one.effectiveDay === difference.effectiveDay
  const row = rows.find(({ planned }) => isThen(planned))
  const planned = plan.adjustments.find(isThen)
  const hold = plan.holds.find(({ adjustment }) => isIt(adjustment))
  return {
    ...difference,
    because:
      difference.written === null
        ? whyNotWritten(row)
        : hold === undefined
          ? 'The engine would not write this today. It has changed since, or somebody decided about the line in between.'
          : `${describeHold(hold)} ${row?.decidedBy ?? 'Somebody'} decided to post it.`,
    explanation: planned === undefined ? [] : explainAdjustment(planned),
  }
}

function whyNotWritten(row: AdjustmentRow | undefined): string {
  if (row === undefined) return 'The engine of that day planned nothing here.'
  const { status, decidedBy, outcomeText } = row
  switch (status) {
    case 'PLANNED':
    case 'APPROVED':
      return 'It waits for approval.'
    case 'HELD':
      return `${decidedBy ?? 'Somebody'} put it on hold.`
    case 'DISMISSED':
      return `${decidedBy ?? 'Somebody'} dismissed it.`
    case 'POSTING':
      return 'It is on its way; the next run settles it by reading.'
    case 'CONFIRMED':
    case 'REFUSED':
    case 'UNKNOWN':
    case 'NOT_POSTED':
    case 'STALE':
      return `It was planned and stands at ${status}. ${outcomeText ?? ''}`.trim()
  }
}
