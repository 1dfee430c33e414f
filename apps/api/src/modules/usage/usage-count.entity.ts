import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import { ApplicationEntity } from '../application/application.entity.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'
import { UsageSnapshotEntity } from './usage-snapshot.entity.ts'

/** How much of one application one tenant used in one snapshot. No row in a complete reading means zero. */
export const UsageCountEntity = defineEntity({
  name: 'UsageCount',
  tableName: 'usage_count',
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
    application: () =>
      p
        .manyToOne(ApplicationEntity)
        .ref()
        .primary()
        .deleteRule('no action')
        .updateRule('no action'),
    quantity: p.integer(),
    /** The four categories add up to `quantity`; null for users and mailboxes. */
    workstations: p.integer().nullable(),
    servers: p.integer().nullable(),
    nonWindows: p.integer().nullable(),
    unknown: p.integer().nullable(),
    /** Serials of the counted keys. */
    keys: p.json<readonly string[]>(),
  },
})

/** One row of `usage_count`. */
export type UsageCountRow = InferEntity<typeof UsageCountEntity>
