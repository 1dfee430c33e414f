import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { DecimalText, FindingCode, Severity, Subject } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { BillingRunEntity } from '../run/billing-run.entity.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'

/** Something a person should know, as a run or preview found it. */
export const FindingEntity = defineEntity({
  name: 'Finding',
  tableName: 'finding',
  properties: {
    id: p.text().primary().onCreate(newId),
    run: () => p.manyToOne(BillingRunEntity).ref(),
    code: p.text().$type<FindingCode>(),
    severity: p.text().$type<Severity>(),
    subjectKind: p.text().$type<Subject['kind']>(),
    subjectId: p.text(),
    subjectName: p.text(),
    facts: p.json<Readonly<Record<string, string | number | null>>>(),
    revenueAtRiskPerMonth: p.text().$type<DecimalText>().nullable(),
    tenant: () => p.manyToOne(TenantEntity).ref().nullable().deleteRule('no action'),
  },
  indexes: [{ properties: ['run', 'id'] }],
})

/** One row of `finding`. */
export type FindingRow = InferEntity<typeof FindingEntity>
