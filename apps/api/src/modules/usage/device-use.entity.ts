import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { Day, DeviceCategory } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { ApplicationEntity } from '../application/application.entity.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'

/**
 * The evidence behind the counts: a device that uses an application, from the snapshot in which it was first
 * seen so to the one in which it no longer was. A device that stays costs one row for a whole year.
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
    category: p.text().$type<DeviceCategory | 'UNKNOWN'>(),
    keys: p.json<readonly string[]>(),
    joinedAt: p.datetime(3),
    joinedDay: p.text().$type<Day>(),
    leftAt: p.datetime(3).nullable(),
    leftDay: p.text().$type<Day>().nullable(),
  },
  indexes: [{ properties: ['tenant', 'application', 'leftAt'] }],
})

/** One row of `device_use`. */
export type DeviceUseRow = InferEntity<typeof DeviceUseEntity>
