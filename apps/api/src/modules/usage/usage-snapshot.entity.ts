import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { Day } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'

/** One pass over a usage source at an instant. Rows are never changed: they are the evidence of a run. */
export const UsageSnapshotEntity = defineEntity({
  name: 'UsageSnapshot',
  tableName: 'usage_snapshot',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () => p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id'),
    takenAt: p.datetime(3),
    usageDay: p.text().$type<Day>(),
    tenantsComplete: p.integer(),
    tenantsIncomplete: p.integer(),
  },
  indexes: [{ properties: ['integrationId', 'id'] }, { properties: ['integrationId', 'usageDay'] }],
})

/** One row of `usage_snapshot`. */
export type UsageSnapshotRow = InferEntity<typeof UsageSnapshotEntity>
