import type { Em } from '../../database/orm.ts'
import { toProblem, type Problem } from '../../problems.ts'
import { AdjustmentEntity, type AdjustmentRow } from '../adjustment/adjustment.entity.ts'
import { IntentEntity } from '../journal/intent.entity.ts'
import { adjustmentNotFound } from '../run/run-problems.ts'
import type { CounterItem, FoundCounters } from './counter-item.ts'

/** Which confirmed adjustments are to be taken back: these, or everything one run confirmed. */
export type TakeBackWish =
  | { readonly adjustmentIds: readonly string[] }
  | { readonly runId: string }

/** Looks up what is to be taken back and what stands against it, without asking Autotask. */
export async function findTakeBacks(em: Em, wish: TakeBackWish): Promise<FoundCounters> {
  const rows = await readRows(em, wish)
  const integrationId = rows[0]?.integrationId ?? null
  const mine = rows.filter((row) => row.integrationId === integrationId)
  const problems = 'runId' in wish ? nothingOf(wish.runId, mine) : missing(wish.adjustmentIds, mine)
  if (integrationId === null) return { integrationId, items: [], problems }
  const takenBack = await readTakenBack(em, integrationId, mine)
  const items = mine.map((row): CounterItem => {
    const about = toIds(row)
    const problem = whyNot(row, takenBack)
    if (problem !== null) return { ...about, counter: null, problem }
    const counter = { kind: 'TAKE_BACK' as const, taken: row.planned, isTakenBack: false }
    return { ...about, counter, problem: null }
  })
  return { integrationId, items, problems }
}

/** Line by line, the newest first: the order in which they are undone. */
async function readRows(em: Em, wish: TakeBackWish): Promise<AdjustmentRow[]> {
  const where =
    'runId' in wish
      ? { run: wish.runId, status: 'CONFIRMED' as const, takesBackId: null }
      : { id: { $in: [...wish.adjustmentIds] } }
  const rows = await em.find(AdjustmentEntity, where, { refresh: true })
  return rows.sort((a, b) =>
    lineOf(a) === lineOf(b) ? b.ordinal - a.ordinal : lineOf(a) < lineOf(b) ? -1 : 1,
  )
}

function nothingOf(runId: string, rows: readonly AdjustmentRow[]): Problem[] {
  if (rows.length > 0) return []
  return [toProblem('NOTHING_TO_TAKE_BACK', { kind: 'RUN', id: runId, name: runId })]
}

function missing(ids: readonly string[], rows: readonly AdjustmentRow[]): Problem[] {
  const found = new Set(rows.map((row) => row.id))
  return [...new Set(ids)].filter((id) => !found.has(id)).map(adjustmentNotFound)
}

/** Keys that an intent takes or took back; the database keeps them unique among those that count. */
async function readTakenBack(
  em: Em,
  integrationId: string,
  rows: readonly AdjustmentRow[],
): Promise<ReadonlySet<string>> {
  const intents = await em.find(IntentEntity, {
    integrationId,
    takesBack: { $in: rows.map((row) => row.intentKey) },
    $or: [{ settledKind: null }, { settledKind: { $in: ['UNKNOWN', 'CONFIRMED', 'RESOLVED'] } }],
  })
  return new Set(intents.map((intent) => intent.takesBack ?? ''))
}

function whyNot(row: AdjustmentRow, takenBack: ReadonlySet<string>): Problem | null {
  const subject = { kind: 'LINE', id: row.id, name: row.planned.key } as const
  if (row.status !== 'CONFIRMED')
    return toProblem('ADJUSTMENT_NOT_CONFIRMED', subject, { status: row.status })
  if (typeof row.takesBackId === 'string') return toProblem('TAKE_BACK_IS_FINAL', subject)
  if (takenBack.has(row.intentKey)) return toProblem('ALREADY_TAKEN_BACK', subject)
  return null
}

function toIds(
  row: AdjustmentRow,
): Pick<CounterItem, 'adjustment' | 'tenantId' | 'accountId' | 'contractId' | 'serviceId'> {
  return {
    adjustment: row,
    tenantId: row.tenant.id,
    accountId: row.account.id,
    contractId: row.contract.id,
    serviceId: row.service.id,
  }
}

function lineOf({ planned }: AdjustmentRow): string {
  return `${planned.contract}/${planned.service}`
}
