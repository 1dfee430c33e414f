import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { Problem } from '../../problems.ts'
import { AdjustmentEntity, type AdjustmentStatus } from '../adjustment/adjustment.entity.ts'
import {
  BillingRunEntity,
  type BillingRunRow,
  type RunStatus,
  type RunTotals,
} from './billing-run.entity.ts'

/** Counts what became of a run's adjustments and says where the run stands. Called again after every decision. */
export async function finishRun(
  services: Services,
  runId: string,
  problems: readonly Problem[],
): Promise<void> {
  await inTransaction(services.orm, async (em) => {
    const run = await em.findOneOrFail(BillingRunEntity, { id: runId })
    const counts = await countByStatus(em, runId)
    const count = (...statuses: AdjustmentStatus[]): number =>
      statuses.reduce((sum, status) => sum + (counts.get(status)?.rows ?? 0), 0)
    run.problems = [...run.problems, ...problems]
    run.totals = { ...run.totals, ...toTotals(counts, count) }
    run.status = toStatus(run, count('PLANNED', 'APPROVED'), count('HELD', 'UNKNOWN'))
    run.finishedAt = run.status === 'WAITING_FOR_APPROVAL' ? null : toInstant(services.clock)
    await em.flush()
  })
}

interface StatusCount {
  readonly rows: number
  readonly up: number
  readonly down: number
}

type Counts = ReadonlyMap<AdjustmentStatus, StatusCount>

async function countByStatus(em: Em, runId: string): Promise<Counts> {
  const rows: { status: AdjustmentStatus; row_count: number; up: number; down: number }[] =
    await em.execute(
      `select status, count(*) as row_count,
         sum(case when unit_change > 0 then unit_change else 0 end) as up,
         sum(case when unit_change < 0 then -unit_change else 0 end) as down
       from adjustment where run_id = ? group by status`,
      [runId],
    )
  // PostgreSQL counts in bigint, which arrives as text.
  return new Map(
    rows.map(({ status, row_count, up, down }) => [
      status,
      { rows: Number(row_count), up: Number(up), down: Number(down) },
    ]),
  )
}

function toTotals(
  counts: Counts,
  count: (...statuses: AdjustmentStatus[]) => number,
): Pick<
  RunTotals,
  'adjustments' | 'confirmed' | 'refused' | 'unknown' | 'held' | 'unitsUp' | 'unitsDown'
> {
  const all = [...counts.values()]
  return {
    adjustments: all.reduce((sum, { rows }) => sum + rows, 0) - count('HELD'),
    confirmed: count('CONFIRMED'),
    refused: count('REFUSED'),
    unknown: count('UNKNOWN'),
    held: count('HELD'),
    unitsUp: all.reduce((sum, { up }) => sum + up, 0) - (counts.get('HELD')?.up ?? 0),
    unitsDown: all.reduce((sum, { down }) => sum + down, 0) - (counts.get('HELD')?.down ?? 0),
  }
}

function toStatus(run: BillingRunRow, waiting: number, held: number): RunStatus {
  if (run.problems.length > 0) return 'FAILED'
  if (run.mode === 'PREVIEW') return 'COMPLETED'
  if (waiting > 0) return 'WAITING_FOR_APPROVAL'
  return held > 0 ? 'COMPLETED_WITH_HOLDS' : 'COMPLETED'
}

/** How many adjustments of an integration stand at one of the statuses, previews left out. */
export function countAdjustments(
  em: Em,
  integrationId: string,
  statuses: readonly AdjustmentStatus[],
): Promise<number> {
  return em.count(AdjustmentEntity, {
    integrationId,
    status: { $in: [...statuses] },
    run: { mode: 'RUN' },
  })
}
