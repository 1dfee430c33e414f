import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { DeviceCategory } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { ApplicationEntity } from '../application/application.entity.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'
import { UsageSnapshotEntity } from '../usage/usage-snapshot.entity.ts'

/**
 * The evidence behind the counts: a device that uses an application, from the snapshot that first saw it so to the one
 * that no longer did. A device that stays as it is costs one row for a whole year.
 *
 * ```
 *   snapshot      1    2    3    4    5
 *   in use        ├─ key A ─┤├─ key B ─┤     two rows, both joined in 1; the second one ended by leaving
 * ```
 */
export const DeviceUseEntity = defineEntity({
  name: 'DeviceUse',
  tableName: 'device_use',
  properties: {
    id: p.text().primary().onCreate(newId),
    tenant: () => p.manyToOne(TenantEntity).ref(),
    application: () => p.manyToOne(ApplicationEntity).ref(),
    deviceId: p.text(),
    name: p.text(),
    /** For finding by any part of the name, see database/search-text.ts. */
    nameSearch: p.text(),
    /** For ordering by name, see database/search-text.ts. */
    nameSort: p.text(),
    category: p.text().$type<DeviceCategory | 'UNKNOWN'>(),
    operatingSystem: p.text().strictNullable(),
    keys: p.json<readonly string[]>(),
    /** The device uses the application without a break since then, whatever its facts were. */
    joined: () => p.manyToOne(UsageSnapshotEntity).ref().fieldName('joined_snapshot_id'),
    /** Its facts are these since then. */
    since: () => p.manyToOne(UsageSnapshotEntity).ref().fieldName('since_snapshot_id'),
    /** The snapshot that saw it no more, or with other facts; `null` while it is as it is. */
    until: () =>
      p
        .manyToOne(UsageSnapshotEntity)
        .ref()
        .strictNullable()
        .fieldName('until_snapshot_id')
        .deleteRule('restrict'),
    /** Ended because the device left, and not because its facts changed. */
    hasLeft: p.boolean(),
  },
  indexes: [{ properties: ['tenant', 'nameSort', 'id'] }],
})

/** One row of `device_use`. */
export type DeviceUseRow = InferEntity<typeof DeviceUseEntity>
