import type {
  ApplicationName,
  ApplicationUsage,
  DatedReading,
  Day,
  DeviceId,
  DeviceUse,
  TenantId,
  TenantReading,
  TenantUsage,
} from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { DeviceUseEntity, type DeviceUseRow } from '../evidence/device-use.entity.ts'
import { inUseAt } from '../evidence/in-use-at.ts'
import { UsageCountEntity, type UsageCountRow } from './usage-count.entity.ts'
import { UsageReadingEntity } from './usage-reading.entity.ts'
import { UsageSnapshotEntity, type UsageSnapshotRow } from './usage-snapshot.entity.ts'

/** Which readings are wanted. */
export interface UsageWanted {
  readonly integrationId: string
  /** The snapshots to read; normally the newest, and those of the billing periods where a rule looks back. */
  readonly snapshots: readonly UsageSnapshotRow[]
  /** Device lists are large; they are read only where a rule excludes devices. */
  readonly withDevices: boolean
}

/** Reads stored snapshots back as core's usage, one entry a tenant, keyed by the tenants' own ids. */
export async function readUsage(em: Em, wanted: UsageWanted): Promise<TenantUsage[]> {
  const byTenant = new Map<TenantId, DatedReading[]>()
  for (const snapshot of wanted.snapshots) {
    for (const reading of await readSnapshot(em, snapshot, wanted.withDevices)) {
      const list = byTenant.get(reading.tenant)
      const dated: DatedReading = {
        snapshotId: snapshot.id,
        usageDay: snapshot.usageDay,
        takenAtMs: snapshot.takenAt.getTime(),
        reading,
      }
      if (list === undefined) byTenant.set(reading.tenant, [dated])
      else list.push(dated)
    }
  }
  return [...byTenant].map(([tenant, readings]) => ({ tenant, readings }))
}

/** The snapshots taken on or after `fromDay`, oldest first, and in any case the newest one. */
export async function findSnapshots(
  em: Em,
  integrationId: string,
  fromDay: Day | null,
): Promise<UsageSnapshotRow[]> {
  const newest = await em.findOne(
    UsageSnapshotEntity,
    { integrationId },
    { orderBy: { id: 'desc' } },
  )
  if (newest === null || fromDay === null) return newest === null ? [] : [newest]
  const others = await em.find(
    UsageSnapshotEntity,
    { integrationId, usageDay: { $gte: fromDay }, id: { $ne: newest.id } },
    { orderBy: { id: 'asc' } },
  )
  return [...others, newest]
}

async function readSnapshot(
  em: Em,
  snapshot: UsageSnapshotRow,
  withDevices: boolean,
): Promise<TenantReading[]> {
  const readings = await em.find(
    UsageReadingEntity,
    { snapshot: snapshot.id },
    { populate: ['tenant'] },
  )
  const counts = await em.find(
    UsageCountEntity,
    { snapshot: snapshot.id },
    { populate: ['application'] },
  )
  const devices = withDevices
    ? await readDevices(em, snapshot)
    : new Map<string, readonly DeviceUseRow[]>()
  const byTenant = Map.groupBy(counts, (count) => count.tenant.id)
  return readings.map((row): TenantReading => {
    const tenant = row.tenant.$.externalId as TenantId
    if (!row.complete)
      return { tenant, complete: false, reason: row.reason ?? 'UNKNOWN', facts: row.facts }
    const applications = (byTenant.get(row.tenant.id) ?? []).map((count) =>
      toApplicationUsage(count, devices.get(useKey(count))),
    )
    return { tenant, complete: true, applications }
  })
}

async function readDevices(
  em: Em,
  snapshot: UsageSnapshotRow,
): Promise<ReadonlyMap<string, readonly DeviceUseRow[]>> {
  const rows = await em.find(DeviceUseEntity, {
    tenant: { integrationId: snapshot.integrationId },
    $and: [inUseAt(snapshot.id)],
  })
  return Map.groupBy(rows, useKey)
}

function toApplicationUsage(
  row: UsageCountRow,
  devices: readonly DeviceUseRow[] | undefined,
): ApplicationUsage {
  const { name, unit } = row.application.unwrap()
  return {
    application: name as ApplicationName,
    unit,
    quantity: row.quantity,
    keys: row.keys,
    ...(typeof row.workstations !== 'number'
      ? {}
      : {
          byCategory: {
            WINDOWS_WORKSTATION: row.workstations,
            WINDOWS_SERVER: row.servers ?? 0,
            NON_WINDOWS: row.nonWindows ?? 0,
            UNKNOWN: row.unknown ?? 0,
          },
        }),
    ...(devices === undefined ? {} : { devices: devices.map(toDeviceUse) }),
  }
}

function toDeviceUse(row: DeviceUseRow): DeviceUse {
  return {
    device: row.deviceId as DeviceId,
    name: row.name,
    category: row.category,
    ...(row.operatingSystem === null ? {} : { operatingSystem: row.operatingSystem }),
    keys: row.keys,
  }
}

function useKey({ tenant, application }: Pick<UsageCountRow, 'tenant' | 'application'>): string {
  return `${tenant.id}/${application.id}`
}
