import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { DecimalText, PeriodMonths } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'

/** An item of Autotask's catalogue, with a price. */
export const ServiceEntity = defineEntity({
  name: 'Service',
  tableName: 'service',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () => p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id'),
    externalId: p.text(),
    name: p.text(),
    nameSearch: p.text(),
    nameSort: p.text(),
    isActive: p.boolean(),
    periodMonths: p.integer().$type<PeriodMonths>().strictNullable(),
    unitPrice: p.text().$type<DecimalText>().strictNullable(),
    isPresent: p.boolean(),
  },
  uniques: [{ properties: ['integrationId', 'externalId'] }],
  indexes: [{ properties: ['integrationId', 'nameSort', 'id'] }],
})

/** One row of `service`. */
export type ServiceRow = InferEntity<typeof ServiceEntity>
