import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { FIRST_PASSWORD, startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'

const SIGN_IN = /* GraphQL */ `
  mutation ($userName: String!, $password: String!) {
    signIn(userName: $userName, password: $password) {
      viewer {
        name
      }
      problems {
        code
        message
      }
    }
  }
`

const CHANGE = /* GraphQL */ `
  mutation ($current: String!, $new: String!) {
    changePassword(currentPassword: $current, newPassword: $new) {
      ok
      problems {
        code
      }
    }
  }
`

interface SignedIn {
  signIn: { viewer: { name: string } | null; problems: { code: string; message: string }[] }
}
interface Changed {
  changePassword: { ok: boolean; problems: { code: string }[] }
}

describe.each(databaseKinds)('signing in, on %s', (kind) => {
  let trueup: TestApp
  beforeAll(async () => {
    trueup = await startTestApp(kind)
  })
  afterAll(() => trueup.close())

  const signIn = async (
    password: string,
    userName = 'admin',
  ): Promise<{ cookie: string; codes: string[] }> => {
    const answer = await trueup.ask<SignedIn>(SIGN_IN, { userName, password }, { token: null })
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    return { cookie, codes: answer.data.signIn.problems.map((problem) => problem.code) }
  }
  const nameBy = async (cookie: string): Promise<string | undefined> => {
    const style = { token: null, headers: { cookie } }
    const { data } = await trueup.ask<{ viewer: { name: string } | null }>(
      '{ viewer { name } }',
      {},
      style,
    )
    return data.viewer?.name
  }
  const change = async (cookie: string, current: string, next: string): Promise<string[]> => {
    const { data } = await trueup.ask<Changed>(
      CHANGE,
      { current, new: next },
      { token: null, headers: { cookie } },
    )
    return data.changePassword.problems.map((problem) => problem.code)
  }
  const forgetFailures = (): void => trueup.clock.advance(2 * 60 * 60_000)

  test('the first administrator signs in and is known by the cookie afterwards', async () => {
    const answer = await trueup.ask<SignedIn>(
      SIGN_IN,
      { userName: 'ADMIN', password: FIRST_PASSWORD },
      { token: null },
    )
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(answer.data.signIn.viewer).toEqual({ name: 'admin' })
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    expect(await nameBy(cookie.split(';')[0] ?? '')).toBe('admin')
  })

  test('a wrong name and a wrong password are answered alike', async () => {
    expect((await signIn('wrong')).codes).toEqual(['SIGN_IN_REFUSED'])
    expect((await signIn(FIRST_PASSWORD, 'nobody')).codes).toEqual(['SIGN_IN_REFUSED'])
    expect((await signIn('x'.repeat(10_000))).codes).toEqual(['SIGN_IN_REFUSED'])
    forgetFailures()
  })

  test('guessing is slowed down, for the right password too, and ends after a pause', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) await signIn('wrong')
    expect((await signIn(FIRST_PASSWORD)).codes).toEqual(['SIGN_IN_PAUSED'])
    trueup.clock.advance(11_000)
    expect((await signIn(FIRST_PASSWORD)).codes).toEqual([])
  })

  test('signing out ends the session', async () => {
    const { cookie } = await signIn(FIRST_PASSWORD)
    await trueup.ask('mutation { signOut }', {}, { token: null, headers: { cookie } })
    expect(await nameBy(cookie)).toBeUndefined()
  })

  test('a session ends by itself after two weeks', async () => {
    const { cookie } = await signIn(FIRST_PASSWORD)
    trueup.clock.advance(13 * 86_400_000)
    expect(await nameBy(cookie)).toBe('admin')
    trueup.clock.advance(2 * 86_400_000)
    expect(await nameBy(cookie)).toBeUndefined()
  })

  test('a new password ends every other session and is the only one from then on', async () => {
    const other = await signIn(FIRST_PASSWORD)
    const { cookie } = await signIn(FIRST_PASSWORD)
    expect(await change(cookie, 'wrong', 'another long password')).toEqual(['PASSWORD_WRONG'])
    expect(await change(cookie, FIRST_PASSWORD, 'short')).toEqual(['PASSWORD_TOO_SHORT'])
    expect(await change(cookie, FIRST_PASSWORD, 'x'.repeat(201))).toEqual(['PASSWORD_TOO_LONG'])
    expect(await change(cookie, FIRST_PASSWORD, 'another long password')).toEqual([])
    expect(await nameBy(cookie)).toBe('admin')
    expect(await nameBy(other.cookie)).toBeUndefined()
    expect((await signIn(FIRST_PASSWORD)).codes).toEqual(['SIGN_IN_REFUSED'])
    const { cookie: again } = await signIn('another long password')
    expect(await change(again, 'another long password', FIRST_PASSWORD)).toEqual([])
  })

  test('a token has no password to change', async () => {
    const { data } = await trueup.ask<Changed>(CHANGE, { current: 'a', new: 'b'.repeat(12) })
    expect(data.changePassword.problems).toEqual([{ code: 'PERSON_REQUIRED' }])
  })

  test('neither passwords nor cookies are stored in clear or logged', async () => {
    const { cookie } = await signIn(FIRST_PASSWORD)
    const em = trueup.app.services.orm.em.fork()
    const stored = JSON.stringify([
      await em.execute('select * from person'),
      await em.execute('select * from session'),
    ])
    const secret = cookie.split('=')[1] ?? ''
    expect(secret.length).toBeGreaterThan(40)
    for (const clear of [FIRST_PASSWORD, secret]) {
      expect(stored).not.toContain(clear)
      expect(trueup.logged.join('\n')).not.toContain(clear)
    }
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

test('without a given password the first administrator gets one of its own, once', async () => {
  const trueup = await startTestApp('sqlite', { env: { firstPassword: null } })
  try {
    const { firstSignIn } = trueup.app
    expect(firstSignIn?.password).toMatch(/^(\w{5}-){3}\w{5}$/)
    const answer = await trueup.ask<{ signIn: { viewer: { mustChangePassword: boolean } } }>(
      'mutation($p: String!) { signIn(userName: "admin", password: $p) { viewer { mustChangePassword } } }',
      { p: firstSignIn?.password },
      { token: null },
    )
    expect(answer.data.signIn.viewer.mustChangePassword).toBe(true)
  } finally {
    await trueup.close()
  }
})
