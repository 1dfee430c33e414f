import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'

const CREATE = /* GraphQL */ `
  mutation ($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      token {
        id
        name
        role
      }
      secret
      problems {
        code
      }
    }
  }
`

interface Created {
  createApiToken: {
    token: { id: string; name: string; role: string } | null
    secret: string | null
    problems: { code: string }[]
  }
}

describe.each(databaseKinds)('tokens of programs, on %s', (kind) => {
  let trueup: TestApp
  beforeAll(async () => {
    trueup = await startTestApp(kind)
  })
  afterAll(() => trueup.close())

  const create = async (input: object): Promise<Created['createApiToken']> =>
    (await trueup.ask<Created>(CREATE, { input })).data.createApiToken
  const codesBy = async (token: string | null, query: string): Promise<string[]> =>
    (await trueup.ask(query, {}, { token })).errors.map((error) => error.extensions.code)
  const CREATE_ANOTHER =
    'mutation { createApiToken(input: { name: "x", role: READER }) { problems { code } } }'
  const CHANGE_SOMETHING =
    'mutation { removeAccountMapping(tenantId: "none", version: 1) { problems { code } } }'

  test('a reader may read and change nothing', async () => {
    const { secret } = await create({ name: 'BI', role: 'READER' })
    expect(await codesBy(secret, '{ viewer { name role } integrations { name } }')).toEqual([])
    expect(await codesBy(secret, CHANGE_SOMETHING)).toEqual(['FORBIDDEN'])
  })

  test('automation may change billing, but neither connections nor tokens', async () => {
    const { secret } = await create({ name: 'RMM', role: 'AUTOMATION' })
    expect(await codesBy(secret, CHANGE_SOMETHING)).toEqual([])
    expect(await codesBy(secret, CREATE_ANOTHER)).toEqual(['FORBIDDEN'])
    expect(await codesBy(secret, '{ apiTokens { name } }')).toEqual(['FORBIDDEN'])
    const test = 'mutation { testIntegration(id: "x") { problems { code } } }'
    expect(await codesBy(secret, test)).toEqual(['FORBIDDEN'])
  })

  test('an administrator by token may do everything', async () => {
    const { secret } = await create({ name: 'Set-up', role: 'ADMINISTRATOR' })
    expect(await codesBy(secret, CREATE_ANOTHER)).toEqual([])
  })

  test('a token is good until it expires', async () => {
    const expiresAt = new Date(trueup.clock.nowMs() + 60_000).toISOString()
    const { secret } = await create({ name: 'Brief', role: 'READER', expiresAt })
    expect(await codesBy(secret, '{ viewer { name } }')).toEqual([])
    trueup.clock.advance(60_000)
    expect(await codesBy(secret, '{ viewer { name } }')).toEqual(['UNAUTHENTICATED'])
  })

  test('a revoked token is refused at once, and can be revoked only once', async () => {
    const { secret, token } = await create({ name: 'Leaked', role: 'READER' })
    const revoke = `mutation { revokeApiToken(id: "${token?.id}") { ok problems { code } } }`
    interface Revoked {
      revokeApiToken: { ok: boolean; problems: { code: string }[] }
    }
    expect((await trueup.ask<Revoked>(revoke)).data.revokeApiToken.ok).toBe(true)
    expect(await codesBy(secret, '{ viewer { name } }')).toEqual(['UNAUTHENTICATED'])
    expect((await trueup.ask<Revoked>(revoke)).data.revokeApiToken.problems).toEqual([
      { code: 'TOKEN_NOT_FOUND' },
    ])
  })

  test('a token without a name or with an end in the past is not made', async () => {
    const wrong = await create({ name: ' ', role: 'READER', expiresAt: '2020-01-01T00:00:00Z' })
    expect(wrong.token).toBeNull()
    expect(wrong.problems.map((problem) => problem.code)).toEqual([
      'TOKEN_NAME_INVALID',
      'TOKEN_EXPIRY_PAST',
    ])
  })

  test('the list tells when a token was last used, and never its secret', async () => {
    const { secret } = await create({ name: 'Seen', role: 'READER' })
    await codesBy(secret, '{ viewer { name } }')
    const { data } = await trueup.ask<{ apiTokens: { name: string; lastUsedAt: string | null }[] }>(
      '{ apiTokens { name lastUsedAt } }',
    )
    expect(data.apiTokens[0]).toEqual({
      name: 'Seen',
      lastUsedAt: new Date(trueup.clock.nowMs()).toISOString(),
    })
    const stored = JSON.stringify(
      await trueup.app.services.orm.em.fork().execute('select * from api_token'),
    )
    expect(stored).not.toContain(secret)
    expect(trueup.logged.join('\n')).not.toContain(secret)
  })
})
