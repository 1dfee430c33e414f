import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import { newId } from '../../database/id.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'

/** The customer in Autotask (its API says Company). Never deleted while something points at it. */
export const AutotaskAccountEntity = defineEntity({
  name: 'AutotaskAccount',
  tableName: 'autotask_account',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () => p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id'),
    externalId: p.text(),
    name: p.text(),
    nameSearch: p.text(),
    nameSort: p.text(),
    isActive: p.boolean(),
    /** False when Autotask no longer lists it. */
    isPresent: p.boolean(),
  },
  uniques: [{ properties: ['integrationId', 'externalId'] }],
  indexes: [{ properties: ['integrationId', 'nameSort', 'id'] }],
})

/** One row of `autotask_account`. */
export type AutotaskAccountRow = InferEntity<typeof AutotaskAccountEntity>
