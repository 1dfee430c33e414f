import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mapCustomers, type MappedCustomer } from '../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../test/kit/start-practice.ts'
import { ADMIN_TOKEN } from '../../test/kit/start-test-app.ts'

type Row = Readonly<Record<string, string>>

let practice: Practice
let customer: MappedCustomer
beforeAll(async () => {
  practice = await startPractice('sqlite', { switches: { serviceTimeMs: 0 } })
  const [first] = await mapCustomers(practice)
  if (first === undefined) throw new Error('nobody is mapped')
  customer = first
})
afterAll(() => practice.close())

const get = (
  query: string,
  headers: Record<string, string> = { authorization: `Bearer ${ADMIN_TOKEN}` },
) => fetch(`${practice.trueup.app.url}/export/evidence.csv?${query}`, { headers })
const readRows = async (query: string): Promise<Row[]> =>
  parse(await (await get(query)).text(), { columns: true, record_delimiter: '\r\n' })

interface Counted {
  usageSnapshots: {
    nodes: {
      counts: {
        tenant: { id: string; name: string }
        counts: { quantity: number; application: { name: string } }[]
      }[]
    }[]
  }
}

async function readCounts(): Promise<Map<string, number>> {
  const { data } = await practice.trueup.ask<Counted>(
    `query ($id: ID!) { usageSnapshots(integrationId: $id, first: 1) { nodes { counts { tenant { id name }
      counts { quantity application { name } } } } } }`,
    { id: practice.integrationId },
  )
  return new Map(
    data.usageSnapshots.nodes[0]?.counts.flatMap(({ tenant, counts }) =>
      counts.map((count) => [`${tenant.name}/${count.application.name}`, count.quantity] as const),
    ),
  )
}

const countRows = (rows: readonly Row[]): Map<string, number> =>
  new Map(
    [...Map.groupBy(rows, (row) => `${row['Tenant']}/${row['Application']}`)].map(([name, own]) => [
      name,
      own.length,
    ]),
  )

test('the export of an integration has a row for everything that was counted', async () => {
  const rows = await readRows(`integration=${practice.integrationId}`)
  expect(rows.length).toBeGreaterThan(100)
  expect(countRows(rows)).toEqual(await readCounts())
})

test('the export of a tenant has its devices only, and those of one category when asked', async () => {
  const rows = await readRows(`tenant=${customer.tenantId}`)
  expect(new Set(rows.map((row) => row['Tenant id'])).size).toBe(1)
  const servers = await readRows(
    `tenant=${customer.tenantId}&category=WINDOWS_SERVER&category=UNKNOWN`,
  )
  expect(servers).toEqual(
    rows.filter((row) => ['WINDOWS_SERVER', 'UNKNOWN'].includes(row['Category'] ?? '')),
  )
})

test('it is a file to be saved, in UTF-8, with a mark for Excel when asked', async () => {
  const response = await get(`tenant=${customer.tenantId}&bom=1`)
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present')
  expect(response.headers.get('content-disposition')).toContain('attachment; filename="evidence')
  expect([...new Uint8Array(await response.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const plain = await (await get(`tenant=${customer.tenantId}`)).text()
  expect(plain.startsWith('Tenant,Tenant id,')).toBe(true)
  expect(plain.endsWith('\r\n')).toBe(true)
})

test('a name that a spreadsheet would compute is text, and quotes and separators survive', async () => {
  const name = '=HYPERLINK("http://evil.example","Ä, click")'
  const url = `${practice.sandbox.connection.control}/virtual-server`
  const rename = { rename: customer.virtualServerId, name }
  const renamed = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rename),
  })
  expect(renamed.status).toBe(200)
  await practice.trueup.ask(
    'mutation ($id: ID!) { readDirectory(integrationId: $id) { problems { code } } }',
    { id: practice.integrationId },
  )
  const [row] = await readRows(`tenant=${customer.tenantId}`)
  expect(row?.['Tenant']).toBe(`'${name}`)
})

test('strangers get nothing, and what is asked wrongly is said', async () => {
  const answerTo = async (query: string, headers?: Record<string, string>): Promise<unknown[]> => {
    const response = await get(query, headers)
    const { code } = (await response.json()) as { code?: string }
    return [response.status, code]
  }
  expect(await answerTo(`tenant=${customer.tenantId}`, {})).toEqual([401, 'UNAUTHENTICATED'])
  for (const query of [
    '',
    `tenant=a&integration=b`,
    'tenant=a&day=yesterday',
    'tenant=a&colour=red',
  ])
    expect(await answerTo(query)).toEqual([400, 'BAD_USER_INPUT'])
  const { integrationId } = practice
  for (const query of [
    'tenant=nobody',
    'integration=nothing',
    `integration=${integrationId}&day=2020-01-01`,
  ])
    expect(await answerTo(query)).toEqual([404, 'NOT_FOUND'])
})
