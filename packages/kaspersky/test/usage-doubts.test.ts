import { afterEach, describe, expect, test } from 'vitest'
import type { ScriptedCenter } from './scripted-center.ts'
import { centerAnswers, hostOf, keyOf, rowOf } from './scripted-center.ts'
import type { ScriptedServer } from './scripted-server.ts'
import { openScripted } from './scripted-server.ts'

let server: ScriptedServer | undefined

afterEach(async () => {
  await server?.close()
  server = undefined
})

/** Reasons and facts of incomplete tenants, quantities of complete ones. */
async function readScripted(center: ScriptedCenter) {
  server = await openScripted(centerAnswers(center))
  const { readings } = await server.client.readUsage({})
  return Object.fromEntries(
    readings.map((one) => [
      one.tenant,
      one.complete
        ? one.applications.map(({ quantity }) => quantity)
        : { ...one.facts, reason: one.reason },
    ]),
  )
}

const A1 = hostOf('a1', 10)
const A2 = hostOf('a2', 10)
const B1 = hostOf('b1', 20)
const honest: ScriptedCenter = {
  main: { hosts: [A1, A2, B1], keys: [keyOf('K', [rowOf('a1'), rowOf('a2'), rowOf('b1')])] },
  a: { hosts: [A1, A2], keys: [keyOf('K', [rowOf('a1'), rowOf('a2')])] },
  b: { hosts: [B1], keys: [keyOf('K', [rowOf('b1')])] },
  named: ['K'],
  hostCounts: [2, 1],
}

test('where nothing speaks against the wide reading, no other session is opened', async () => {
  expect(await readScripted(honest)).toEqual({ 'uid-a': [2], 'uid-b': [1] })
  expect(server?.called.filter((one) => one === 'Session.StartSession')).toHaveLength(1)
})

test('a device that nobody can place is found by the sessions of the virtual servers', async () => {
  const main = { ...honest.main, hosts: [A1, B1] }
  expect(await readScripted({ ...honest, main })).toEqual({ 'uid-a': [2], 'uid-b': [1] })
})

test('a device that nobody lists leaves its key uncertain for all', async () => {
  const ghost = rowOf('ghost')
  const center: ScriptedCenter = {
    ...honest,
    main: { hosts: [A1, A2, B1], keys: [keyOf('K', [rowOf('a1'), rowOf('b1'), ghost])] },
    a: { hosts: [A1, A2], keys: [keyOf('K', [rowOf('a1'), ghost])] },
  }
  expect(await readScripted(center)).toEqual({
    'uid-a': {
      reason: 'KSC_DEVICE_NOT_LISTED',
      wideReading: 'KSC_DEVICE_UNPLACED',
      device: 'ghost',
      key: 'K',
    },
    'uid-b': [1],
  })
})

test('a device that its group places but the list of devices lacks concerns only its virtual server', async () => {
  const center: ScriptedCenter = {
    ...honest,
    main: { hosts: [A1, B1], keys: [keyOf('K', [rowOf('a1'), rowOf('a2', 10), rowOf('b1')])] },
    a: { hosts: [A1], keys: [keyOf('K', [rowOf('a1'), rowOf('a2')])] },
    hostCounts: [1, 1],
  }
  expect(await readScripted(center)).toMatchObject({
    'uid-a': {
      reason: 'KSC_DEVICE_NOT_LISTED',
      wideReading: 'KSC_DEVICE_NOT_LISTED',
      device: 'a2',
    },
    'uid-b': [1],
  })
})

test('devices that the statistics count and the main session does not see are read by their own', async () => {
  const main = { hosts: [A1, B1], keys: [keyOf('K', [rowOf('a1'), rowOf('b1')])] }
  expect(await readScripted({ ...honest, main })).toEqual({ 'uid-a': [2], 'uid-b': [1] })
  const a = { hosts: [A1, A2], keys: [keyOf('K', [rowOf('a1')], 2)] }
  await server?.close()
  expect(await readScripted({ ...honest, main, a })).toEqual({
    'uid-a': {
      reason: 'KSC_KEY_TOTAL_DIFFERS',
      wideReading: 'KSC_DEVICES_HIDDEN',
      key: 'K',
      application: 'Select',
      expected: 2,
      read: 1,
    },
    'uid-b': [1],
  })
})

test('a key that the statistics name and no session shows makes both uncertain', async () => {
  expect(await readScripted({ ...honest, named: ['K', 'HIDDEN'] })).toEqual({
    'uid-a': { reason: 'KSC_KEYS_HIDDEN', wideReading: 'KSC_KEYS_HIDDEN', key: 'HIDDEN' },
    'uid-b': { reason: 'KSC_KEYS_HIDDEN', wideReading: 'KSC_KEYS_HIDDEN', key: 'HIDDEN' },
  })
})

