import { LockMode } from '@mikro-orm/core'
import { invariant } from '@trueup/core'
import type { ApplicationUsage, Day, UsageReading } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { insertAll } from '../../database/insert-all.ts'
import type { Em } from '../../database/orm.ts'
import { ApplicationEntity, type ApplicationRow } from '../application/application.entity.ts'
import { keepEvidence, type SeenUse } from '../evidence/keep-evidence.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'
import { UsageCountEntity } from './usage-count.entity.ts'
import { UsageReadingEntity } from './usage-reading.entity.ts'
import { UsageSnapshotEntity } from './usage-snapshot.entity.ts'

/** What is stored, and for when it counts. */
export interface SnapshotToStore {
  readonly integrationId: string
  readonly takenAt: Date
  readonly usageDay: Day
  readonly reading: UsageReading
}

/**
 * Stores one reading of a usage source with its counts and its evidence; the caller's transaction makes it all or nothing. Tenants of the
 * reading must be in the directory already. Returns the snapshot's id.
 */
export async function storeSnapshot(em: Em, snapshot: SnapshotToStore): Promise<string> {
  const { integrationId, reading } = snapshot
  // One snapshot of an integration after the other: evidence is the difference to the one before.
  await em.findOneOrFail(IntegrationEntity, integrationId, {
    lockMode: LockMode.PESSIMISTIC_WRITE,
    fields: ['id'],
    disableIdentityMap: true,
  })
  const applications = await keepApplications(em, snapshot)
  const tenants = await readTenantIds(em, integrationId)
  const complete = reading.readings.filter((one) => one.complete)
  const id = newId()
  await em.insert(UsageSnapshotEntity, {
    id,
    integrationId,
    takenAt: snapshot.takenAt,
    usageDay: snapshot.usageDay,
    tenantsComplete: complete.length,
    tenantsIncomplete: reading.readings.length - complete.length,
  })
  const readings: object[] = []
  const counts: object[] = []
  const seen: SeenUse[] = []
  for (const one of reading.readings) {
    const tenant = tenants.get(one.tenant)
    if (tenant === undefined) continue
    readings.push({
      snapshot: id,
      tenant,
      complete: one.complete,
      reason: one.complete ? null : one.reason,
      facts: one.complete ? {} : (one.facts ?? {}),
    })
    if (!one.complete) continue
    for (const usage of one.applications) {
      const application = applications.get(usage.application)?.id
      invariant(application !== undefined, 'a reading uses an application it does not list', {
        application: usage.application,
      })
      counts.push({ snapshot: id, tenant, application, ...toCountColumns(usage) })
      for (const device of usage.devices ?? []) seen.push({ tenant, application, device })
    }
  }
  await insertAll(em, UsageReadingEntity, readings)
  await insertAll(em, UsageCountEntity, counts)
  const readCompletely = complete.flatMap((one) => tenants.get(one.tenant) ?? [])
  await keepEvidence(em, { snapshotId: id, tenants: readCompletely, seen })
  return id
}

function toCountColumns(usage: ApplicationUsage): object {
  const categories = usage.byCategory
  return {
    quantity: usage.quantity,
    workstations: categories?.WINDOWS_WORKSTATION ?? null,
    servers: categories?.WINDOWS_SERVER ?? null,
    nonWindows: categories?.NON_WINDOWS ?? null,
    unknown: categories?.UNKNOWN ?? null,
    keys: usage.keys,
  }
}

async function keepApplications(
  em: Em,
  snapshot: SnapshotToStore,
): Promise<ReadonlyMap<string, ApplicationRow>> {
  const known = await em.find(ApplicationEntity, { integrationId: snapshot.integrationId })
  const byName = new Map(known.map((row) => [row.name, row]))
  for (const { name, unit } of snapshot.reading.applications) {
    const row = byName.get(name)
    if (row !== undefined) {
      row.lastSeenAt = snapshot.takenAt
      row.unit = unit
      continue
    }
    byName.set(
      name,
      em.create(ApplicationEntity, {
        integrationId: snapshot.integrationId,
        name,
        unit,
        firstSeenAt: snapshot.takenAt,
        lastSeenAt: snapshot.takenAt,
      }),
    )
  }
  await em.flush()
  return byName
}

async function readTenantIds(em: Em, integrationId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await em.find(
    TenantEntity,
    { integrationId },
    { fields: ['id', 'externalId'], disableIdentityMap: true },
  )
  return new Map(rows.map((row) => [row.externalId, row.id]))
}
