import type { FilterQuery } from '@mikro-orm/core'
import type { RequestContext } from '../../context.ts'
import { nameContains } from '../../database/name-contains.ts'
import { readPage, type Page, type PageOrder, type PageRequest } from '../../graphql/page.ts'
import type { TenantKind } from '../tenant/tenant.entity.ts'
import { AccountMappingEntity, type AccountMappingRow } from './account-mapping.entity.ts'

/** Which mappings to read, in which order. */
export interface MappingPageQuery {
  readonly integrationId: string
  /** `null`: of tenants of either kind. */
  readonly kind: TenantKind | null
  readonly tenantNameContains: string | null
  readonly mapped: boolean | null
  readonly billingEnabled: boolean | null
  readonly present: boolean | null
  readonly sort: 'NAME_ASC' | 'NAME_DESC'
  /** Relations that will be asked for; they come along in the same SQL query. */
  readonly along: readonly ('account' | 'contract')[]
}

/**
 * Reads a page of mappings with their tenants in one SQL query. Every tenant has exactly one mapping, so a page of
 * tenants is read by it too. What came along is handed to the request's loaders.
 */
export async function readMappingPage(
  { em, loaders }: RequestContext,
  query: MappingPageQuery,
  request: PageRequest,
): Promise<Page<AccountMappingRow>> {
  const page = await readPage(
    em,
    {
      entity: AccountMappingEntity,
      where: toConditions(query),
      order: byTenantName(query.sort),
      populate: ['tenant', ...query.along],
    },
    request,
  )
  for (const mapping of page.nodes) {
    loaders.mappingOfTenant.prime(mapping.tenant.id, mapping)
    loaders.tenant.prime(mapping.tenant.id, mapping.tenant.unwrap())
    if (query.along.includes('account') && mapping.account !== null)
      loaders.account.prime(mapping.account.id, mapping.account.unwrap())
    if (query.along.includes('contract') && mapping.contract !== null)
      loaders.contract.prime(mapping.contract.id, mapping.contract.unwrap())
  }
  return page
}

function toConditions(query: MappingPageQuery): FilterQuery<AccountMappingRow> {
  const { integrationId, kind, mapped, billingEnabled, present } = query
  // By the tenant's own column, so that its index on names gives the page without sorting all rows.
  const tenant = {
    integrationId,
    ...nameContains(query.tenantNameContains),
    ...(kind === null ? {} : { kind }),
    ...(present === null ? {} : { isPresent: present }),
  }
  return {
    tenant,
    ...(mapped === null ? {} : { account: mapped ? { $ne: null } : null }),
    ...(billingEnabled === null ? {} : { billingEnabled }),
  }
}

function byTenantName(sort: 'NAME_ASC' | 'NAME_DESC'): PageOrder<AccountMappingRow> {
  return {
    name: `TENANT_${sort}`,
    direction: sort === 'NAME_ASC' ? 'asc' : 'desc',
    path: ['tenant', 'nameSort'],
    read: (mapping) => mapping.tenant.unwrap().nameSort,
    idPath: ['tenant', 'id'],
    readId: (mapping) => mapping.tenant.id,
  }
}
