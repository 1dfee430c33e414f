import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { UsageUnit } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'

/** A licensed Kaspersky security application that some reading has shown. */
export const ApplicationEntity = defineEntity({
  name: 'Application',
  tableName: 'application',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () => p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id'),
    name: p.text(),
    unit: p.text().$type<UsageUnit>(),
    firstSeenAt: p.datetime(3),
    lastSeenAt: p.datetime(3),
  },
  uniques: [{ properties: ['integrationId', 'name'] }],
})

/** One row of `application`. */
export type ApplicationRow = InferEntity<typeof ApplicationEntity>
