import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { Day, DecimalText, HoldCode, HoldExit, PlannedAdjustment } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { AutotaskAccountEntity } from '../account/account.entity.ts'
import { ContractEntity } from '../contract/contract.entity.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { ServiceEntity } from '../service/service.entity.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'
import { BillingRunEntity } from '../run/billing-run.entity.ts'

/** Where an adjustment stands; the words of product.md, and what becomes of those that are never posted. */
export type AdjustmentStatus =
  | 'PLANNED'
  | 'HELD'
  | 'APPROVED'
  | 'POSTING'
  | 'CONFIRMED'
  | 'REFUSED'
  | 'UNKNOWN'
  | 'NOT_POSTED'
  | 'DISMISSED'
  | 'STALE'

/** Why a line is held: what core found, or a person's wish. */
export type StoredHoldCode = HoldCode | 'HELD_BY_PERSON'

/** Shown on adjustments that a newer plan has replaced. */
export const STALE_TEXT = 'The plan says something else by now. Look at the newest run.'

/** One planned Contract Service Adjustment and what became of it. The post itself is journalled apart. */
export const AdjustmentEntity = defineEntity({
  name: 'Adjustment',
  tableName: 'adjustment',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () => p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id'),
    run: () => p.manyToOne(BillingRunEntity).ref(),
    status: p.text().$type<AdjustmentStatus>(),
    /** The plan's key for it, and of the intent when it is posted. */
    intentKey: p.text(),
    ordinal: p.integer(),
    tenant: () => p.manyToOne(TenantEntity).ref(),
    account: () => p.manyToOne(AutotaskAccountEntity).ref(),
    contract: () => p.manyToOne(ContractEntity).ref(),
    service: () => p.manyToOne(ServiceEntity).ref(),
    lineExternalId: p.text().nullable(),
    effectiveDay: p.text().$type<Day>(),
    unitsBefore: p.integer(),
    unitChange: p.integer(),
    unitsAfter: p.integer(),
    unitPrice: p.text().$type<DecimalText>().nullable(),
    periodStart: p.text().$type<Day>(),
    periodEnd: p.text().$type<Day>(),
    moneyFirstPeriod: p.text().$type<DecimalText>().nullable(),
    moneyPerPeriod: p.text().$type<DecimalText>().nullable(),
    /** The adjustment as core planned it: what a decision and an explanation need. */
    planned: p.json<PlannedAdjustment>(),
    holdCode: p.text().$type<StoredHoldCode>().nullable(),
    holdExits: p.json<readonly HoldExit[]>().nullable(),
    holdFacts: p.json<Readonly<Record<string, string | number | null>>>().nullable(),
    heldSince: p.datetime(3).nullable(),
    outcomeText: p.text().nullable(),
    unitsReadBack: p.integer().nullable(),
    decidedBy: p.text().nullable(),
    postedAt: p.datetime(3).nullable(),
    settledAt: p.datetime(3).nullable(),
    /** The confirmed adjustment that this one takes back. */
    takesBackId: p.text().nullable(),
  },
  indexes: [
    { properties: ['integrationId', 'id'] },
    { properties: ['run', 'id'] },
    { properties: ['integrationId', 'status'] },
    { properties: ['intentKey'] },
    { properties: ['takesBackId'] },
    { properties: ['contract', 'service', 'id'] },
  ],
})

/** One row of `adjustment`. */
export type AdjustmentRow = InferEntity<typeof AdjustmentEntity>
