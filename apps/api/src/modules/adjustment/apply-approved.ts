import {
  invariant,
  VendorError,
  type PlannedAdjustment,
  type RunEvent,
  type RunRequest,
} from '@trueup/core'
import { dayAt } from '../../calendar.ts'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { Problem } from '../../problems.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { AdjustmentEntity, type AdjustmentRow } from './adjustment.entity.ts'
import { BillingRunEntity } from '../run/billing-run.entity.ts'
import { bill } from '../run/bill.ts'
import { finishRun } from '../run/finish-run.ts'
import { readRunRequest } from '../run/read-run-request.ts'
import { toRunProblem } from '../run/run-problems.ts'
import { storeEvent } from './store-event.ts'

/**
 * Posts adjustments that a person approved. Reads and plans again first: what the plan no longer says exactly so is
 * not posted but becomes stale. The caller holds the integration's run lease. Never rejects: what kept it from ending
 * is stored with the run, and what was not sent can be approved again.
 */
export async function applyApproved(
  services: Services,
  integration: IntegrationRow,
  approved: readonly AdjustmentRow[],
): Promise<void> {
  const runOfKey = new Map(approved.map((row) => [row.intentKey, row.run.id]))
  const problems: Problem[] = []
  try {
    const today = dayAt(services.clock.nowMs(), integration.timeZone)
    const request = await readRunRequest(services.orm.em.fork(), integration, today)
    const approvals = approved.map((row) => toApproval(row.planned))
    const events = bill(services, integration, { ...request, approvals, apply: 'APPROVED' })
    for await (const event of events) await keep(services, runOfKey, event)
  } catch (error) {
    if (!(error instanceof VendorError))
      services.log.error(
        { err: error },
        'Posting approved adjustments failed by a fault of our own',
      )
    problems.push(toRunProblem(integration, error))
    await waitAgain(services, approved)
  }
  for (const runId of new Set(runOfKey.values())) await finishRun(services, runId, problems)
}

/** What an approval is about: these numbers and no others. */
function toApproval({
  key,
  effectiveDay,
  before,
  after,
}: PlannedAdjustment): NonNullable<RunRequest['approvals']>[number] {
  return { key, effectiveDay, before, after }
}

async function keep(
  services: Services,
  runOfKey: ReadonlyMap<string, string>,
  event: RunEvent,
): Promise<void> {
  const runId = runOfKey.get(keyOf(event)) ?? null
  if (runId === null && event.kind !== 'settled') return
  await inTransaction(services.orm, async (em) => {
    // What settles late belongs to whatever run posted it; storeEvent finds it by its key.
    const run = await em.findOneOrFail(BillingRunEntity, { id: runId ?? anyOf(runOfKey) })
    await storeEvent(em, run, event, toInstant(services.clock))
  })
}

function anyOf(runOfKey: ReadonlyMap<string, string>): string {
  const [runId] = runOfKey.values()
  invariant(runId !== undefined, 'nothing was approved')
  return runId
}

function keyOf(event: RunEvent): string {
  if (event.kind === 'stale') return event.approval.key
  return 'adjustment' in event ? event.adjustment.key : ''
}

/** What was approved and not sent goes back to where it waited. */
async function waitAgain(services: Services, approved: readonly AdjustmentRow[]): Promise<void> {
  await inTransaction(services.orm, async (em) => {
    for (const row of approved) {
      await em.nativeUpdate(
        AdjustmentEntity,
        { id: row.id, status: 'APPROVED' },
        { status: typeof row.holdCode === 'string' ? 'HELD' : 'PLANNED', decidedBy: null },
      )
    }
  })
}
