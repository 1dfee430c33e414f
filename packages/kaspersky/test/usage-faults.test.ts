import type { FaultsInput, Sandbox } from '@trueup/sandbox'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  connect,
  incompleteReasons,
  openPractice,
  readCounts,
  sessionCounts,
  trueCounts,
  VIRTUAL_SERVERS,
  wrongTenants,
} from './practice.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await openPractice()
})
afterEach(() => {
  sandbox.clearFaults()
  sandbox.securityCenter.restart()
  sandbox.clearCalls()
})
afterAll(() => sandbox.close())

test.for<[fault: string, faults: FaultsInput]>([
  ['is busy for a moment (1195)', { pxgError: { count: 2, on: 'FindHosts', code: 1195 } }],
  ['is busy while an iterator is read', { pxgError: { count: 1, on: 'GetNextItems' } }],
  ['forgets an iterator (1186)', { pxgError: { count: 1, on: 'GetNextItems', code: 1186 } }],
  ['drops a connection', { dropConnection: { count: 1, on: 'GetItemsChunk' } }],
  [
    'drops a connection while an iterator is read',
    { dropConnection: { count: 1, on: 'GetNextItems' } },
  ],
  ['stands behind a gateway that fails once', { gatewayError: { count: 1, on: 'EnumKeys' } }],
  ['delivers fewer rows than it says', { cutRows: { count: 1, on: 'GetNextItems' } }],
  ['delivers fewer devices than it says', { cutRows: { count: 1, on: 'GetItemsChunk' } }],
])('a reading is complete although the server %s', async ([, faults]) => {
  sandbox.arm(faults)
  const reading = await connect(sandbox).readUsage({})
  expect(incompleteReasons(reading)).toEqual({})
  expect(readCounts(reading)).toEqual(trueCounts(sandbox))
  expect(sandbox.armedFaults()).toEqual({})
})

test.for<[fault: string, faults: FaultsInput, code: string]>([
  ['stays busy', { pxgError: { rate: 1, on: 'GetVServers' } }, 'KSC_UNAVAILABLE'],
  [
    'drops every connection',
    { dropConnection: { rate: 1, on: 'FindHosts' } },
    'KSC_CONNECTION_LOST',
  ],
  [
    'is gone behind its gateway',
    { gatewayError: { rate: 1, on: 'EnumKeys' } },
    'KSC_UNEXPECTED_STATUS',
  ],
  [
    'does not answer in time',
    { latencyMs: { rate: 1, on: 'FindHosts', ms: 1_000 } },
    'KSC_TIMEOUT',
  ],
])('a reading fails as a whole when the server %s', async ([, faults, code]) => {
  sandbox.arm(faults)
  const source = connect(sandbox, {
    limits: { requestTimeoutMs: code === 'KSC_TIMEOUT' ? 200 : 10_000 },
  })
  await expect(source.readUsage({})).rejects.toMatchObject({ code, retryable: true })
})

test.for([0.02, 0.1, 0.3])('in a storm of rate %s no tenant gets a wrong number', async (rate) => {
  sandbox.arm({ pxgError: { rate }, dropConnection: { rate }, cutRows: { rate } })
  const wrong: (readonly string[])[] = []
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const reading = connect(sandbox).readUsage({})
    wrong.push(
      await reading.then(
        (complete) => wrongTenants(sandbox, complete),
        () => [],
      ),
    )
  }
  expect(wrong).toEqual([[], [], []])
  sandbox.clearFaults()
  expect(readCounts(await connect(sandbox).readUsage({}))).toEqual(trueCounts(sandbox))
})

test.for(['http401', 'error1453'] as const)(
  'a refused sign-in (%s) is never repeated',
  async (refusedSignIn) => {
    sandbox.securityCenter.change({ refusedSignIn })
    const credentials = { user: sandbox.securityCenter.user, password: 'wrong' }
    const source = connect(sandbox, { credentials })
    const refusal = { code: 'KSC_SIGN_IN_REFUSED', retryable: false }
    await expect(source.readUsage({})).rejects.toMatchObject(refusal)
    await expect(source.readUsage({})).rejects.toMatchObject(refusal)
    await expect(source.readTenants({})).rejects.toMatchObject(refusal)
    expect(sessionCounts(sandbox).started).toBe(1)
  },
)

test('a blocked account is reported as blocked', async () => {
  sandbox.securityCenter.change({ passwordAttempts: 1 })
  const { user } = sandbox.securityCenter
  const wrong = connect(sandbox, { credentials: { user, password: 'wrong' } })
  await expect(wrong.readTenants({})).rejects.toMatchObject({ code: 'KSC_SIGN_IN_REFUSED' })
  await expect(connect(sandbox).readTenants({})).rejects.toMatchObject({
    code: 'KSC_ACCOUNT_BLOCKED',
    retryable: false,
  })
  sandbox.securityCenter.change({ passwordAttempts: 10 })
})

test('the first sign-in that a virtual server refuses is the last one tried', async () => {
  sandbox.arm({ pxgError: { rate: 1, on: 'StartSession', after: 1, code: 1453 } })
  const reading = await connect(sandbox, { plan: 'PER_SERVER' }).readUsage({})
  expect(incompleteReasons(reading)).toEqual({ KSC_SIGN_IN_REFUSED: VIRTUAL_SERVERS })
  // The main server's, and at most one on each of the four connections under way at that moment.
  expect(sessionCounts(sandbox).started).toBeLessThanOrEqual(5)
})

test('an account blocked while virtual servers are read stops the sign-ins, too', async () => {
  sandbox.arm({ pxgError: { rate: 1, on: 'StartSession', after: 3, code: 2013 } })
  const reading = await connect(sandbox, { plan: 'PER_SERVER' }).readUsage({})
  expect(wrongTenants(sandbox, reading)).toEqual([])
  expect(sessionCounts(sandbox).started).toBeLessThanOrEqual(8)
})

test('a session that the server ends stops the reading', async () => {
  const source = connect(sandbox, {
    clock: { nowMs: () => 0, sleep: async () => sandbox.securityCenter.restart() },
  })
  sandbox.arm({ pxgError: { count: 1, on: 'FindHosts' } })
  await expect(source.readUsage({})).rejects.toMatchObject({ code: 'KSC_SESSION_ENDED' })
})

test('a cancelled reading stops, signs out and says so', async () => {
  const cancel = new AbortController()
  sandbox.arm({ pxgError: { count: 1, on: 'FindHosts' } })
  const clock = { nowMs: () => 0, sleep: async () => cancel.abort() }
  const reading = connect(sandbox, { clock }).readUsage({ signal: cancel.signal })
  await expect(reading).rejects.toMatchObject({ code: 'KSC_CANCELLED' })
  expect(sessionCounts(sandbox)).toEqual({ started: 1, ended: 1 })
  await expect(connect(sandbox).readTenants({ signal: cancel.signal })).rejects.toMatchObject({
    code: 'KSC_CANCELLED',
  })
})
