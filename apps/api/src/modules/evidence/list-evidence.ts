import type { Day } from '@trueup/core'
import type { Em, Orm } from '../../database/orm.ts'
import { notFound } from '../../errors.ts'
import { TenantEntity, type TenantRow } from '../tenant/tenant.entity.ts'
import { UsageReadingEntity } from '../usage/usage-reading.entity.ts'
import { UsageSnapshotEntity } from '../usage/usage-snapshot.entity.ts'
import { whereUses, type UsesWanted } from './device-use-filter.ts'
import type { DeviceUseType } from './evidence.type.ts'
import { findEvidence, type Evidence } from './find-evidence.ts'
import { readUses } from './read-uses.ts'

/** Whose evidence of which reading is listed: one tenant's, or that of all tenants that the reading knows. */
export interface EvidenceListWanted {
  readonly of: { readonly tenantId: string } | { readonly integrationId: string }
  readonly snapshotId: string | null
  readonly day: Day | null
  readonly uses: UsesWanted
}

/** One use with whose it is and which reading says so. */
export interface ListedUse {
  readonly evidence: Evidence
  readonly use: DeviceUseType
}

const USES_PER_PAGE = 500

/** Whose evidence, looked up before anything is written. Throws NOT_FOUND. */
export async function findListedTenants(
  em: Em,
  wanted: EvidenceListWanted,
): Promise<readonly TenantRow[]> {
  const { of, snapshotId, day } = wanted
  if ('tenantId' in of) {
    const tenant = await em.findOne(TenantEntity, { id: of.tenantId })
    if (tenant === null) throw notFound('tenant', of.tenantId)
    return [tenant]
  }
  const { integrationId } = of
  const snapshot = await em.findOne(
    UsageSnapshotEntity,
    {
      integrationId,
      ...(snapshotId === null ? {} : { id: snapshotId }),
      ...(day === null ? {} : { usageDay: { $lte: day } }),
    },
    { orderBy: { id: 'desc' } },
  )
  if (snapshot === null) throw notFound('reading', snapshotId ?? integrationId)
  const readings = await em.find(
    UsageReadingEntity,
    { snapshot: snapshot.id },
    { populate: ['tenant'], orderBy: { tenant: { nameSort: 'asc', id: 'asc' } } },
  )
  return readings.map((reading) => reading.tenant.$)
}

/** The uses of these tenants, by tenant and by device, a page at a time: memory does not grow with their number. */
export async function* listEvidence(
  orm: Orm,
  tenants: readonly TenantRow[],
  wanted: EvidenceListWanted,
): AsyncGenerator<ListedUse> {
  for (const tenant of tenants) {
    const evidence = await findEvidence(orm.em.fork(), tenant, wanted)
    if (evidence === null) continue
    let after: string | null = null
    do {
      const em = orm.em.fork()
      const where = whereUses(em, tenant.id, evidence, wanted.uses)
      const page = await readUses(em, { where, evidence }, { first: USES_PER_PAGE, after })
      for (const use of page.nodes) yield { evidence, use }
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
    } while (after !== null)
  }
}
