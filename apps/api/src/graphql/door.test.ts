import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMIN_TOKEN, startTestApp, type TestApp } from '../../test/kit/start-test-app.ts'
import { storeIntegration } from '../../test/kit/store-integration.ts'

const STRANGER = { token: null }

describe('the door of the API', () => {
  let trueup: TestApp
  let integrationId: string
  beforeAll(async () => {
    trueup = await startTestApp('sqlite')
    integrationId = await storeIntegration(trueup)
  })
  afterAll(() => trueup.close())

  const codesOf = async (
    query: string,
    ...rest: [
      Readonly<Record<string, unknown>>?,
      { token?: string | null; headers?: Record<string, string> }?,
    ]
  ): Promise<string[]> =>
    (await trueup.ask(query, ...rest)).errors.map((error) => error.extensions.code)

  test('a stranger may sign in, ask who is signed in, and nothing else, and learns nothing of the schema', async () => {
    const asked = await trueup.ask<{ viewer: null }>('{ viewer { name } }', {}, STRANGER)
    expect([asked.status, asked.data]).toEqual([200, { viewer: null }])
    for (const query of [
      '{ viewer { name } integrations { id } }',
      '{ __schema { types { name } } }',
      '{ noSuchField }',
      'nonsense',
      'mutation { signOut }',
      'mutation { signIn(userName: "a", password: "b") { problems { code } } signOut }',
      'fragment F on Mutation { signOut } mutation { ...F }',
    ]) {
      const answer = await trueup.ask(query, {}, STRANGER)
      expect(answer.status).toBe(401)
      expect(answer.errors.map((error) => error.extensions.code)).toEqual(['UNAUTHENTICATED'])
    }
  })

  test('a token that nobody gave out is a stranger', async () => {
    expect(await codesOf('{ viewer { name } }', {}, { token: 'x'.repeat(40) })).toEqual([
      'UNAUTHENTICATED',
    ])
    expect(
      await codesOf(
        '{ viewer { name } }',
        {},
        { token: null, headers: { authorization: 'Basic YTpi' } },
      ),
    ).toEqual(['UNAUTHENTICATED'])
  })

  test('a query that nests 30 deep is refused by its depth, whether its fields exist or not', async () => {
    const deep = `{ ${'a { '.repeat(30)} b ${'}'.repeat(30)} }`
    expect(await codesOf(deep)).toContain('QUERY_TOO_DEEP')
    const real = `{ autotaskAccounts(integrationId: "x") { nodes { ${'contracts { account { '.repeat(14)} id ${'} }'.repeat(14)} } } }`
    expect(await codesOf(real)).toEqual(['QUERY_TOO_DEEP'])
    const byFragments = `{ autotaskAccounts(integrationId: "x") { nodes { ...A } } }
      fragment A on AutotaskAccount { ${'contracts { account { '.repeat(6)} ...B ${'} }'.repeat(6)} }
      fragment B on AutotaskAccount { ${'contracts { account { '.repeat(6)} id ${'} }'.repeat(6)} }`
    expect(await codesOf(byFragments)).toEqual(['QUERY_TOO_DEEP'])
  })

  test('the introspection that tools send is not too deep', async () => {
    const { getIntrospectionQuery } = await import('graphql')
    expect((await trueup.ask(getIntrospectionQuery())).errors).toEqual([])
  })

  test('too many aliases, too much text and too large an answer are refused by their names', async () => {
    const aliases = Array.from({ length: 60 }, (_, index) => `a${index}: viewer { name }`).join(' ')
    expect(await codesOf(`{ ${aliases} }`)).toEqual(['TOO_MANY_ALIASES'])
    expect(await codesOf(`{ viewer { name } } # ${'x'.repeat(50_000)}`)).toEqual([
      'QUERY_TOO_LARGE',
    ])
    expect(await codesOf(`{ ${'viewer { name } '.repeat(2000)} }`)).toEqual([
      'GRAPHQL_PARSE_FAILED',
    ])
    const large = `query($id: ID!) { a: tenants(integrationId: $id, first: 500) { nodes { mapping { account { contracts {
      account { contracts { account { contracts { id name } } } } } } } } } }`
    expect(await codesOf(large, { id: integrationId })).toEqual(['QUERY_TOO_COMPLEX'])
  })

  test('a page of 500 rows with their nested objects is not too complex', async () => {
    const page = `query($id: ID!) { tenants(integrationId: $id, first: 500) { totalCount nodes { id name externalId
      isPresent mapping { id version billingEnabled account { id name webUrl } contract { id name startDay endDay
      unavailableBecause } } usage { unit quantity application { id name } } } } }`
    expect((await trueup.ask(page, { id: integrationId })).errors).toEqual([])
  })

  test('values of a wrong form are told apart from faults', async () => {
    const create = `mutation { createApiToken(input: { name: "x", role: READER, expiresAt: "tomorrow" }) { secret } }`
    expect(await codesOf(create)).toEqual(['GRAPHQL_VALIDATION_FAILED'])
    const variable = `mutation($at: DateTime) { createApiToken(input: { name: "x", role: READER, expiresAt: $at }) { secret } }`
    for (const at of ['2026-13-01T00:00:00Z', '2026-01-01', 7])
      expect(await codesOf(variable, { at })).toEqual(['BAD_USER_INPUT'])
    const money = `mutation($id: ID!, $limit: Decimal) { updateIntegration(id: $id, version: 1, input: {
      brakes: { lineMoney: $limit, holdDropToZero: true, holdDoubled: true } }) { problems { code } } }`
    expect(await codesOf(money, { id: integrationId, limit: '1e9' })).toEqual(['BAD_USER_INPUT'])
  })

  test('what another site makes a browser send is refused, whatever the cookie says', async () => {
    const signIn = 'mutation { signIn(userName: "a", password: "b") { problems { code } } }'
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
    ])
      expect(await codesOf(signIn, {}, { token: null, headers })).toEqual(['CROSS_SITE_REQUEST'])
    const own = { origin: trueup.app.url }
    expect(await codesOf(signIn, {}, { token: null, headers: own })).toEqual([])
  })

  test('a form that a page of another site sends is not even looked at', async () => {
    const response = await fetch(`${trueup.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"query":"{ viewer { name } }"}',
    })
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
  })

  test('requests that are none are told apart by their codes', async () => {
    const codeOf = async (body: object): Promise<string | undefined> => {
      const response = await fetch(`${trueup.app.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_TOKEN}` },
        body: JSON.stringify(body),
      })
      const answer = (await response.json()) as { errors?: { extensions: { code: string } }[] }
      return answer.errors?.[0]?.extensions.code
    }
    expect(await codeOf({ variables: {} })).toBe('BAD_REQUEST')
    const query = 'query One { viewer { name } } query Two { viewer { name } }'
    expect(await codeOf({ query })).toBe('OPERATION_RESOLUTION_FAILURE')
    const persistedQuery = { version: 1, sha256Hash: 'a'.repeat(64) }
    expect(await codeOf({ extensions: { persistedQuery } })).toBe('PERSISTED_QUERY_NOT_FOUND')
  })

  test('queries may come by GET, mutations may not', async () => {
    const get = (query: string): Promise<Response> =>
      fetch(`${trueup.app.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: {
          authorization: `Bearer ${ADMIN_TOKEN}`,
          'apollo-require-preflight': 'true',
        },
      })
    expect(await (await get('{ viewer { name } }')).json()).toEqual({
      data: { viewer: { name: 'TRUEUP_ADMIN_TOKEN' } },
    })
    expect((await get('mutation { signOut }')).status).toBe(405)
  })

  test('a fault of ours is masked with the request id under which it was logged once', async () => {
    const broken = await startTestApp('sqlite')
    try {
      const id = await storeIntegration(broken)
      await broken.app.services.orm.em.fork().execute('drop table service_mapping')
      const query = 'query($id: ID!) { serviceMappings(integrationId: $id) { id } }'
      const answer = await broken.ask(query, { id })
      const [error] = answer.errors
      expect(error?.extensions.code).toBe('INTERNAL_ERROR')
      expect(error?.message).not.toContain('service_mapping')
      const requestId = error?.extensions.requestId ?? ''
      expect(answer.headers.get('x-request-id')).toBe(requestId)
      const logged = broken.logged
        .map(
          (line) =>
            JSON.parse(line) as { level: number; requestId?: string; err?: { message: string } },
        )
        .filter((line) => line.level >= 50)
      expect(logged).toHaveLength(1)
      expect(logged[0]).toMatchObject({
        requestId,
        err: { message: expect.stringContaining('service_mapping') as unknown },
      })
    } finally {
      await broken.close()
    }
  })
})
