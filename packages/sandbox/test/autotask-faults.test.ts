import { describe, expect, it } from 'vitest'
import type { FaultsInput } from '../src/index.ts'
import { createFaults } from '../src/faults.ts'
import { createSmallWorld } from './autotask-client.ts'

const ALL = { filter: [{ op: 'exist', field: 'id' }] }
const APRIL = { unitChange: 5, effectiveDate: '2026-04-01' }

async function armed(faults: FaultsInput) {
  const small = await createSmallWorld({ switches: { serviceTimeMs: 0 } })
  for (let index = 1; index <= 6; index += 1) {
    small.sandbox.hand.addAccount({ companyName: `Customer ${index}` })
  }
  small.sandbox.arm(faults)
  const query = (body: unknown = ALL) => small.client.call('POST', 'Companies/query', body)
  return { ...small, query }
}

describe('a lost answer', () => {
  it('applyThenDrop applies the adjustment and cuts the connection, once', async () => {
    const { adjust, sandbox } = await armed({ applyThenDrop: 1 })
    await expect(adjust(APRIL)).rejects.toThrow('fetch failed')
    expect(sandbox.state().adjustments).toHaveLength(1)
    expect((await adjust(APRIL)).status).toBe(200)
    expect(sandbox.state().unitPeriods[0]?.units).toBe(10)
    expect(sandbox.calls().log.map((call) => call.status)).toEqual([0, 200])
  })

  it('applyThen500 applies the adjustment and answers with an error', async () => {
    const { adjust, sandbox } = await armed({ applyThen500: { count: 1 } })
    expect((await adjust(APRIL)).status).toBe(500)
    expect(sandbox.state().unitPeriods[0]?.units).toBe(5)
  })

  it('strikes neither reads nor refused adjustments', async () => {
    const { adjust, query, sandbox } = await armed({ applyThenDrop: 1, applyThen500: 1 })
    expect((await query()).status).toBe(200)
    expect((await adjust({ ...APRIL, serviceID: 1 })).json['errors']).toEqual([
      'Reference value on field: serviceID of type: Service does not exist or is invalid.',
    ])
    expect(Object.keys(sandbox.armedFaults())).toEqual(['applyThenDrop', 'applyThen500'])
  })
})

describe('an answer in place of the right one', () => {
  it('429 refuses as if the threads were used up, and is counted as rejected', async () => {
    const { adjust, sandbox } = await armed({ '429': { count: 2 } })
    expect([(await adjust(APRIL)).status, (await adjust(APRIL)).status]).toEqual([429, 429])
    expect(sandbox.state().adjustments).toEqual([])
    expect((await adjust(APRIL)).status).toBe(200)
    expect(sandbox.calls().rejected).toBe(2)
  })

  it('htmlError answers a page of the web server and applies nothing', async () => {
    const { adjust, sandbox } = await armed({ htmlError: 1 })
    const answer = await adjust(APRIL)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toContain('text/html')
    expect(sandbox.state().adjustments).toEqual([])
  })

  it('permissionLoss shows an empty list', async () => {
    const { query } = await armed({ permissionLoss: 1 })
    expect((await query()).json['items']).toEqual([])
    expect((await query()).json['items']).toHaveLength(7)
  })

  it('zoneMove answers 401 at the old address until the zone is looked up again', async () => {
    const { client, query, sandbox } = await armed({ zoneMove: 1 })
    expect((await query()).status).toBe(401)
    expect((await query()).status).toBe(401)
    const user = encodeURIComponent(sandbox.connection.autotask.userName)
    const zone = await client.call('GET', `zoneInformation?user=${user}`, undefined, {})
    const url = String(zone.json['url'])
    expect(url).not.toBe(sandbox.connection.autotask.url)
    const moved = await client.call('POST', `${url}V1.0/Companies/query`, { ...ALL, maxRecords: 2 })
    expect(moved.json['items']).toHaveLength(2)
    const next = String((moved.json['pageDetails'] as Record<string, unknown>)['nextPageUrl'])
    expect(next.startsWith(url)).toBe(true)
  })

  it('latencyMs delays by its length, by count, and only where it is scoped to', async () => {
    const { client, query, sandbox } = await armed({
      latencyMs: { count: 1, ms: 60, on: 'contracts.query' },
    })
    await query()
    await client.call('POST', 'Contracts/query', ALL)
    await client.call('POST', 'Contracts/query', ALL)
    const [companies = 0, slow = 0, fast = 0] = sandbox.calls().log.map((call) => call.durationMs)
    expect([companies < 59, slow >= 59, fast < 59]).toEqual([true, true, true])
  })
})

