import {
  describeHold,
  type Approval,
  type PlannedAdjustment,
  type PlannedCounter,
} from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { AdjustmentEntity, STALE_TEXT } from '../adjustment/adjustment.entity.ts'
import { insertFindings, toAdjustmentData, type AdjustmentData } from '../adjustment/store-plan.ts'
import { recordActivities, type ActivityFacts } from '../audit/record-activity.ts'
import { BillingRunEntity, type BillingRunRow } from '../run/billing-run.entity.ts'
import { readDirectoryIds, type DirectoryIds } from '../run/directory-ids.ts'
import { storeRunInput } from '../replay/store-run-input.ts'
import type { PossibleItem } from './counter-item.ts'
import { setOwnership } from '../line/set-ownership.ts'

/** A counter-plan, the run it belongs to, and what was wanted. */
export interface PlannedCounterRun {
  readonly run: BillingRunRow
  readonly items: readonly PossibleItem[]
  readonly planned: PlannedCounter
  readonly at: Date
  readonly actor: string
  readonly stopsLines: boolean
  readonly approvals: readonly Approval[] | null
}

/**
 * Stores a counter-plan as the run's adjustments, each with the one it takes back, and stops the lines where that was
 * asked for: all in the transaction that comes before the first post, so that dying afterwards bills nothing again.
 */
export async function storeCounterPlan(em: Em, about: PlannedCounterRun): Promise<void> {
  const { run, items, planned, at } = about
  const ids = await readDirectoryIds(em, run.integrationId)
  const rows: AdjustmentData[] = []
  const activities: ActivityFacts[] = []
  for (const [index, item] of items.entries()) {
    const plan = planned.plans[index]
    const posted = plan?.adjustments ?? []
    rows.push(
      ...posted.map((one) => toData(about, ids, item, one)),
      // A line in doubt has to be decided first, where the next run holds it: nothing is posted here.
      ...(plan?.holds ?? []).map((hold): AdjustmentData => ({
        ...toData(about, ids, item, hold.adjustment),
        status: 'NOT_POSTED',
        settledAt: at,
        outcomeText: `${describeHold(hold)} The next run holds the line; decide it there first.`,
      })),
    )
    await replaceWaiting(em, about, item)
    const first = posted.find((one) => isAgreed(one, about.approvals))
    if (first === undefined) continue
    if (about.stopsLines) activities.push(...(await stop(em, about, item)))
    activities.push(toActivity(about, item, first))
  }
  await em.insertMany(AdjustmentEntity, rows)
  await insertFindings(em, run, planned.plan.findings, ids)
  await storeRunInput(em, run, { input: planned.input, at })
  await recordActivities(em, activities)
  await storeTotals(em, about)
}

function toData(
  { run }: PlannedCounterRun,
  ids: DirectoryIds,
  item: PossibleItem,
  adjustment: PlannedAdjustment,
): AdjustmentData {
  return { ...toAdjustmentData(run, ids, adjustment), takesBackId: item.adjustment?.id ?? null }
}

function isAgreed(one: PlannedAdjustment, approvals: readonly Approval[] | null): boolean {
  if (approvals === null) return true
  return approvals.some(
    ({ key, effectiveDay, before, after }) =>
      key === one.key &&
      effectiveDay === one.effectiveDay &&
      before === one.before &&
      after === one.after,
  )
}

/** What still waited on this line was planned on numbers that are about to change. */
async function replaceWaiting(
  em: Em,
  { run, at }: PlannedCounterRun,
  { contractId, serviceId }: PossibleItem,
): Promise<void> {
  await em.nativeUpdate(
    AdjustmentEntity,
    {
      contract: contractId,
      service: serviceId,
      status: { $in: ['PLANNED', 'HELD', 'APPROVED'] },
      run: { mode: 'RUN', id: { $ne: run.id } },
    },
    { status: 'STALE', settledAt: at, outcomeText: STALE_TEXT },
  )
}

function stop(
  em: Em,
  { run, at, actor }: PlannedCounterRun,
  { counter, contractId, serviceId }: PossibleItem,
): Promise<ActivityFacts[]> {
  const line = counter.kind === 'TAKE_BACK' ? counter.taken : counter.line
  return setOwnership(em, {
    integrationId: run.integrationId,
    line: { ...line, id: `${contractId}/${serviceId}` },
    ownership: 'STOPPED',
    occasion: { at, actor },
  })
}

function toActivity(
  { run, at, actor, stopsLines }: PlannedCounterRun,
  { adjustment }: PossibleItem,
  { key, effectiveDay, before, after }: PlannedAdjustment,
): ActivityFacts {
  return {
    at,
    actor,
    action: adjustment === null ? 'LINE_RELEASED' : 'ADJUSTMENT_TAKEN_BACK',
    integrationId: run.integrationId,
    subject: { kind: 'LINE', id: adjustment?.id ?? key, name: adjustment?.intentKey ?? key },
    before: { units: before },
    after: { units: after, effectiveDay, lineStopped: stopsLines },
  }
}

async function storeTotals(em: Em, { run, planned }: PlannedCounterRun): Promise<void> {
  const { linesCompared, linesUnchanged, moneyPerPeriod } = planned.plan.totals
  const totals = { ...run.totals, linesCompared, linesUnchanged, moneyPerPeriod }
  await em.nativeUpdate(BillingRunEntity, { id: run.id }, { totals })
}
