import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import { newId } from '../../database/id.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'

/** What a tenant is on the Kaspersky side. */
export type TenantKind = 'VIRTUAL_SERVER' | 'WORKSPACE'

/** One customer on the Kaspersky side. Rows are never deleted: a vanished tenant keeps its mapping. */
export const TenantEntity = defineEntity({
  name: 'Tenant',
  tableName: 'tenant',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () => p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id'),
    kind: p.text().$type<TenantKind>(),
    externalId: p.text(),
    name: p.text(),
    /** For finding by any part of the name, see database/search-text.ts. */
    nameSearch: p.text(),
    /** For ordering by name, see database/search-text.ts. */
    nameSort: p.text(),
    isPresent: p.boolean(),
    firstSeenAt: p.datetime(3),
    lastSeenAt: p.datetime(3),
  },
  uniques: [{ properties: ['integrationId', 'externalId'] }],
  indexes: [{ properties: ['integrationId', 'nameSort', 'id'] }],
})

/** One row of `tenant`. */
export type TenantRow = InferEntity<typeof TenantEntity>
