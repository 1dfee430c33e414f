import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import { FIRST_PASSWORD } from '../../../test/kit/start-test-app.ts'

let practice: Practice
beforeAll(async () => {
  practice = await startPractice('sqlite')
})
afterAll(() => practice.close())

test("a session lasts by the browser's time, not by the practice world's calendar", async () => {
  const { trueup } = practice
  const passDays = () => trueup.ask('mutation { advancePracticeDay(days: 60) { ok } }')
  await passDays()
  const signedIn = await trueup.ask(
    'mutation($password: String!) { signIn(userName: "admin", password: $password) { problems { code } } }',
    { password: FIRST_PASSWORD },
    { token: null },
  )
  const [cookie = ''] = signedIn.headers.getSetCookie()
  const expires = Date.parse(/Expires=([^;]+)/u.exec(cookie)?.[1] ?? '')
  const days = (expires - trueup.clock.nowMs()) / 86_400_000
  expect(Math.round(days)).toBe(14)

  await passDays()
  const later = await trueup.ask<{ viewer: { name: string } }>(
    '{ viewer { name } }',
    {},
    { token: null, headers: { cookie: cookie.split(';')[0] ?? '' } },
  )
  expect(later.data.viewer.name).toBe('admin')
})
