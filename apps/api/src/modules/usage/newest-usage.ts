import type { Em } from '../../database/orm.ts'
import { UsageCountEntity, type UsageCountRow } from './usage-count.entity.ts'

/**
 * Counts of the newest complete reading of each tenant, with their applications, in two SQL queries whatever the
 * number of tenants. Snapshot ids rise with time, so the greatest is the newest.
 */
export async function readNewestUsage(
  em: Em,
  tenantIds: readonly string[],
): Promise<UsageCountRow[]> {
  if (tenantIds.length === 0) return []
  const marks = tenantIds.map(() => '?').join(', ')
  const newest: { tenant_id: string; snapshot_id: string }[] = await em.execute(
    `select tenant_id, max(snapshot_id) as snapshot_id from usage_reading
     where complete = ? and tenant_id in (${marks}) group by tenant_id`,
    [true, ...tenantIds],
  )
  const snapshotOf = new Map(newest.map((row) => [row.tenant_id, row.snapshot_id]))
  const counts = await em.find(
    UsageCountEntity,
    {
      tenant: { $in: [...snapshotOf.keys()] },
      snapshot: { $in: [...new Set(snapshotOf.values())] },
    },
    { populate: ['application'] },
  )
  return counts.filter((count) => snapshotOf.get(count.tenant.id) === count.snapshot.id)
}
