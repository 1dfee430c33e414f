import type { TenantListing } from '@trueup/core'
import { newId } from '../../database/id.ts'
import type { Em } from '../../database/orm.ts'
import { toNameColumns } from '../../database/search-text.ts'
import { inChunks, storeListed, type ListedChange } from '../../database/store-listed.ts'
import { AccountMappingEntity } from '../mapping/account-mapping.entity.ts'
import { TenantEntity } from './tenant.entity.ts'

/**
 * Brings the tenants of an integration to what the usage source lists now, within the caller's transaction. Renamed
 * ones keep their mapping, vanished ones too; every new one gets an empty mapping.
 */
export async function storeTenants(
  em: Em,
  integrationId: string,
  listing: { readonly tenants: readonly TenantListing[]; readonly at: Date },
): Promise<ListedChange> {
  const { at } = listing
  const change = await storeListed(em, TenantEntity, {
    integrationId,
    rows: listing.tenants.map((tenant) => ({
      externalId: tenant.id,
      kind: tenant.kind,
      ...toNameColumns(tenant.name),
    })),
    once: { firstSeenAt: at, lastSeenAt: at },
  })
  await em.nativeUpdate(TenantEntity, { integrationId, isPresent: true }, { lastSeenAt: at })
  if (change.added > 0) await addMappings(em, integrationId, at)
  return change
}

async function addMappings(em: Em, integrationId: string, at: Date): Promise<void> {
  const mapped = await em.find(
    AccountMappingEntity,
    { integrationId },
    { fields: ['tenant'], disableIdentityMap: true },
  )
  const known = new Set(mapped.map((row) => row.tenant.id))
  const tenants = await em.find(
    TenantEntity,
    { integrationId },
    { fields: ['id'], disableIdentityMap: true },
  )
  for (const rows of inChunks(tenants.filter((tenant) => !known.has(tenant.id))))
    await em.insertMany(
      AccountMappingEntity,
      rows.map((tenant) => ({
        id: newId(),
        integrationId,
        version: 1,
        tenant: tenant.id,
        account: null,
        contract: null,
        billingEnabled: false,
        effectiveDatePolicy: null,
        updatedAt: at,
      })),
    )
}
