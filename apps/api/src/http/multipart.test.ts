import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportOf, storeReportIntegration, upload } from '../../test/kit/reports.ts'
import {
  ADMIN_TOKEN,
  FIRST_PASSWORD,
  startTestApp,
  type TestApp,
} from '../../test/kit/start-test-app.ts'

const MOST_BYTES = 200_000
const DAY = '2026-03-15'

describe('files that come with a request', () => {
  let trueup: TestApp
  let id: string
  beforeAll(async () => {
    trueup = await startTestApp('sqlite', { mostReportBytes: MOST_BYTES })
    id = await storeReportIntegration(trueup)
  })
  afterAll(() => trueup.close())

  const small = new Blob([reportOf(DAY, ['Northwind', 'Endpoint Cloud', 4])])

  test('an uploaded report is imported under its own name', async () => {
    const { status, body } = await upload(trueup, id, small)
    expect(status).toBe(200)
    expect(body.data?.importLicenceReport).toMatchObject({ import: { companies: 1 }, problems: [] })
  })

  test('a form on another page cannot upload anything: browsers cannot send the header from there', async () => {
    const { status, body } = await upload(trueup, id, small, { headers: {} })
    expect(status).toBe(400)
    expect(body.errors?.[0]?.message).toContain('CSRF')
  })

  test('a session that another site uses cannot upload either', async () => {
    const signedIn = await fetch(`${trueup.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `mutation { signIn(userName: "admin", password: "${FIRST_PASSWORD}") { problems { code } } }`,
      }),
    })
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    const style = { token: null, headers: { cookie, 'apollo-require-preflight': 'true' } }
    expect((await upload(trueup, id, small, style)).status).toBe(200)
    const elsewhere = { ...style.headers, 'sec-fetch-site': 'cross-site' }
    const { status, body } = await upload(trueup, id, small, { ...style, headers: elsewhere })
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([403, 'CROSS_SITE_REQUEST'])
  })

  test('nobody uploads without saying who they are', async () => {
    const { status, body } = await upload(trueup, id, small, { token: null })
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED'])
  })

  test('what does not follow the specification is refused', async () => {
    const form = new FormData()
    form.append('file', small, 'report.csv')
    const response = await fetch(`${trueup.app.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, 'apollo-require-preflight': 'true' },
      body: form,
    })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'UPLOAD_INVALID' } }],
    })
  })

  test('a file beyond the limit is a problem with a code, and the server goes on', async () => {
    const line = `Northwind;Endpoint Cloud;4;Devices;Active;2030-12-31;L;${DAY}\r\n`
    const large = new Blob([line.repeat(MOST_BYTES / line.length + 1)])
    const { body } = await upload(trueup, id, large)
    expect(body.data?.importLicenceReport.rowProblems).toEqual([
      { code: 'REPORT_TOO_LARGE', row: null, column: null },
    ])
    expect((await upload(trueup, id, small)).status).toBe(200)
  })
})
