import { describe, expect, it } from 'vitest'
import { createTestClient, createTestSandbox, type TestClient } from './autotask-client.ts'

/** Five accounts with ids 0 and 175200 … 175203. */
async function fiveAccounts() {
  const sandbox = await createTestSandbox({ empty: true, day: '2026-03-10' })
  sandbox.hand.addAccount({ id: 0, companyName: 'Eigenes Haus' })
  sandbox.hand.addAccount({ companyName: 'Öllinger Weingut KG', city: 'Mödling' })
  sandbox.hand.addAccount({ companyName: 'Boulangerie Lefèvre SARL' })
  sandbox.hand.addAccount({ companyName: 'Weißhaupt Metallbau', isActive: false })
  sandbox.hand.addAccount({ companyName: 'Sørensen Regnskab ApS' })
  return { sandbox, client: createTestClient(sandbox) }
}

async function idsOf(client: TestClient, filter: unknown[], entity = 'Companies') {
  return (await client.rows(entity, filter)).map((row) => row['id'])
}

describe('query operators', () => {
  const cases: [string, unknown[], number[]][] = [
    ['eq', [{ op: 'eq', field: 'id', value: 175_201 }], [175_201]],
    ['noteq', [{ op: 'noteq', field: 'id', value: 0 }], [175_200, 175_201, 175_202, 175_203]],
    ['gt', [{ op: 'gt', field: 'id', value: 175_202 }], [175_203]],
    ['gte', [{ op: 'gte', field: 'id', value: 175_202 }], [175_202, 175_203]],
    ['lt', [{ op: 'lt', field: 'id', value: 175_200 }], [0]],
    ['lte', [{ op: 'lte', field: 'id', value: 175_200 }], [0, 175_200]],
    ['beginsWith', [{ op: 'beginsWith', field: 'companyName', value: 'öll' }], [175_200]],
    ['endsWith', [{ op: 'endsWith', field: 'companyName', value: 'sarl' }], [175_201]],
    ['contains', [{ op: 'contains', field: 'companyName', value: 'ß' }], [175_202]],
    ['exist', [{ op: 'exist', field: 'city' }], [175_200]],
    ['notExist', [{ op: 'notExist', field: 'city' }], [0, 175_201, 175_202, 175_203]],
    ['in', [{ op: 'in', field: 'id', value: [175_203, 0, 9] }], [0, 175_203]],
    ['notIn', [{ op: 'notIn', field: 'id', value: [0, 175_200, 175_201] }], [175_202, 175_203]],
    ['a boolean', [{ op: 'eq', field: 'isActive', value: false }], [175_202]],
    ['field names in any case', [{ op: 'eq', field: 'COMPANYNAME', value: 'eigenes haus' }], [0]],
  ]
  it.each(cases)('%s', async (_name, filter, ids) => {
    const { client } = await fiveAccounts()
    expect(await idsOf(client, filter)).toEqual(ids)
  })

  it('joins the top level by and, and nested groups as they say', async () => {
    const { client } = await fiveAccounts()
    const filter = [
      { op: 'gt', field: 'id', value: 0 },
      {
        op: 'or',
        items: [
          { op: 'contains', field: 'companyName', value: 'metall' },
          {
            op: 'and',
            items: [
              { op: 'exist', field: 'city' },
              { op: 'eq', field: 'isActive', value: true },
            ],
          },
        ],
      },
    ]
    expect(await idsOf(client, filter)).toEqual([175_200, 175_202])
  })

  it('drops operators that nobody knows without a word, so that everything comes back', async () => {
    const { client } = await fiveAccounts()
    for (const op of ['ne', 'noteExist', 'startsWith', 'isNull', 'EQ']) {
      expect(await idsOf(client, [{ op, field: 'id', value: 0 }])).toHaveLength(5)
    }
  })

  it('finds nothing by a value of the wrong type', async () => {
    const { client } = await fiveAccounts()
    expect(await idsOf(client, [{ op: 'eq', field: 'id', value: '175201' }])).toEqual([])
    expect(await idsOf(client, [{ op: 'eq', field: 'isActive', value: 'true' }])).toEqual([])
  })

  it('compares dates as instants: midnight is before any later time of the same day', async () => {
    const { sandbox, client } = await fiveAccounts()
    const { id } = sandbox.hand.addContract({
      companyID: 0,
      startDate: '2026-01-01',
      endDate: '2026-03-10',
    })
    const until = (value: string) => [{ op: 'gte', field: 'endDate', value }]
    expect(await idsOf(client, until('2026-03-10'), 'Contracts')).toEqual([id])
    expect(await idsOf(client, until('2026-03-10T00:00:00'), 'Contracts')).toEqual([id])
    expect(await idsOf(client, until('2026-03-10T09:00:00Z'), 'Contracts')).toEqual([])
  })
})

