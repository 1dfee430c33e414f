import type { Day } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { notFound } from '../../errors.ts'
import { BillingRunEntity } from '../run/billing-run.entity.ts'
import type { TenantRow } from '../tenant/tenant.entity.ts'
import { UsageReadingEntity } from '../usage/usage-reading.entity.ts'
import { UsageSnapshotEntity, type UsageSnapshotRow } from '../usage/usage-snapshot.entity.ts'

/** Which reading is wanted; the newest where nothing is said. */
export interface EvidenceWanted {
  readonly snapshotId?: string | null
  /** The newest reading that counts for this day or an earlier one. */
  readonly day?: Day | null
  /** What it is compared with; the reading of the last run before it where nothing is said. */
  readonly sinceSnapshotId?: string | null
}

/** One complete reading of a tenant, and the one that it is compared with. */
export interface Evidence {
  readonly tenant: TenantRow
  /** The tenant's newest complete reading up to the one that is wanted. */
  readonly snapshot: UsageSnapshotRow
  /** `null` where there is nothing to compare with. */
  readonly since: UsageSnapshotRow | null
  /** Why the wanted reading itself says nothing of this tenant, so that an earlier one is shown; `null` when it does. */
  readonly incompleteBecause: string | null
}

/** Finds the reading to show of a tenant; `null` when none of its readings up to then is complete. Throws NOT_FOUND. */
export async function findEvidence(
  em: Em,
  tenant: TenantRow,
  wanted: EvidenceWanted,
): Promise<Evidence | null> {
  const { snapshotId = null, day = null, sinceSnapshotId = null } = wanted
  if (snapshotId !== null) await findSnapshot(em, tenant, snapshotId)
  const newest = await findNewestReading(em, tenant, wanted, [true, false])
  const shown =
    newest?.complete === false
      ? await findNewestReading(em, tenant, { snapshotId, day }, [true])
      : newest
  if (newest === null || shown === null) return null
  const snapshot = shown.snapshot.$
  return {
    tenant,
    snapshot,
    since:
      sinceSnapshotId === null
        ? await findLastRunsSnapshot(em, snapshot)
        : await findSnapshot(em, tenant, sinceSnapshotId),
    incompleteBecause: newest.complete ? null : (newest.reason ?? 'UNKNOWN'),
  }
}

async function findNewestReading(
  em: Em,
  tenant: TenantRow,
  { snapshotId, day }: EvidenceWanted,
  complete: readonly boolean[],
) {
  return em.findOne(
    UsageReadingEntity,
    {
      tenant: tenant.id,
      complete: { $in: [...complete] },
      snapshot: {
        ...(typeof snapshotId === 'string' ? { id: { $lte: snapshotId } } : {}),
        ...(typeof day === 'string' ? { usageDay: { $lte: day } } : {}),
      },
    },
    { orderBy: { snapshot: { id: 'desc' } }, populate: ['snapshot'] },
  )
}

/** What the last run before a reading went by: whoever looks has seen that. */
async function findLastRunsSnapshot(
  em: Em,
  { id, integrationId }: UsageSnapshotRow,
): Promise<UsageSnapshotRow | null> {
  const run = await em.findOne(
    BillingRunEntity,
    { integrationId, mode: 'RUN', status: { $ne: 'FAILED' }, snapshot: { $lt: id } },
    { orderBy: { snapshot: { id: 'desc' } }, populate: ['snapshot'] },
  )
  return run?.snapshot?.$ ?? null
}

async function findSnapshot(
  em: Em,
  { integrationId }: TenantRow,
  id: string,
): Promise<UsageSnapshotRow> {
  const snapshot = await em.findOne(UsageSnapshotEntity, { id, integrationId })
  if (snapshot === null) throw notFound('reading', id)
  return snapshot
}
