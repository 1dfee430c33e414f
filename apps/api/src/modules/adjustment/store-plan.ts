import type { AccountMapping, Hold, Plan, PlannedAdjustment } from '@trueup/core'
import type { RequiredEntityData } from '@mikro-orm/core'
import { newId } from '../../database/id.ts'
import { insertAll } from '../../database/insert-all.ts'
import type { Em } from '../../database/orm.ts'
import { FindingEntity } from '../finding/finding.entity.ts'
import {
  AdjustmentEntity,
  STALE_TEXT,
  type AdjustmentRow,
  type AdjustmentStatus,
} from './adjustment.entity.ts'
import { storeCustomerRisk } from '../money/store-customer-risk.ts'
import type { BillingRunRow } from '../run/billing-run.entity.ts'
import { readDirectoryIds, type DirectoryIds } from '../run/directory-ids.ts'

/** Adjustments that a newer plan takes the place of. */
const OPEN: readonly AdjustmentStatus[] = ['PLANNED', 'HELD', 'APPROVED']

/** A row of an adjustment as it is inserted. */
export type AdjustmentData = RequiredEntityData<AdjustmentRow>

/** A plan, and whom the customers were mapped to when it was made. */
export interface PlanToStore {
  readonly plan: Plan
  readonly accountMappings: readonly AccountMapping[]
}

/**
 * Stores a plan as the run's adjustments and findings, in one transaction with what it replaces: adjustments of
 * earlier runs that still waited are out of date the moment there is a newer plan.
 */
export async function storePlan(
  em: Em,
  run: BillingRunRow,
  { plan, accountMappings }: PlanToStore,
  at: Date,
): Promise<void> {
  const ids = await readDirectoryIds(em, run.integrationId)
  const heldSince = await readHeldSince(em, run)
  if (run.mode === 'RUN') await replaceEarlier(em, run, at)
  const rows = [
    ...plan.adjustments.map((adjustment) => toAdjustmentData(run, ids, adjustment)),
    ...plan.holds.map((hold) =>
      toHeldRow(toAdjustmentData(run, ids, hold.adjustment), hold, heldSince, at),
    ),
  ]
  await insertAll(em, AdjustmentEntity, rows)
  await insertFindings(em, run, plan.findings, ids)
  await storeCustomerRisk(em, run, { findings: plan.findings, accountMappings }, ids)
}

/** Stores what a plan found that somebody should know. */
export async function insertFindings(
  em: Em,
  run: BillingRunRow,
  found: Plan['findings'],
  ids: DirectoryIds,
): Promise<void> {
  const findings = found.map((finding) => ({
    id: newId(),
    run: run.id,
    code: finding.code,
    severity: finding.severity,
    subjectKind: finding.subject.kind,
    subjectId: finding.subject.id,
    subjectName: finding.subject.name,
    facts: finding.facts,
    revenueAtRiskPerMonth: finding.revenueAtRiskPerMonth,
    tenant: finding.subject.kind === 'TENANT' ? ids.findTenant(finding.subject.id) : null,
  }))
  await insertAll(em, FindingEntity, findings)
}

async function replaceEarlier(em: Em, run: BillingRunRow, at: Date): Promise<void> {
  await em.nativeUpdate(
    AdjustmentEntity,
    {
      integrationId: run.integrationId,
      status: { $in: [...OPEN] },
      run: { mode: 'RUN', id: { $ne: run.id } },
    },
    { status: 'STALE', settledAt: at, outcomeText: STALE_TEXT },
  )
}

/** Since when a line has been held for the same reason: a hold keeps its age from plan to plan. */
async function readHeldSince(em: Em, run: BillingRunRow): Promise<ReadonlyMap<string, Date>> {
  const held = await em.find(AdjustmentEntity, {
    integrationId: run.integrationId,
    status: 'HELD',
    run: { mode: 'RUN' },
  })
  const since = new Map<string, Date>()
  for (const row of held) {
    if (row.heldSince instanceof Date)
      since.set(holdKey(row.contract.id, row.service.id, row.holdCode), row.heldSince)
  }
  return since
}

function holdKey(contract: unknown, service: unknown, code: unknown): string {
  return [contract, service, code].join('/')
}

function toHeldRow(
  row: AdjustmentData,
  hold: Hold,
  heldSince: ReadonlyMap<string, Date>,
  at: Date,
): AdjustmentData {
  return {
    ...row,
    status: 'HELD',
    holdCode: hold.code,
    holdExits: hold.exits,
    holdFacts: hold.facts,
    heldSince: heldSince.get(holdKey(row.contract, row.service, hold.code)) ?? at,
  }
}

/** A planned adjustment as a row of its run. */
export function toAdjustmentData(
  run: BillingRunRow,
  ids: DirectoryIds,
  adjustment: PlannedAdjustment,
): AdjustmentData {
  return {
    id: newId(),
    integrationId: run.integrationId,
    run: run.id,
    status: 'PLANNED',
    tenant: ids.tenant(adjustment.tenant),
    account: ids.account(adjustment.account),
    contract: ids.contract(adjustment.contract),
    service: ids.service(adjustment.service),
    ...toPlannedColumns(adjustment),
  }
}

/** What a plan says of an adjustment, as columns. */
export function toPlannedColumns(
  adjustment: PlannedAdjustment,
): Pick<
  AdjustmentRow,
  | 'intentKey'
  | 'ordinal'
  | 'lineExternalId'
  | 'effectiveDay'
  | 'unitsBefore'
  | 'unitChange'
  | 'unitsAfter'
  | 'unitPrice'
  | 'periodStart'
  | 'periodEnd'
  | 'moneyFirstPeriod'
  | 'moneyPerPeriod'
  | 'planned'
> {
  return {
    intentKey: adjustment.key,
    ordinal: adjustment.ordinal,
    lineExternalId: adjustment.line,
    effectiveDay: adjustment.effectiveDay,
    unitsBefore: adjustment.before,
    unitChange: adjustment.change,
    unitsAfter: adjustment.after,
    unitPrice: adjustment.money.unitPrice,
    periodStart: adjustment.money.periodStart,
    periodEnd: adjustment.money.periodEnd,
    moneyFirstPeriod: adjustment.money.firstPeriod,
    moneyPerPeriod: adjustment.money.perPeriod,
    planned: adjustment,
  }
}