describe('a query is refused', () => {
  const everything = [{ op: 'exist', field: 'id' }]
  const cases: [string, unknown, string][] = [
    [
      'for a field that the entity does not have',
      { filter: [{ op: 'eq', field: 'nope', value: 1 }] },
      'Unable to find nope in the Company Entity',
    ],
    [
      'for a page of 0 rows',
      { filter: everything, maxRecords: 0 },
      'maxCountOfRecordsToReturn must be between 1 and 500',
    ],
    [
      'for a page of 501 rows',
      { filter: everything, MaxRecords: 501 },
      'maxCountOfRecordsToReturn must be between 1 and 500',
    ],
    [
      'for more than 500 members of a list',
      { filter: [{ op: 'in', field: 'id', value: Array.from({ length: 501 }, (_, n) => n) }] },
      "Invalid query syntax. Queries are limited to 500 or fewer 'OR' conditions.",
    ],
    [
      'for broken JSON',
      '{ "filter": tru }',
      'Unexpected character encountered while parsing value: {',
    ],
    ['without a filter', {}, 'Value does not exist for the required field filter'],
  ]
  it.each(cases)('%s', async (_name, body, text) => {
    const { client } = await fiveAccounts()
    const answer = await client.call('POST', 'Companies/query', body)
    expect(answer).toMatchObject({ status: 500, json: { errors: [text] } })
  })

  it('not for exactly 500 members', async () => {
    const { client } = await fiveAccounts()
    const value = Array.from({ length: 500 }, (_, n) => n)
    expect(await idsOf(client, [{ op: 'in', field: 'id', value }])).toEqual([0])
  })
})

describe('pages', () => {
  const body = { maxRecords: 2, filter: [{ op: 'gte', field: 'id', value: 0 }] }

  function detailsOf(json: Record<string, unknown>) {
    return json['pageDetails'] as Record<string, unknown>
  }

  it('are walked by posting the same body to the address that the server gave', async () => {
    const { client } = await fiveAccounts()
    const ids: unknown[] = []
    const backwards: unknown[] = []
    let next: unknown = 'Companies/query'
    while (typeof next === 'string') {
      const { json } = await client.call('POST', next, body)
      ids.push(...(json['items'] as { id: number }[]).map((row) => row.id))
      backwards.push(detailsOf(json)['prevPageUrl'] === null)
      next = detailsOf(json)['nextPageUrl']
    }
    expect(ids).toEqual([0, 175_200, 175_201, 175_202, 175_203])
    expect(backwards).toEqual([true, false, false])
  })

  it('can be walked back', async () => {
    const { client } = await fiveAccounts()
    const first = await client.call('POST', 'Companies/query', body)
    const second = await client.call('POST', String(detailsOf(first.json)['nextPageUrl']), body)
    const back = await client.call('POST', String(detailsOf(second.json)['prevPageUrl']), body)
    expect(back.json['items']).toEqual(first.json['items'])
  })

  it('refuse the other verb, which would otherwise cut the result without a word', async () => {
    const { client } = await fiveAccounts()
    const posted = await client.call('POST', 'Companies/query', body)
    const wrong = await client.call('GET', String(detailsOf(posted.json)['nextPageUrl']))
    expect(wrong).toMatchObject({
      status: 405,
      json: { Message: "The requested resource does not support http method 'GET'." },
    })
    const search = encodeURIComponent(JSON.stringify(body))
    const got = await client.call('GET', `Companies/query?search=${search}`)
    const next = String(detailsOf(got.json)['nextPageUrl'])
    expect((await client.call('POST', next, body)).status).toBe(405)
    expect((await client.call('GET', next)).json['items']).toHaveLength(2)
  })

  it('name their rows, the size that was asked for, and a cursor that is the last id', async () => {
    const { client } = await fiveAccounts()
    const { json } = await client.call('POST', 'Companies/query', body)
    const details = detailsOf(json)
    expect(details).toMatchObject({ count: 2, requestCount: 2 })
    const paging = new URL(String(details['nextPageUrl'])).searchParams.get('paging')
    expect(paging).toBe('{"pageSize":2,"previousIds":[-1],"nextIds":[175200]}')
  })

  it('end where they are exactly full, or with an empty page where the switch says so', async () => {
    const { sandbox, client } = await fiveAccounts()
    const full = { ...body, maxRecords: 5 }
    const closed = await client.call('POST', 'Companies/query', full)
    expect(detailsOf(closed.json)['nextPageUrl']).toBeNull()
    sandbox.setSwitches({ fullLastPage: 'open' })
    const open = await client.call('POST', 'Companies/query', full)
    const after = await client.call('POST', String(detailsOf(open.json)['nextPageUrl']), full)
    expect(after.json).toMatchObject({ items: [], pageDetails: { count: 0, nextPageUrl: null } })
  })
})