describe('a key that the main session sees on some virtual servers only', () => {
  // A's second device uses a key that the main session shows for B alone, with a total that agrees.
  const [key, elsewhere] = [keyOf('K', [rowOf('a1'), rowOf('b1')]), keyOf('H', [rowOf('b1')])]
  const partly: ScriptedCenter = {
    main: { hosts: [A1, A2, B1], keys: [key, elsewhere] },
    a: { hosts: [A1, A2], keys: [keyOf('K', [rowOf('a1')]), keyOf('H', [rowOf('a2')])] },
    b: { hosts: [B1], keys: [keyOf('K', [rowOf('b1')]), elsewhere] },
    named: ['K', 'H'],
    hostCounts: [2, 1],
  }

  test('is noticed where most devices are without a key', async () => {
    expect(await readScripted(partly)).toEqual({ 'uid-a': [2], 'uid-b': [1] })
  })

  test('is noticed anywhere by a thorough reading: the first one, and again when it is due', async () => {
    // Two devices of B have no key at all, so that B is the one that looks incomplete.
    const bare = [hostOf('b2', 20), hostOf('b3', 20)]
    const center = {
      ...partly,
      main: { ...partly.main, hosts: [A1, A2, B1, ...bare] },
      b: { ...partly.b, hosts: [B1, ...bare] },
      hostCounts: [2, 3] as const,
    }
    let nowMs = Date.UTC(2026, 0, 1)
    const clock = { nowMs: () => nowMs, sleep: async () => undefined }
    server = await openScripted(centerAnswers(center), {}, { clock, thoroughEveryMs: 1_000 })
    const { client } = server
    const countA = async (): Promise<number | undefined> => {
      const { readings } = await client.readUsage({})
      const [first] = readings
      return first?.complete === true ? first.applications[0]?.quantity : undefined
    }
    expect(await countA()).toBe(2)
    expect(await countA()).toBe(1)
    nowMs += 1_000
    expect(await countA()).toBe(2)
  })
})

test('sessions that both list the same device would bill it twice', async () => {
  const main = { ...honest.main, keys: [keyOf('K', [], 3)] }
  const b = { hosts: [A1, B1], keys: [keyOf('K', [rowOf('a1'), rowOf('b1')])] }
  const shared = { reason: 'KSC_DEVICES_SHARED', wideReading: 'KSC_KEY_TOTAL_DIFFERS' }
  expect(await readScripted({ ...honest, main, b })).toEqual({ 'uid-a': shared, 'uid-b': shared })
})

test("a session that lists a whole key counts its own server's devices", async () => {
  const everywhere = [keyOf('K', [rowOf('a1'), rowOf('a2'), rowOf('b1')])]
  const center: ScriptedCenter = {
    ...honest,
    main: { ...honest.main, keys: [keyOf('K', [], 3)] },
    a: { hosts: [A1, A2], keys: everywhere },
    b: { hosts: [B1], keys: everywhere },
  }
  expect(await readScripted(center)).toEqual({ 'uid-a': [2], 'uid-b': [1] })
})

test('devices of the physical server are nobody’s', async () => {
  const own = hostOf('p1', 1)
  const main = {
    hosts: [A1, A2, B1, own],
    keys: [keyOf('K', [rowOf('a1'), rowOf('a2'), rowOf('b1'), rowOf('p1', 1)])],
  }
  expect(await readScripted({ ...honest, main })).toEqual({ 'uid-a': [2], 'uid-b': [1] })
})

test('devices of the physical server that use a counted key are told, each once', async () => {
  const [p1, p2] = [hostOf('p1', 1), hostOf('p2', 1)]
  const rows = [rowOf('a1'), rowOf('a2'), rowOf('b1'), rowOf('p1', 1), rowOf('p2', 1)]
  const main = {
    hosts: [A1, A2, B1, p1, p2],
    keys: [keyOf('K', rows), keyOf('L', [rowOf('p1', 1)])],
  }
  server = await openScripted(centerAnswers({ ...honest, main }))
  const { findings } = await server.client.readUsage({})
  expect(findings).toEqual([
    {
      code: 'DEVICES_OF_NO_TENANT',
      severity: 'WARNING',
      subject: { kind: 'APPLICATION', id: 'Select', name: 'Select' },
      facts: { devices: 2 },
      revenueAtRiskPerMonth: null,
    },
  ])
})

test('two products of one device count once, whichever way the server counts them', async () => {
  const rows = [rowOf('a1'), rowOf('a1'), rowOf('a2'), rowOf('b1')]
  for (const activeUses of [3, 4]) {
    const main = { hosts: [A1, A2, B1], keys: [keyOf('K', rows, activeUses)] }
    expect(await readScripted({ ...honest, main })).toEqual({ 'uid-a': [2], 'uid-b': [1] })
    expect(server?.called.filter((one) => one === 'Session.StartSession')).toHaveLength(1)
    await server?.close()
  }
})

test('keys that count products beside keys that count devices agree in neither way', async () => {
  const main = {
    hosts: [A1, A2, B1],
    keys: [keyOf('K', [rowOf('a1'), rowOf('a1')], 1), keyOf('L', [rowOf('a2'), rowOf('a2')], 2)],
  }
  await readScripted({ ...honest, main, named: ['K', 'L'] })
  expect(server?.called.filter((one) => one === 'Session.StartSession').length).toBeGreaterThan(1)
})
