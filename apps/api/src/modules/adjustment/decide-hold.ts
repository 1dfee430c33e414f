import {
  decideHold,
  planRun,
  type HoldExit,
  type Journal,
  type LineRecord,
  type Plan,
} from '@trueup/core'
import { dayAt } from '../../calendar.ts'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import { toProblem, type Problem } from '../../problems.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'
import { findLineRecord, storeLineRecord } from '../journal/store-line-record.ts'
import { takeLease } from '../journal/lease.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import { AdjustmentEntity, type AdjustmentRow } from './adjustment.entity.ts'
import { applyApproved } from './apply-approved.ts'
import { toRunParts } from '../run/bill.ts'
import type { DecideOutcome } from './decide-adjustments.ts'
import { finishRun } from '../run/finish-run.ts'
import { readRunRequest } from '../run/read-run-request.ts'
import {
  adjustmentNotFound,
  adjustmentNotOpen,
  runUnderWay,
  toRunProblem,
} from '../run/run-problems.ts'
import { runLeaseName } from '../run/start-run.ts'
import { toPlannedColumns } from './store-plan.ts'

/** A person takes one of the ways out that a hold offers. */
export interface HoldWish {
  readonly adjustmentId: string
  readonly exit: HoldExit
}

/**
 * Takes a way out of a hold: stores the decision, plans the line anew and posts what the plan then says of it. The
 * other lines of the run are not touched.
 */
export async function takeHoldExit(
  services: Services,
  viewer: ViewerIdentity,
  { adjustmentId, exit }: HoldWish,
): Promise<DecideOutcome> {
  const em = services.orm.em.fork()
  const row = await em.findOne(AdjustmentEntity, { id: adjustmentId }, { populate: ['run'] })
  if (row === null) return refuse(adjustmentNotFound(adjustmentId))
  if (row.status !== 'HELD' || row.run.$.mode !== 'RUN') return refuse(adjustmentNotOpen(row))
  if (!(row.holdExits ?? []).includes(exit)) return refuse(exitNotOffered(row, exit))
  const integration = await em.findOneOrFail(IntegrationEntity, { id: row.integrationId })
  const lease = await takeLease(services.orm, runLeaseName(integration.id))
  if (lease === null) return refuse(runUnderWay(integration))
  const ended = decideAndApply(services, integration, row, { exit, actor: nameActor(viewer) })
    .catch((error: unknown) => giveUp(services, integration, row, error))
    .finally(() => lease.release())
  services.background.add(ended)
  return { adjustments: [row], ended, problems: [] }
}

async function decideAndApply(
  services: Services,
  integration: IntegrationRow,
  row: AdjustmentRow,
  decision: { readonly exit: HoldExit; readonly actor: string },
): Promise<void> {
  const parts = toRunParts(services, integration)
  await storeDecision(services, integration, row, decision)
  if (decision.exit === 'APPROVE') {
    // A yes is to exactly these numbers: others are not posted but become stale.
    await update(services, row, { status: 'APPROVED' })
    await applyApproved(services, integration, [row])
    return
  }
  const carriesOn = decision.exit !== 'DISMISS' && decision.exit !== 'STOP'
  const next = carriesOn ? await planLine(services, integration, row, parts) : null
  if (next === null) {
    await update(services, row, {
      status: 'DISMISSED',
      settledAt: toInstant(services.clock),
      outcomeText: carriesOn ? 'Decided; nothing is left to post for this line.' : null,
    })
    await finishRun(services, row.run.id, [])
    return
  }
  const columns = toPlannedColumns(next)
  await update(services, row, { status: 'APPROVED', ...columns })
  await applyApproved(services, integration, [{ ...row, ...columns }])
}

/** What the plan says of the row's line, now that it was decided about; a brake does not stop what a person just chose. */
async function planLine(
  services: Services,
  integration: IntegrationRow,
  row: AdjustmentRow,
  parts: ReturnType<typeof toRunParts>,
): Promise<Plan['adjustments'][number] | null> {
  const today = dayAt(services.clock.nowMs(), integration.timeZone)
  const request = await readRunRequest(services.orm.em.fork(), integration, today)
  const { contract, service } = row.planned
  const { plan } = await planRun(parts, request)
  const candidates = [...plan.adjustments, ...plan.holds.map((hold) => hold.adjustment)]
  return candidates.find((one) => one.contract === contract && one.service === service) ?? null
}

async function storeDecision(
  services: Services,
  integration: IntegrationRow,
  row: AdjustmentRow,
  { exit, actor }: { readonly exit: HoldExit; readonly actor: string },
): Promise<void> {
  const at = toInstant(services.clock)
  const journal: Journal = toRunParts(services, integration).journal
  const before = await findLineRecord(services.orm.em.fork(), integration.id, row.planned)
  const decided = decide(row, exit, before)
  if (decided.kind === 'SETTLEMENT') await journal.settle(decided.key, decided.settlement)
  await inTransaction(services.orm, async (em) => {
    if (decided.kind === 'RECORD') await storeLineRecord(em, integration.id, decided.record)
    await em.nativeUpdate(AdjustmentEntity, { id: row.id }, { decidedBy: actor })
    await recordActivities(em, [
      {
        at,
        actor,
        action: 'HOLD_DECIDED',
        integrationId: integration.id,
        subject: { kind: 'LINE', id: row.id, name: row.planned.key },
        before: { hold: row.holdCode, line: before },
        after: { exit, line: decided.kind === 'RECORD' ? decided.record : null },
      },
    ])
  })
}

function decide(
  row: AdjustmentRow,
  exit: HoldExit,
  record: LineRecord,
): ReturnType<typeof decideHold> {
  const { planned, holdCode, holdFacts, holdExits } = row
  if (holdCode === 'HELD_BY_PERSON' || typeof holdCode !== 'string') return { kind: 'NOTHING' }
  const hold = {
    code: holdCode,
    adjustment: planned,
    facts: holdFacts ?? {},
    exits: holdExits ?? [],
  }
  return decideHold(hold, exit, record)
}

/** What was decided is stored; what could not be planned or posted waits as before and says why. */
async function giveUp(
  services: Services,
  integration: IntegrationRow,
  row: AdjustmentRow,
  error: unknown,
): Promise<void> {
  const problem = toRunProblem(integration, error)
  services.log.warn({ err: error, adjustmentId: row.id }, 'A hold was decided and not carried out')
  await finishRun(services, row.run.id, [problem])
}

async function update(
  services: Services,
  row: AdjustmentRow,
  change: Partial<AdjustmentRow>,
): Promise<void> {
  await services.orm.em.fork().nativeUpdate(AdjustmentEntity, { id: row.id }, change as never)
}

function exitNotOffered(row: AdjustmentRow, exit: HoldExit): Problem {
  const subject = { kind: 'LINE', id: row.id, name: row.planned.key } as const
  return toProblem('HOLD_EXIT_NOT_OFFERED', subject, {
    exit,
    offered: (row.holdExits ?? []).join(', '),
  })
}

function refuse(problem: Problem): DecideOutcome {
  return { adjustments: null, ended: Promise.resolve(), problems: [problem] }
}