describe('answers', () => {
  it('carry only the fields that were asked for', async () => {
    const { client } = await fiveAccounts()
    const { json } = await client.call('POST', 'Companies/query', {
      IncludeFields: ['ID', 'companyname'],
      Filter: [{ Op: 'eq', Field: 'id', Value: 0 }],
    })
    expect(json['items']).toEqual([{ id: 0, companyName: 'Eigenes Haus' }])
  })

  it('count by both verbs', async () => {
    const { client } = await fiveAccounts()
    const body = { filter: [{ op: 'gt', field: 'id', value: 0 }] }
    const search = encodeURIComponent(JSON.stringify(body))
    const posted = await client.call('POST', 'Companies/query/count', body)
    const got = await client.call('GET', `Companies/query/count?search=${search}`)
    expect([posted.json, got.json]).toEqual([{ queryCount: 4 }, { queryCount: 4 }])
  })

  it('show a row by its id, id 0 included, and null for a row that is not there', async () => {
    const { sandbox, client } = await fiveAccounts()
    const zero = await client.call('GET', 'Companies/0')
    expect(zero.json['item']).toMatchObject({ id: 0, companyName: 'Eigenes Haus', isActive: true })
    const missing = await client.call('GET', 'Companies/77')
    expect(missing).toMatchObject({ status: 200, json: { item: null } })
    sandbox.setSwitches({ missingItem: '404' })
    expect((await client.call('GET', 'Companies/77')).status).toBe(404)
  })

  it('give dates in UTC with a Z, or without where the switch says so', async () => {
    const { sandbox, client } = await fiveAccounts()
    sandbox.hand.addContract({ companyID: 0, startDate: '2026-01-15', endDate: '2026-12-31' })
    const read = async () => (await client.rows('Contracts', [{ op: 'exist', field: 'id' }]))[0]
    expect(await read()).toMatchObject({ startDate: '2026-01-15T00:00:00Z' })
    sandbox.setSwitches({ dateZone: 'none' })
    expect(await read()).toMatchObject({ startDate: '2026-01-15T00:00:00' })
  })

  it('list the children of a parent, and only those', async () => {
    const { sandbox, client } = await fiveAccounts()
    const service = sandbox.hand.addService({ name: 'Endpoint' })
    const contracts = [1, 2].map(() => sandbox.hand.addContract({ companyID: 0 }))
    const lines = contracts.map(({ id }) =>
      sandbox.hand.addLine({ contractID: id, serviceID: service.id, units: 3 }),
    )
    const [first] = contracts
    const listed = await client.call('GET', `Contracts/${first?.id}/Services`)
    expect(listed.json['items']).toMatchObject([{ id: lines[0]?.id, serviceID: service.id }])
    const other = await client.call('GET', `Contracts/${first?.id}/Services/${lines[1]?.id}`)
    expect(other.json).toEqual({ item: null })
    expect((await client.call('POST', `Contracts/${first?.id}/Services/query`, {})).status).toBe(
      404,
    )
    expect(
      (await client.call('GET', `Contracts/${first?.id}/ServiceUnits`)).json['items'],
    ).toHaveLength(12)
  })
})
