import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { FIRST_PASSWORD, startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'

describe.each(databaseKinds)('signing in, on %s', (kind) => {
  let trueup: TestApp
  beforeAll(async () => {
    trueup = await startTestApp(kind)
  })
  afterAll(() => trueup.close())

  test('the first administrator signs in and is known by the cookie afterwards', async () => {
    const signedIn = await trueup.ask<{ signIn: { viewer: { name: string } | null } }>(
      'mutation($password: String!) { signIn(userName: "Admin", password: $password) { viewer { name } problems { code } } }',
      { password: FIRST_PASSWORD },
      { token: null },
    )
    expect(signedIn.data.signIn.viewer).toEqual({ name: 'admin' })
    const [cookie = ''] = signedIn.headers.getSetCookie()
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)

    const viewer = await trueup.ask<{ viewer: { kind: string; name: string; role: string } }>(
      '{ viewer { kind name role } }',
      {},
      { token: null, headers: { cookie: cookie.split(';')[0] ?? '' } },
    )
    expect(viewer.data.viewer).toEqual({ kind: 'PERSON', name: 'admin', role: 'ADMINISTRATOR' })
  })

  test('a sign-in may say by fragments what it wants to see, and nothing else may', async () => {
    const fragment = 'fragment P on Problem { code } fragment Q on Query { integrations { id } }'
    const signedIn = await trueup.ask<{ signIn: { problems: unknown[] } }>(
      `mutation($password: String!) { signIn(userName: "admin", password: $password) { problems { ...P } } } fragment P on Problem { code }`,
      { password: FIRST_PASSWORD },
      { token: null },
    )
    expect(signedIn.data.signIn.problems).toEqual([])
    const curious = await trueup.ask(`{ ...Q } ${fragment}`, {}, { token: null })
    expect(curious.errors[0]?.extensions.code).toBe('UNAUTHENTICATED')
  })
})
