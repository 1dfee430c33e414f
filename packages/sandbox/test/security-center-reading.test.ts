import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { usageTruth } from '../src/world/security/usage-truth.ts'
import { readAccessor, readActiveDevices } from './reading.ts'
import { createClient, type Practice, startPractice } from './security-center-client.ts'

type Client = ReturnType<typeof createClient>

let practice: Practice
let client: Client

beforeEach(async () => {
  practice = await startPractice({ customers: 25, devices: 600, keys: 25 })
  client = createClient(practice.server)
})

afterEach(async () => {
  client.close()
  await practice.server.close()
})

describe('a reading over HTTPS', () => {
  it('counts what is true for every virtual server and application from one session', async () => {
    const { state, world } = practice
    const session = await client.signIn()
    const groups = await readAccessor(client, session, {
      operation: 'HostGroup.FindGroups',
      body: { vecFieldsToReturn: ['id', 'KLVSRV_ID'] },
      page: 20,
    })
    const devices = await readAccessor(client, session, {
      operation: 'HostGroup.FindHosts',
      body: { vecFieldsToReturn: ['KLHST_WKS_HOSTNAME', 'KLHST_WKS_GROUPID'] },
      page: 250,
    })
    expect(devices.rows).toHaveLength(600)
    const serverOfGroup = new Map(groups.rows.map((row) => [row['id'], row['KLVSRV_ID']]))
    const serverOfDevice = new Map(
      devices.rows.map((row) => [
        row['KLHST_WKS_HOSTNAME'],
        serverOfGroup.get(row['KLHST_WKS_GROUPID']),
      ]),
    )
    const active = await readActiveDevices(client, session, world.clock.now())
    const read = countDistinct(
      active.map(({ application, deviceId }) => ({
        slot: `${String(serverOfDevice.get(deviceId))} ${application}`,
        deviceId,
      })),
    )
    for (const slot of read.keys()) if (slot.startsWith('0 ')) read.delete(slot)
    expect(read).toEqual(truthOf(practice))
    expect(state.virtualServers.length).toBe(25)
  })

  it('counts the same from one session for each virtual server, also when the main server sees only its own', async () => {
    const { state, world, server } = practice
    server.change({ reach: 'own' })
    const slots: { slot: string; deviceId: string }[] = []
    for (const { id, name } of state.virtualServers) {
      const session = await client.signIn(name)
      const active = await readActiveDevices(client, session, world.clock.now())
      for (const { application, deviceId } of active)
        slots.push({ slot: `${id} ${application}`, deviceId })
      await client.call(session, 'Session.EndSession')
    }
    expect(countDistinct(slots)).toEqual(truthOf(practice))
  })
})

function countDistinct(rows: readonly { slot: string; deviceId: string }[]): Map<string, number> {
  const seen = new Map<string, Set<string>>()
  for (const { slot, deviceId } of rows) seen.set(slot, (seen.get(slot) ?? new Set()).add(deviceId))
  return new Map([...seen].map(([slot, ids]) => [slot, ids.size]))
}

function truthOf({ state, world }: Practice): Map<string, number> {
  const truth = new Map<string, number>()
  for (const row of usageTruth(state, world.clock.now())) {
    const slot = `${row.virtualServerId} ${row.application}`
    truth.set(slot, (truth.get(slot) ?? 0) + row.devices)
  }
  return truth
}
