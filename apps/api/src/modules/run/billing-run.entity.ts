import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { Day, DecimalText } from '@trueup/core'
import { newId } from '../../database/id.ts'
import type { Problem } from '../../problems.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { UsageSnapshotEntity } from '../usage/usage-snapshot.entity.ts'

/** A preview posts nothing. */
export type RunMode = 'PREVIEW' | 'RUN'
/** The last two are counter runs: they bill nothing and undo what a person chose. */
export type RunTrigger = 'SCHEDULE' | 'CATCH_UP' | 'MANUAL' | 'TAKE_BACK' | 'RELEASE'

/** Triggers of runs that undo. */
export const COUNTER_TRIGGERS: readonly RunTrigger[] = ['TAKE_BACK', 'RELEASE']
export type RunStatus =
  | 'RUNNING'
  | 'WAITING_FOR_APPROVAL'
  | 'COMPLETED'
  | 'COMPLETED_WITH_HOLDS'
  | 'FAILED'

/** Sums over a run's lines. Money is decimal text. */
export interface RunTotals {
  readonly linesCompared: number
  readonly linesUnchanged: number
  readonly adjustments: number
  readonly confirmed: number
  readonly refused: number
  readonly unknown: number
  readonly held: number
  readonly unitsUp: number
  readonly unitsDown: number
  readonly moneyPerPeriod: DecimalText
  readonly revenueAtRiskPerMonth: DecimalText
}

const NO_MONEY = '0' as DecimalText

/** Totals of a run that has only begun. */
export const NO_TOTALS: RunTotals = {
  linesCompared: 0,
  linesUnchanged: 0,
  adjustments: 0,
  confirmed: 0,
  refused: 0,
  unknown: 0,
  held: 0,
  unitsUp: 0,
  unitsDown: 0,
  moneyPerPeriod: NO_MONEY,
  revenueAtRiskPerMonth: NO_MONEY,
}

/** One execution: snapshot, plan, approvals, posts, verification, result. */
export const BillingRunEntity = defineEntity({
  name: 'BillingRun',
  tableName: 'billing_run',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () => p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id'),
    mode: p.text().$type<RunMode>(),
    trigger: p.text().$type<RunTrigger>(),
    status: p.text().$type<RunStatus>(),
    runDay: p.text().$type<Day>(),
    startedAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
    startedBy: p.text(),
    snapshot: () => p.manyToOne(UsageSnapshotEntity).ref().nullable().deleteRule('restrict'),
    totals: p.json<RunTotals>(),
    problems: p.json<readonly Problem[]>(),
  },
  indexes: [{ properties: ['integrationId', 'id'] }, { properties: ['status'] }],
})

/** One row of `billing_run`. */
export type BillingRunRow = InferEntity<typeof BillingRunEntity>
