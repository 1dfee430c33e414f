import type { UsageReading } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { AccountMappingEntity } from '../mapping/account-mapping.entity.ts'
import { TenantEntity, type TenantRow } from '../tenant/tenant.entity.ts'

/** What a reading lists beside what is known. */
export interface TenantChange {
  /** Listed before. */
  readonly known: number
  /** Listed before and not now, by name. */
  readonly missing: readonly TenantRow[]
  /** Names that are listed now and never were, in their order. */
  readonly appeared: readonly string[]
  /** Whether one of the missing ones has an account: its billing would stop. */
  readonly isMappedOneMissing: boolean
}

/** Holds a reading beside the tenants that its integration knows. */
export async function compareTenants(
  em: Em,
  integrationId: string,
  reading: Pick<UsageReading, 'tenants'>,
): Promise<TenantChange> {
  const rows = await em.find(
    TenantEntity,
    { integrationId },
    { orderBy: { nameSort: 'asc' }, disableIdentityMap: true },
  )
  const listed = new Set<string>(reading.tenants.map(({ id }) => id))
  const present = rows.filter((row) => row.isPresent)
  const missing = present.filter((row) => !listed.has(row.externalId))
  const everKnown = new Set(rows.map((row) => row.externalId))
  const mapped = await em.count(AccountMappingEntity, {
    tenant: { $in: missing.map(({ id }) => id) },
    account: { $ne: null },
  })
  return {
    known: present.length,
    missing,
    appeared: reading.tenants.filter(({ id }) => !everKnown.has(id)).map(({ name }) => name),
    isMappedOneMissing: mapped > 0,
  }
}

/** From this share of the known ones on, those that are missing are more likely cut off than gone. */
const SUSPICIOUS_SHARE = 0.1
const SUSPICIOUS_COUNT = 2

/**
 * Whether a person has to say what became of the missing ones: there are many of them, the file may be cut, or one that
 * is mapped is gone while a new one came, which is how a renamed company looks.
 */
export function isSuspicious(change: TenantChange, mayBeCut: boolean): boolean {
  const { known, missing, appeared, isMappedOneMissing } = change
  if (missing.length === 0) return false
  const isMany = missing.length >= Math.max(SUSPICIOUS_COUNT, known * SUSPICIOUS_SHARE)
  return isMany || mayBeCut || (isMappedOneMissing && appeared.length > 0)
}
