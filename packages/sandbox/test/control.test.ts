import { describe, expect, it } from 'vitest'
import { createSmallWorld, createTestClient, createTestSandbox } from './autotask-client.ts'

async function practice(options: Parameters<typeof createTestSandbox>[0] = {}) {
  const sandbox = await createTestSandbox({
    virtualServers: 8,
    devices: 80,
    day: '2026-03-10',
    ...options,
  })
  return { sandbox, client: createTestClient(sandbox) }
}

describe('the control surface', () => {
  it('shows the whole world', async () => {
    const { client, sandbox } = await practice()
    const { status, json } = await client.control('GET', '/state')
    expect(status).toBe(200)
    expect(json).toEqual(JSON.parse(JSON.stringify(sandbox.state())))
    for (const list of ['accounts', 'contracts', 'lines', 'unitPeriods', 'billingItems']) {
      expect([list, (json[list] as unknown[]).length > 0]).toEqual([list, true])
    }
    for (const list of ['virtualServers', 'devices', 'keys', 'customers', 'usage']) {
      expect([list, (json[list] as unknown[]).length > 0]).toEqual([list, true])
    }
  })

  it('shows each line with its unit rows, days without time, and whether they are posted', async () => {
    const { client, sandbox, adjust, contract, service } = await createSmallWorld()
    await adjust({ unitChange: 4, effectiveDate: '2026-02-01' })
    sandbox.post('2026-02-28')
    const { json } = await client.control('GET', '/state')
    const [line] = json['lines'] as Record<string, unknown>[]
    expect(line).toMatchObject({
      contractID: contract.id,
      serviceID: service.id,
      serviceName: 'Endpoint',
      adjustedPrice: 3,
    })
    const [first, second] = (line?.['unitPeriods'] ?? []) as Record<string, unknown>[]
    expect(first).toEqual({
      id: 610_000,
      contractID: contract.id,
      contractServiceID: line?.['id'],
      serviceID: service.id,
      startDate: '2026-02-01',
      endDate: '2026-02-28',
      units: 4,
      unitChange: 4,
      price: 12,
      cost: 8,
      posted: true,
      approveAndPostDate: '2026-03-10T09:00:00.000Z',
      kind: 'period',
    })
    expect(second).toMatchObject({ startDate: '2026-03-01', posted: false })
    expect(json['adjustments']).toMatchObject([{ unitChange: 4, by: 'api' }])
  })

  it('counts calls by operation and starts anew', async () => {
    const { client } = await practice()
    const query = { filter: [{ op: 'exist', field: 'id' }] }
    await client.call('POST', 'Companies/query', query)
    await client.call('POST', 'companies/QUERY', query)
    await client.call('GET', 'Contracts/5')
    const { json } = await client.control('GET', '/calls')
    expect(json).toMatchObject({
      total: 3,
      byOperation: { 'autotask.Companies.query': 2, 'autotask.Contracts.get': 1 },
      maxConcurrent: 1,
      rejected: 0,
    })
    expect(json['log']).toMatchObject([
      { number: 1, system: 'autotask', operation: 'Companies.query', status: 200 },
      { number: 2 },
      { number: 3, method: 'GET', path: '/atservicesrest/V1.0/Contracts/5' },
    ])
    const cleared = await client.control('DELETE', '/calls')
    expect(cleared.json).toMatchObject({ total: 0, byOperation: {}, log: [] })
  })

  it('moves the virtual day', async () => {
    const { client, sandbox } = await practice()
    expect((await client.control('POST', '/advance', { days: 25 })).json).toEqual({
      day: '2026-04-04',
    })
    expect(sandbox.world.clock.now().toISOString()).toBe('2026-04-04T09:00:00.000Z')
    for (const days of [-1, 1.5, '3', 1_000_000]) {
      expect([days, (await client.control('POST', '/advance', { days })).status]).toEqual([
        days,
        400,
      ])
    }
    expect(sandbox.world.clock.day()).toBe('2026-04-04')
  })

  it('approves and posts', async () => {
    const { client } = await practice()
    const first = await client.control('POST', '/post', { through: '2026-03-31' })
    expect(Number(first.json['rows'])).toBeGreaterThan(0)
    const again = await client.control('POST', '/post', { through: '2026-03-31' })
    expect(again.json).toEqual({ rows: 0, billingItems: 0 })
  })

  it('sets usage, and the truth follows', async () => {
    const { client, sandbox } = await practice()
    const used = sandbox.state().usage[0]
    const change = {
      virtualServer: used?.virtualServer,
      application: used?.application,
      category: 'WINDOWS_SERVER',
      devices: 7,
    }
    expect((await client.control('POST', '/usage', change)).status).toBe(200)
    expect(sandbox.state().usage).toContainEqual(expect.objectContaining(change))
  })

  it('arms faults by count, by rate or by a bare number, and clears them', async () => {
    const { client } = await practice()
    const faults = {
      applyThenDrop: { count: 2 },
      '429': 3,
      htmlError: { rate: 0.5 },
      latencyMs: 20,
    }
    const { json } = await client.control('POST', '/faults', faults)
    expect(Object.keys(json['armed'] as object).toSorted()).toEqual(Object.keys(faults).toSorted())
    expect(json['armed']).toMatchObject({
      applyThenDrop: { count: 2, rate: 1 },
      429: { count: 3 },
      latencyMs: { ms: 20, rate: 1 },
    })
    const more = await client.control('POST', '/faults', { cutPage: 1 })
    expect(Object.keys(more.json['armed'] as object)).toHaveLength(5)
    const replaced = await client.control('POST', '/faults', { clear: true, zoneMove: 1 })
    expect(Object.keys(replaced.json['armed'] as object)).toEqual(['zoneMove'])
    expect((await client.control('POST', '/faults', {})).json).toEqual({ armed: {} })
    const unknown = await client.control('POST', '/faults', { nonsense: 1 })
    expect(unknown.status).toBe(400)
    expect(unknown.json['error']).toContain('no fault "nonsense"; there are: applyThenDrop, ')
  })

  it('starts over, with the same seed or another', async () => {
    const { client, sandbox } = await practice()
    const before = sandbox.state()
    sandbox.advance(40)
    sandbox.hand.addAccount({ companyName: 'Neu' })
    sandbox.arm({ htmlError: { rate: 1 } })
    sandbox.setSwitches({ dateZone: 'none' })
    expect((await client.control('POST', '/reset', {})).json).toEqual({
      seed: 1,
      day: '2026-03-10',
    })
    expect(sandbox.state()).toEqual(before)
    expect([sandbox.armedFaults(), sandbox.switches().dateZone]).toEqual([{}, 'Z'])
    await client.control('POST', '/reset', { seed: 2 })
    expect(sandbox.state().accounts).not.toEqual(before.accounts)
    expect((await client.call('GET', 'Companies/0')).status).toBe(200)
  })

  it('lets a person edit units, end, renew and add a contract, and add accounts, services and lines', async () => {
    const { client, sandbox } = await practice({ empty: true })
    const post = async (path: string, body: unknown) =>
      (await client.control('POST', path, body)).json
    const account = await post('/account', { companyName: 'Neukunde' })
    const service = await post('/service', { name: 'Schutz', unitPrice: 4.5 })
    const contract = await post('/contract', {
      companyID: account['id'],
      startDate: '2026-01-01',
      endDate: '2026-12-31',
    })
    const line = await post('/line', {
      contractID: contract['id'],
      serviceID: service['id'],
      units: 5,
    })
    const edited = await post('/edit', {
      contractServiceID: line['id'],
      units: 8,
      from: '2026-04-01',
    })
    expect(edited).toEqual({ unitChange: 3 })
    expect(sandbox.state().adjustments).toMatchObject([{ by: 'person', unitChange: 3 }])
    const ended = await post('/contract', { contractID: contract['id'], endDate: '2026-06-30' })
    expect(ended['endDate']).toBe('2026-06-30')
    const renewed = await post('/contract', { contractID: contract['id'], renew: {} })
    expect(renewed).toMatchObject({ startDate: '2026-07-01', endDate: '2027-06-30' })
    expect(sandbox.state().lines[1]?.unitPeriods[0]?.units).toBe(8)
  })

  it('changes switches and the security center, and virtual servers', async () => {
    const { client, sandbox } = await practice()
    const switched = await client.control('POST', '/switches', { postedPeriod: 'skip' })
    expect(switched.json).toMatchObject({ postedPeriod: 'skip', dateZone: 'Z' })
    expect((await client.control('POST', '/switches', { postedPeriod: 'maybe' })).status).toBe(400)
    const settings = await client.control('POST', '/security-center', { version: 16 })
    expect(settings.json).toMatchObject({ version: 16 })
    await client.control('POST', '/virtual-server', { add: { name: 'Neu', devices: 3 } })
    await client.control('POST', '/virtual-server', { rename: 'Neu', name: 'Neuer' })
    expect(sandbox.state().virtualServers.at(-1)?.name).toBe('Neuer')
    await client.control('POST', '/virtual-server', { delete: 'Neuer' })
    expect(sandbox.state().virtualServers).toHaveLength(8)
  })

  it('says what it knows when it is asked for something else', async () => {
    const { client } = await practice({ empty: true })
    const answer = await client.control('GET', '/nothing')
    expect(answer.status).toBe(404)
    expect(answer.json['controls']).toContain('POST /advance')
    expect((await client.control('POST', '/post', '{broken')).status).toBe(400)
    expect((await client.control('POST', '/post', { through: '2026-02-30' })).status).toBe(400)
  })
})
