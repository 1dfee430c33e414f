import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import { newId } from '../../database/id.ts'
import { ApplicationEntity } from '../application/application.entity.ts'

/** A device that is not billed for one application, whoever's it is, and why (product.md, rule 4). */
export const DeviceExclusionEntity = defineEntity({
  name: 'DeviceExclusion',
  tableName: 'device_exclusion',
  properties: {
    id: p.text().primary().onCreate(newId),
    application: () => p.manyToOne(ApplicationEntity).ref(),
    deviceId: p.text(),
    /** As it was called when it was excluded. */
    deviceName: p.text(),
    reason: p.text(),
    excludedAt: p.datetime(3),
    excludedBy: p.text(),
  },
  uniques: [{ properties: ['application', 'deviceId'] }],
})

/** One row of `device_exclusion`. */
export type DeviceExclusionRow = InferEntity<typeof DeviceExclusionEntity>
