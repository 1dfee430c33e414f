import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../test/kit/databases.ts'
import { startTestApp, type TestApp } from '../../test/kit/start-test-app.ts'
import { listTenants, storeIntegration } from '../../test/kit/store-integration.ts'

const NAMES = [
  'Ärzte Nord',
  'arzt Süd',
  'Zahnärzte am See',
  '100% Bio',
  '100 Prozent',
  'under_score',
  'underXscore',
  "O'Neill & Söhne",
  'Zitat "GmbH"',
  'Back\\slash',
  'Ausruf!zeichen',
  'Emoji 🦔 Igel',
  'STRASSE 1',
  'straße 2',
  'Дом',
  'same name',
]

interface Page {
  tenants: {
    totalCount?: number
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
    nodes: { name: string }[]
  }
}

const PAGE = /* GraphQL */ `
  query ($id: ID!, $first: Int, $after: String, $filter: TenantFilter, $sort: TenantSort) {
    tenants(integrationId: $id, first: $first, after: $after, filter: $filter, sort: $sort) {
      totalCount
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        name
      }
    }
  }
`

describe.each(databaseKinds)('lists, on %s', (kind) => {
  let trueup: TestApp
  let id: string
  beforeAll(async () => {
    trueup = await startTestApp(kind)
    id = await storeIntegration(trueup)
    await listTenants(trueup, id, NAMES)
    await listTenants(trueup, await storeIntegration(trueup, 'Other'), ['Somebody else'])
  })
  afterAll(() => trueup.close())

  const search = async (nameContains: string): Promise<string[]> => {
    const { data } = await trueup.ask<Page>(PAGE, { id, first: 500, filter: { nameContains } })
    return data.tenants.nodes.map((node) => node.name)
  }

  test('pages one after the other give every row once, in order, in both directions', async () => {
    for (const sort of ['NAME_ASC', 'NAME_DESC']) {
      const seen: string[] = []
      let after: string | null = null
      for (let page = 0; page < 10; page += 1) {
        const { data }: { data: Page } = await trueup.ask<Page>(PAGE, { id, first: 5, after, sort })
        seen.push(...data.tenants.nodes.map((node) => node.name))
        expect(data.tenants.totalCount).toBe(NAMES.length)
        after = data.tenants.pageInfo.endCursor
        if (!data.tenants.pageInfo.hasNextPage) break
      }
      expect(seen.toSorted()).toEqual(NAMES.toSorted())
      const expected = ['100 Prozent', '100% Bio', 'arzt Süd', 'Ärzte Nord']
      expect(sort === 'NAME_ASC' ? seen.slice(0, 4) : seen.toReversed().slice(0, 4)).toEqual(
        expected,
      )
    }
  })

  test('the search finds any part of a name, upper and lower case alike in every script', async () => {
    expect(await search('ÄRZTE')).toEqual(['Ärzte Nord', 'Zahnärzte am See'])
    expect(await search('strasse')).toEqual(['STRASSE 1', 'straße 2'])
    expect(await search('дом')).toEqual(['Дом'])
    expect(await search('')).toHaveLength(NAMES.length)
    expect(await search('nobody')).toEqual([])
  })

  test('signs in a search text mean themselves', async () => {
    expect(await search('%')).toEqual(['100% Bio'])
    expect(await search('_')).toEqual(['under_score'])
    expect(await search("'")).toEqual(["O'Neill & Söhne"])
    expect(await search('"')).toEqual(['Zitat "GmbH"'])
    expect(await search('\\')).toEqual(['Back\\slash'])
    expect(await search('!')).toEqual(['Ausruf!zeichen'])
    expect(await search('🦔')).toEqual(['Emoji 🦔 Igel'])
    expect(await search("'; drop table tenant; --")).toEqual([])
  })

  test('a search text of 10,000 characters is refused by its length', async () => {
    const answer = await trueup.ask(PAGE, { id, filter: { nameContains: 'x'.repeat(10_000) } })
    expect(answer.errors[0]?.extensions).toMatchObject({
      code: 'SEARCH_TEXT_TOO_LONG',
      characters: 10_000,
    })
  })

  test('a page size or cursor that cannot be is refused', async () => {
    const code = async (variables: object): Promise<string | undefined> =>
      (await trueup.ask(PAGE, { id, ...variables })).errors[0]?.extensions.code
    expect(await code({ first: 501 })).toBe('PAGE_SIZE_INVALID')
    expect(await code({ first: -1 })).toBe('PAGE_SIZE_INVALID')
    expect(await code({ after: 'nonsense' })).toBe('CURSOR_INVALID')
    const { data } = await trueup.ask<Page>(PAGE, { id, first: 2 })
    const { endCursor } = data.tenants.pageInfo
    expect(await code({ after: endCursor, sort: 'NAME_DESC' })).toBe('CURSOR_INVALID')
    expect(await code({ first: 0 })).toBeUndefined()
  })

  test('rows that come in between neither repeat nor hide others', async () => {
    const first = await trueup.ask<Page>(PAGE, { id, first: 3 })
    const all = await trueup.ask<Page>(PAGE, { id, first: 500 })
    await listTenants(trueup, id, [...NAMES, '0 before all'])
    const { endCursor: after } = first.data.tenants.pageInfo
    const second = await trueup.ask<Page>(PAGE, { id, first: 500, after })
    expect(second.data.tenants.nodes).toEqual(all.data.tenants.nodes.slice(3))
  })

  test('a page takes one SQL query with all that is asked along, and one more for the total', async () => {
    const rows = `nodes { name mapping { version account { name } contract { name } } }`
    const page = `query($id: ID!) { tenants(integrationId: $id) { ${rows} } }`
    expect(await trueup.listSql(() => trueup.ask(page, { id }))).toHaveLength(1)
    const counted = `query($id: ID!) { tenants(integrationId: $id) { totalCount ${rows} } }`
    expect(await trueup.listSql(() => trueup.ask(counted, { id }))).toHaveLength(2)
  })

  test('lists of another integration stay apart', async () => {
    expect(await search('Somebody')).toEqual([])
  })
})
