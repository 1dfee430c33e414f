import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { CountingRule, DeviceCategory } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { ApplicationEntity } from '../application/application.entity.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { ServiceEntity } from '../service/service.entity.ts'

/** A mapping's counting rule. Devices are left out by application, not by mapping: see `device_exclusion`. */
export type StoredCountingRule = Omit<CountingRule, 'excludedDevices'>

/** Only what is stored of a rule, in one order: PostgreSQL gives the keys of a JSON column back in an order of its own. */
export function toStoredRule(rule: StoredCountingRule): StoredCountingRule {
  const { basis, includedUnits, minimumUnits } = rule
  return { basis, includedUnits, minimumUnits }
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
