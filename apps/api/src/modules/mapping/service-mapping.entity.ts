import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { CountingBasis, DeviceCategory } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { ApplicationEntity } from '../application/application.entity.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { ServiceEntity } from '../service/service.entity.ts'

/** A counting rule as stored; the words are core's. */
export interface StoredCountingRule {
  readonly basis: CountingBasis
  readonly includedUnits: number
  readonly minimumUnits: number
  readonly excludedDevices: readonly string[]
}

/** Stands for "the whole application" in the unique index, where NULL would not equal NULL. */
export const WHOLE_APPLICATION = ''

/** Application, and category when devices are billed by category, to service. */
export const ServiceMappingEntity = defineEntity({
  name: 'ServiceMapping',
  tableName: 'service_mapping',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () => p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id'),
    version: p.integer(),
    application: () => p.manyToOne(ApplicationEntity).ref(),
    categoryKey: p.text().$type<DeviceCategory | typeof WHOLE_APPLICATION>(),
    service: () => p.manyToOne(ServiceEntity).ref(),
    counting: p.json<StoredCountingRule>(),
    updatedAt: p.datetime(3),
  },
  uniques: [{ properties: ['application', 'categoryKey'] }],
})

/** One row of `service_mapping`. */
export type ServiceMappingRow = InferEntity<typeof ServiceMappingEntity>
