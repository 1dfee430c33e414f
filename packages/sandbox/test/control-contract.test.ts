import { beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../src/index.ts'
import { createTestClient, createTestSandbox, type TestClient } from './autotask-client.ts'

// What the documented contract of the control surface shows, call by call, as a script from outside would send it.

let sandbox: Sandbox
let client: TestClient

beforeEach(async () => {
  sandbox = await createTestSandbox({ virtualServers: 6, devices: 90, day: '2026-03-10' })
  client = createTestClient(sandbox)
})

/** A call that must be taken, and its answer. */
async function control(method: string, path: string, body?: unknown) {
  const { status, json } = await client.control(method, path, body)
  expect([method, path, status]).toEqual([method, path, 200])
  return json
}

describe('the contract of the control surface', () => {
  it('shows the world in the words of the contract', async () => {
    const state = await control('GET', '/state')
    const lists = ['accounts', 'contracts', 'lines', 'unitPeriods', 'billingItems']
    for (const list of [...lists, 'virtualServers', 'devices', 'keys']) {
      expect([list, Array.isArray(state[list])]).toEqual([list, true])
    }
  })

  it('shows the calls, and counts anew after DELETE', async () => {
    await client.call('GET', 'Companies/0')
    const { total, byOperation, maxConcurrent, rejected, log } = await control('GET', '/calls')
    expect([total, maxConcurrent, rejected]).toEqual([1, 1, 0])
    expect(byOperation).toEqual({ 'autotask.Companies.get': 1 })
    expect(log).toHaveLength(1)
    await control('DELETE', '/calls')
    expect(await control('GET', '/calls')).toMatchObject({ total: 0, log: [] })
  })

  it('moves the day, posts, and starts over', async () => {
    expect(await control('POST', '/advance', { days: 3 })).toEqual({ day: '2026-03-13' })
    const posted = await control('POST', '/post', { through: '2026-03-31' })
    expect(posted['rows']).toBeGreaterThan(0)
    expect(await control('POST', '/reset', { seed: 4 })).toEqual({ seed: 4, day: '2026-03-10' })
    const state = await control('GET', '/state')
    expect([state['seed'], state['day']]).toEqual([4, '2026-03-10'])
  })

  it.each(['name', 'uid', 'id', 'id as text'])(
    'sets the usage of a virtual server by its %s',
    async (way) => {
      const { id, uid, name } = sandbox.state().virtualServers[1] ?? { id: 0, uid: '', name: '' }
      const virtualServer = { name, uid, id, 'id as text': String(id) }[way]
      const application = sandbox.state().usage[0]?.application ?? ''
      const change = { virtualServer, application, category: 'WINDOWS_SERVER', devices: 23 }
      expect(await control('POST', '/usage', change)).toEqual(change)
      expect(sandbox.state().usage).toContainEqual({
        virtualServerId: id,
        virtualServerUid: uid,
        virtualServer: name,
        application,
        category: 'WINDOWS_SERVER',
        devices: 23,
      })
    },
  )

  it.each([
    'applyThenDrop',
    'applyThen500',
    '429',
    'latencyMs',
    'cutPage',
    'htmlError',
    'zoneMove',
    'permissionLoss',
  ])('arms %s by a number, a count or a rate', async (fault) => {
    for (const arming of [1, { count: 1 }, { rate: 0.1 }, { count: 2, rate: 0.5 }]) {
      const { armed } = await control('POST', '/faults', { [fault]: arming })
      expect(Object.keys(armed as object)).toEqual([fault])
    }
  })

  it.each([
    ['POST', '/advance', { day: 1 }],
    ['POST', '/post', { through: '31.03.2026' }],
    ['POST', '/post', {}],
    ['POST', '/usage', { virtualServer: 1, application: 'x', category: 'WINDOWS_SERVER' }],
    ['POST', '/usage', null],
    ['POST', '/faults', { applyThenDrop: { rate: 2 } }],
    ['POST', '/faults', { applyThenDrop: true }],
    ['POST', '/reset', { seed: 'one' }],
  ])('refuses %s %s %j with a sentence and changes nothing', async (method, path, body) => {
    const before = sandbox.state()
    const { status, json } = await client.control(method, path, body)
    expect(status).toBe(400)
    expect(json['error']).toMatch(/\w+ \w+/u)
    expect(sandbox.state()).toEqual(before)
    expect(sandbox.armedFaults()).toEqual({})
  })
})