describe('a spoilt answer', () => {
  it('cutPage ends the connection in the middle of a page', async () => {
    const { query } = await armed({ cutPage: 1 })
    await expect(query()).rejects.toThrow('terminated')
    expect((await query()).status).toBe(200)
  })

  it('truncatedJson is a complete answer with half a document', async () => {
    const { query } = await armed({ truncatedJson: 1 })
    await expect(query()).rejects.toThrow(SyntaxError)
  })

  it('wrongTypes, duplicateIds, repeatedRows, skippedRows and yearOneDates change the rows of a page', async () => {
    const { client, query, sandbox } = await armed({})
    const ids = async () =>
      ((await query()).json['items'] as Record<string, unknown>[]).map((row) => row['id'])
    const right = await ids()
    sandbox.arm({ wrongTypes: 1 })
    expect((await ids())[0]).toBe(`#${String(right[0])}`)
    sandbox.arm({ duplicateIds: 1 })
    expect(await ids()).toEqual(right.with(1, right[0]))
    sandbox.arm({ repeatedRows: 1 })
    expect(await ids()).toEqual([right[0], ...right])
    sandbox.arm({ skippedRows: 1 })
    expect(await ids()).toEqual(right.toSpliced(3, 1))
    sandbox.arm({ yearOneDates: 1 })
    const [contract] = await client.rows('Contracts', ALL.filter)
    expect(contract).toMatchObject({ endDate: '0001-01-01T00:00:00' })
    expect(await ids()).toEqual(right)
  })

  it('foreignNextPage and redirect point to another host, and a visit there shows in the call log', async () => {
    const { client, query, sandbox } = await armed({ foreignNextPage: 1 })
    const page = await query({ ...ALL, maxRecords: 2 })
    const next = String((page.json['pageDetails'] as Record<string, unknown>)['nextPageUrl'])
    expect(new URL(next).hostname).toBe('localhost')
    sandbox.arm({ redirect: 1 })
    const redirect = await query()
    expect(redirect.status).toBe(302)
    expect(new URL(String(redirect.headers.get('location'))).hostname).toBe('localhost')
    await client.call('POST', next, ALL)
    expect(sandbox.calls().byOperation['autotask.unknown']).toBe(1)
    expect(sandbox.calls().log.at(-1)?.path).toContain('/foreign/')
  })

  it('hugeBody is good JSON of the size that was asked for', async () => {
    const { query } = await armed({ hugeBody: { count: 1, bytes: 3 * 1024 * 1024 } })
    const answer = await query()
    expect(answer.text.length).toBeGreaterThan(3 * 1024 * 1024)
    expect(answer.json['items']).toHaveLength(7)
  })

  it('slowBody arrives in pieces over the time that was asked for', async () => {
    const { query, sandbox } = await armed({ slowBody: { count: 1, ms: 120 } })
    expect((await query()).json['items']).toHaveLength(7)
    expect(sandbox.calls().log[0]?.durationMs).toBeGreaterThan(90)
  })

  it('slowBody ends when the caller has had enough', async () => {
    const { client, sandbox } = await armed({ slowBody: 1 })
    const signal = AbortSignal.timeout(80)
    const address = `${sandbox.connection.autotask.url}V1.0/Companies/175200`
    const asking = fetch(address, { headers: client.headers, signal }).then((r) => r.text())
    await expect(asking).rejects.toThrow('timeout')
    expect((await client.call('GET', 'Companies/175200')).status).toBe(200)
  })
})

describe('arming', () => {
  it('lets calls pass first where it is told to', async () => {
    const { query } = await armed({ htmlError: { after: 2 } })
    const statuses = []
    for (let count = 1; count <= 4; count += 1) statuses.push((await query()).status)
    expect(statuses).toEqual([200, 200, 404, 200])
  })

  it('by rate draws from the seed, so that the same world meets the same faults', async () => {
    const runs = []
    for (let run = 1; run <= 2; run += 1) {
      const { query } = await armed({ htmlError: { rate: 0.4 } })
      const statuses = []
      for (let count = 1; count <= 20; count += 1) statuses.push((await query()).status)
      runs.push(statuses)
    }
    expect(runs[0]).toEqual(runs[1])
    expect(new Set(runs[0])).toEqual(new Set([200, 404]))
  })
  it('by rate strikes an operation alike, whatever else is called in between', () => {
    const struck = (subjects: readonly string[]) => {
      const faults = createFaults(7)
      faults.arm({ htmlError: { rate: 0.4 } })
      const seen = subjects.map(
        (subject) => [subject, faults.strikes('htmlError', subject)] as const,
      )
      return seen.filter(([subject]) => subject === 'a').map(([, strike]) => strike !== undefined)
    }
    const alone = struck(Array<string>(30).fill('a'))
    expect(struck(Array<string[]>(30).fill(['b', 'a', 'c']).flat())).toEqual(alone)
    expect(new Set(alone)).toEqual(new Set([true, false]))
  })
})
