import type { ApplicationName, Day, DeviceId, DeviceUse, TenantId } from '@trueup/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'
import { listTenants, storeIntegration } from '../../../test/kit/store-integration.ts'
import { storeRun } from '../../../test/kit/store-run.ts'
import { inTransaction } from '../../database/transaction.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'
import { storeSnapshot } from '../usage/store-snapshot.ts'

/**
 * ```
 *   14th   15th   16th
 *   A ────────────────   stays as it is
 *   B ─────B' ────────   is called differently from the 15th on
 *   C ─┤                 leaves
 *   D ─┤          D ──   leaves and comes back
 *          E ─────────   joins
 *          F ──┤         joins and leaves
 * ```
 */
const SEEN: Readonly<Record<string, readonly (readonly [id: string, name: string])[]>> = {
  '2026-03-14': [
    ['A', 'a'],
    ['B', 'b'],
    ['C', 'c'],
    ['D', 'd'],
  ],
  '2026-03-15': [
    ['A', 'a'],
    ['B', "b'"],
    ['E', 'e'],
    ['F', 'f'],
  ],
  '2026-03-16': [
    ['A', 'a'],
    ['B', "b'"],
    ['D', 'd'],
    ['E', 'e'],
  ],
}

describe.each(databaseKinds)('what is kept of devices from reading to reading, on %s', (kind) => {
  let trueup: TestApp
  let integrationId: string
  let tenantId: string
  let snapshots: readonly string[]
  beforeAll(async () => {
    trueup = await startTestApp(kind)
    integrationId = await storeIntegration(trueup)
    await listTenants(trueup, integrationId, ['Northwind'])
    const { orm } = trueup.app.services
    tenantId = (await orm.em.fork().findOneOrFail(TenantEntity, { integrationId })).id
    const taken: string[] = []
    for (const [day, seen] of Object.entries(SEEN)) taken.push(await read(day as Day, seen))
    snapshots = taken
  })
  afterAll(() => trueup.close())

  function read(day: Day, seen: readonly (readonly [string, string])[]): Promise<string> {
    const tenant = 'Northwind' as TenantId
    const application = 'Endpoint Security' as ApplicationName
    const devices = seen.map(([id, name]): DeviceUse => ({
      device: id as DeviceId,
      name,
      category: 'WINDOWS_WORKSTATION',
      keys: ['KEY'],
    }))
    const usage = { application, unit: 'DEVICE', quantity: seen.length, keys: ['KEY'] } as const
    return inTransaction(trueup.app.services.orm, (em) =>
      storeSnapshot(em, {
        integrationId,
        takenAt: new Date(`${day}T10:00:00Z`),
        usageDay: day,
        reading: {
          tenants: [],
          readings: [{ tenant, complete: true, applications: [{ ...usage, devices }] }],
          applications: [{ name: application, unit: 'DEVICE' }],
        },
      }),
    )
  }

  /** Devices of a reading since another one: id, name, what has become of it, joined, left. */
  async function usesOf(reading: number, since: number, changes?: string[]): Promise<string[]> {
    const { data } = await trueup.ask<{ usageEvidence: { devices: { nodes: Use[] } } }>(
      `query ($tenantId: ID!, $snapshotId: ID, $since: ID, $changes: [UseChange!]) {
        usageEvidence(tenantId: $tenantId, snapshotId: $snapshotId, sinceSnapshotId: $since) {
          devices(filter: { changes: $changes }) { nodes { deviceId name change joinedDay leftDay } } } }`,
      { tenantId, snapshotId: snapshots[reading], since: snapshots[since], changes },
    )
    return data.usageEvidence.devices.nodes.map((use) =>
      [use.deviceId, use.name, use.change, use.joinedDay.slice(-2), use.leftDay?.slice(-2)]
        .join(' ')
        .trim(),
    )
  }
  interface Use {
    readonly deviceId: string
    readonly name: string
    readonly change: string
    readonly joinedDay: string
    readonly leftDay: string | null
  }

  test('who stayed, changed, joined and left is told, and a change does not make anybody new', async () => {
    expect(await usesOf(1, 0, ['STAYED', 'CHANGED', 'JOINED', 'LEFT'])).toEqual([
      'A a STAYED 14',
      "B b' CHANGED 14",
      'C c LEFT 14 15',
      'D d LEFT 14 15',
      'E e JOINED 15',
      'F f JOINED 15',
    ])
    expect(await usesOf(1, 0, ['LEFT'])).toEqual(['C c LEFT 14 15', 'D d LEFT 14 15'])
    expect(await usesOf(1, 0, ['CHANGED'])).toEqual(["B b' CHANGED 14"])
  })

  test('who left and came back in between has left and joined, and who only came and left is none of both', async () => {
    expect(await usesOf(2, 0, ['JOINED', 'LEFT'])).toEqual([
      'C c LEFT 14 15',
      'D d LEFT 14 15',
      'D d JOINED 16',
      'E e JOINED 15',
    ])
  })

  test('a reading of the past does not know who left or was renamed after it', async () => {
    expect(await usesOf(0, 0)).toEqual([
      'A a STAYED 14',
      'B b STAYED 14',
      'C c STAYED 14',
      'D d STAYED 14',
    ])
  })

  test('it is compared with what the last run went by that billed, not with a preview or a failed run', async () => {
    const [first, second] = snapshots
    await storeRun(trueup, integrationId, { snapshot: first })
    await storeRun(trueup, integrationId, { snapshot: second, mode: 'PREVIEW' })
    await storeRun(trueup, integrationId, { snapshot: second, status: 'FAILED' })
    const { data } = await trueup.ask<{ usageEvidence: { since: { usageDay: string } } }>(
      'query ($tenantId: ID!) { usageEvidence(tenantId: $tenantId) { since { usageDay } } }',
      { tenantId },
    )
    expect(data.usageEvidence.since.usageDay).toBe('2026-03-14')
  })
})
