import type { DeviceUse } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { insertAll } from '../../database/insert-all.ts'
import type { Em } from '../../database/orm.ts'
import { toNameColumns } from '../../database/search-text.ts'
import { inChunks } from '../../database/store-listed.ts'
import { DeviceUseEntity, type DeviceUseRow } from './device-use.entity.ts'

/** One device that one tenant uses an application on, as a snapshot saw it. */
export interface SeenUse {
  /** Our own ids. */
  readonly tenant: string
  readonly application: string
  readonly device: DeviceUse
}

/** What a snapshot saw, of the tenants that it read completely. */
export interface SnapshotEvidence {
  readonly snapshotId: string
  readonly tenants: readonly string[]
  readonly seen: readonly SeenUse[]
}

/**
 * Writes who joined, who left and whose facts changed since the last complete reading of each tenant, within the
 * caller's transaction. Devices that stayed as they were cost nothing; tenants that were not read completely are left
 * as they were.
 */
export async function keepEvidence(em: Em, evidence: SnapshotEvidence): Promise<void> {
  const { snapshotId } = evidence
  const open = await readOpen(em, evidence.tenants)
  const begun: object[] = []
  const changed: string[] = []
  for (const { tenant, application, device } of evidence.seen) {
    const key = useKey(tenant, application, device.device)
    const before = open.get(key)
    open.delete(key)
    if (before !== undefined && isSame(before, device)) continue
    if (before !== undefined) changed.push(before.id)
    begun.push({
      id: newId(),
      tenant,
      application,
      ...toFacts(device),
      joined: before?.joined_snapshot_id ?? snapshotId,
      since: snapshotId,
      until: null,
      hasLeft: false,
    })
  }
  await end(em, changed, { until: snapshotId, hasLeft: false })
  const left = [...open.values()].map((row) => row.id)
  await end(em, left, { until: snapshotId, hasLeft: true })
  await insertAll(em, DeviceUseEntity, begun)
}

/** A row of `device_use` as the database gives it: a large provider has a hundred thousand, too many for entities. */
interface OpenUse {
  readonly id: string
  readonly tenant_id: string
  readonly application_id: string
  readonly device_id: string
  readonly name: string
  readonly category: string
  readonly operating_system: string | null
  readonly joined_snapshot_id: string
  /** SQLite keeps JSON as text, PostgreSQL reads it. */
  readonly keys: string | readonly string[]
}

async function readOpen(em: Em, tenants: readonly string[]): Promise<Map<string, OpenUse>> {
  const open = new Map<string, OpenUse>()
  for (const chunk of inChunks(tenants)) {
    const marks = chunk.map(() => '?').join(', ')
    const rows: OpenUse[] = await em.execute(
      `select id, tenant_id, application_id, device_id, name, category, operating_system, keys, joined_snapshot_id
       from device_use where until_snapshot_id is null and tenant_id in (${marks})`,
      chunk,
    )
    for (const row of rows) open.set(useKey(row.tenant_id, row.application_id, row.device_id), row)
  }
  return open
}

async function end(
  em: Em,
  ids: readonly string[],
  how: { readonly until: string; readonly hasLeft: boolean },
): Promise<void> {
  for (const chunk of inChunks(ids))
    await em.nativeUpdate(DeviceUseEntity, { id: { $in: chunk } }, how)
}

type Facts = Pick<
  DeviceUseRow,
  'deviceId' | 'name' | 'nameSearch' | 'nameSort' | 'category' | 'operatingSystem' | 'keys'
>

function toFacts(device: DeviceUse): Facts {
  return {
    deviceId: device.device,
    ...toNameColumns(device.name),
    category: device.category,
    operatingSystem: device.operatingSystem ?? null,
    keys: device.keys,
  }
}

function isSame(row: OpenUse, device: DeviceUse): boolean {
  const keys = typeof row.keys === 'string' ? row.keys : JSON.stringify(row.keys)
  return (
    row.name === device.name &&
    row.category === device.category &&
    row.operating_system === (device.operatingSystem ?? null) &&
    keys === JSON.stringify(device.keys)
  )
}

function useKey(tenant: string, application: string, device: string): string {
  return `${tenant}/${application}/${device}`
}
