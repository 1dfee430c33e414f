import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ADMIN_TOKEN, startTestApp, type TestApp } from '../../test/kit/start-test-app.ts'
import { createGraphqlServer } from '../graphql/server.ts'
import { buildSchema } from '../schema.ts'
import { addGraphqlRoute } from './graphql-route.ts'
import { addHealthRoutes } from './health-routes.ts'
import { createHttpServer } from './server.ts'

describe('what is served beside GraphQL', () => {
  let trueup: TestApp
  let folder: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'trueup-web-'))
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'index.html'), '<title>Trueup</title>')
    writeFileSync(join(folder, 'assets', 'main-3f2a.js'), 'start()')
    trueup = await startTestApp('sqlite', { env: { webDir: folder } })
  })
  afterAll(async () => {
    await trueup.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${trueup.app.url}${path}`, { headers })

  test('it lives and is ready', async () => {
    expect((await get('/healthz')).status).toBe(200)
    expect((await get('/readyz')).status).toBe(200)
  })

  test('every path of the page gets the page, asked for anew each time', async () => {
    for (const path of ['/', '/accounts', '/runs/123?tab=lines']) {
      const response = await get(path)
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('<title>Trueup</title>')
      expect(response.headers.get('cache-control')).toBe('no-cache')
    }
  })

  test('files with a hash in their name are kept for a year', async () => {
    const response = await get('/assets/main-3f2a.js')
    expect(await response.text()).toBe('start()')
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  test('a file that is not there is not the page, and nothing outside the folder is served', async () => {
    expect((await get('/assets/main-old.js')).status).toBe(404)
    expect(await (await get('/..%2f..%2fetc/passwd')).text()).not.toContain('root:')
    expect((await fetch(`${trueup.app.url}/accounts`, { method: 'POST' })).status).toBe(404)
  })

  test('the page may load and talk to nothing but its own server', async () => {
    const { headers } = await get('/')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe-eval')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
  })

  test('metrics are Prometheus text for whoever has a token', async () => {
    expect((await get('/metrics')).status).toBe(401)
    const response = await get('/metrics', { authorization: `Bearer ${ADMIN_TOKEN}` })
    expect(response.headers.get('content-type')).toContain('text/plain')
    expect(await response.text()).toContain('trueup_http_request_seconds_count')
  })

  test('a body that is too large is refused before it is read', async () => {
    const response = await fetch(`${trueup.app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_TOKEN}` },
      body: JSON.stringify({
        query: '{ viewer { name } }',
        variables: { x: 'x'.repeat(9_000_000) },
      }),
    }).catch((error: unknown) => error)
    // The server may end the connection while the body is still on its way.
    expect(response instanceof Response ? response.status : 413).toBe(413)
  })

  test('before the database is migrated it lives, is not ready, and answers no GraphQL', async () => {
    const { services } = trueup.app
    const server = await createHttpServer(services.env, services.log)
    const apollo = createGraphqlServer(buildSchema(), services.log)
    await apollo.start()
    addHealthRoutes(server, { isReady: async () => false })
    addGraphqlRoute(server, apollo, { services, isOpen: () => false })
    try {
      expect((await server.inject('/healthz')).statusCode).toBe(200)
      expect((await server.inject('/readyz')).statusCode).toBe(503)
      const asked = await server.inject({
        method: 'POST',
        url: '/graphql',
        payload: { query: '{ viewer { name } }' },
        headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      })
      expect(asked.statusCode).toBe(503)
      expect(asked.json()).toMatchObject({ errors: [{ extensions: { code: 'NOT_READY' } }] })
    } finally {
      await apollo.stop()
      await server.close()
    }
  })
})
