import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { Problem } from '../../problems.ts'
import { recordActivities, type ActivityFacts } from '../audit/record-activity.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'
import { takeLease } from '../journal/lease.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import { AdjustmentEntity, type AdjustmentRow, type AdjustmentStatus } from './adjustment.entity.ts'
import { applyApproved } from './apply-approved.ts'
import { finishRun } from '../run/finish-run.ts'
import { adjustmentNotFound, adjustmentNotOpen, runUnderWay } from '../run/run-problems.ts'
import { runLeaseName } from '../run/start-run.ts'

/** The adjustments as they are now, or why nothing was decided. */
export interface DecideOutcome {
  readonly adjustments: readonly AdjustmentRow[] | null
  /** Resolves when approved adjustments are posted and proved; never rejects. */
  readonly ended: Promise<void>
  readonly problems: readonly Problem[]
}

const DONE = Promise.resolve()

/** Approves planned adjustments: all that are named or none. They are posted in the background. */
export async function approveAdjustments(
  services: Services,
  viewer: ViewerIdentity,
  ids: readonly string[],
): Promise<DecideOutcome> {
  const found = await findOpen(services, ids, ['PLANNED'])
  if (found.problems.length > 0) return refuse(found.problems)
  const leases = new Map<string, Awaited<ReturnType<typeof takeLease>>>()
  const releaseAll = async (): Promise<void> => {
    for (const lease of leases.values()) await lease?.release()
  }
  for (const integration of found.integrations) {
    const lease = await takeLease(services.orm, runLeaseName(integration.id))
    leases.set(integration.id, lease)
    if (lease === null) {
      await releaseAll()
      return refuse([runUnderWay(integration)])
    }
  }
  const rows = await decide(services, viewer, found.rows, 'APPROVED')
  const ended = applyAll(services, found.integrations, rows).finally(releaseAll)
  services.background.add(ended)
  return { adjustments: rows, ended, problems: [] }
}

/** Dismisses planned or held adjustments: all that are named or none. The next run plans anew what is still due. */
export async function dismissAdjustments(
  services: Services,
  viewer: ViewerIdentity,
  ids: readonly string[],
): Promise<DecideOutcome> {
  return decideOpen(services, viewer, { ids, from: ['PLANNED', 'HELD'], to: 'DISMISSED' })
}

/** Puts planned adjustments on hold by a person's wish: approving others then leaves them alone. */
export async function holdAdjustments(
  services: Services,
  viewer: ViewerIdentity,
  ids: readonly string[],
): Promise<DecideOutcome> {
  return decideOpen(services, viewer, { ids, from: ['PLANNED'], to: 'HELD' })
}

async function decideOpen(
  services: Services,
  viewer: ViewerIdentity,
  wish: {
    readonly ids: readonly string[]
    readonly from: readonly AdjustmentStatus[]
    readonly to: 'DISMISSED' | 'HELD'
  },
): Promise<DecideOutcome> {
  const found = await findOpen(services, wish.ids, wish.from)
  if (found.problems.length > 0) return refuse(found.problems)
  const rows = await decide(services, viewer, found.rows, wish.to)
  for (const runId of new Set(rows.map((row) => row.run.id))) await finishRun(services, runId, [])
  return { adjustments: rows, ended: DONE, problems: [] }
}

interface FoundAdjustments {
  readonly rows: readonly AdjustmentRow[]
  readonly integrations: readonly IntegrationRow[]
  readonly problems: readonly Problem[]
}

async function findOpen(
  services: Services,
  ids: readonly string[],
  from: readonly AdjustmentStatus[],
): Promise<FoundAdjustments> {
  const em = services.orm.em.fork()
  const rows = await em.find(
    AdjustmentEntity,
    { id: { $in: [...ids] } },
    { populate: ['run'], orderBy: { id: 'asc' } },
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const problems = [...new Set(ids)].flatMap((id) => {
    const row = byId.get(id)
    if (row === undefined) return [adjustmentNotFound(id)]
    const isOpen = from.includes(row.status) && row.run.$.mode === 'RUN'
    return isOpen ? [] : [adjustmentNotOpen(row)]
  })
  const integrations = await em.find(IntegrationEntity, {
    id: { $in: [...new Set(rows.map((row) => row.integrationId))] },
  })
  return { rows, integrations, problems }
}

/** Stores the decision with its trace in the activity log. What somebody else decided meanwhile stays decided. */
async function decide(
  services: Services,
  viewer: ViewerIdentity,
  rows: readonly AdjustmentRow[],
  status: 'APPROVED' | 'DISMISSED' | 'HELD',
): Promise<AdjustmentRow[]> {
  const at = toInstant(services.clock)
  const actor = nameActor(viewer)
  return inTransaction(services.orm, async (em) => {
    const decided: AdjustmentRow[] = []
    const activities: ActivityFacts[] = []
    for (const row of rows) {
      const changed = await em.nativeUpdate(
        AdjustmentEntity,
        { id: row.id, status: row.status },
        {
          status,
          decidedBy: actor,
          ...(status === 'DISMISSED' ? { settledAt: at } : {}),
          ...(status === 'HELD' ? HELD_BY_PERSON(at) : {}),
        },
      )
      if (changed === 0) continue
      decided.push(await em.findOneOrFail(AdjustmentEntity, { id: row.id }, { refresh: true }))
      activities.push({
        at,
        actor,
        action: `ADJUSTMENT_${status}`,
        integrationId: row.integrationId,
        subject: { kind: 'LINE', id: row.id, name: row.planned.key },
        before: { status: row.status },
        after: { status, change: row.unitChange, effectiveDay: row.effectiveDay },
      })
    }
    await recordActivities(em, activities)
    return decided
  })
}

const HELD_BY_PERSON = (
  at: Date,
): Pick<AdjustmentRow, 'holdCode' | 'holdExits' | 'holdFacts' | 'heldSince'> => ({
  holdCode: 'HELD_BY_PERSON',
  holdExits: ['APPROVE', 'DISMISS'],
  holdFacts: {},
  heldSince: at,
})

async function applyAll(
  services: Services,
  integrations: readonly IntegrationRow[],
  rows: readonly AdjustmentRow[],
): Promise<void> {
  for (const integration of integrations) {
    const mine = rows.filter((row) => row.integrationId === integration.id)
    if (mine.length > 0) await applyApproved(services, integration, mine)
  }
}

function refuse(problems: readonly Problem[]): DecideOutcome {
  return { adjustments: null, ended: DONE, problems }
}
