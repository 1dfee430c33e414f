import { defineEntity, p } from '@mikro-orm/core'
import { TenantEntity } from '../tenant/tenant.entity.ts'
import { UsageSnapshotEntity } from './usage-snapshot.entity.ts'

/** Whether one tenant could be read completely in one snapshot. An incomplete one has no counts at all (rule 5). */
export const UsageReadingEntity = defineEntity({
  name: 'UsageReading',
  tableName: 'usage_reading',
  properties: {
    snapshot: () =>
      p
        .manyToOne(UsageSnapshotEntity)
        .ref()
        .primary()
        .deleteRule('no action')
        .updateRule('no action'),
    tenant: () =>
      p.manyToOne(TenantEntity).ref().primary().deleteRule('no action').updateRule('no action'),
    complete: p.boolean(),
    /** Code of the usage source when incomplete. */
    reason: p.text().nullable(),
    facts: p.json<Readonly<Record<string, string | number | null>>>(),
  },
  indexes: [{ properties: ['tenant', 'snapshot'] }],
})
