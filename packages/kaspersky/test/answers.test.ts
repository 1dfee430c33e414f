import type { RequestListener } from 'node:http'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import type { ScriptedServer } from './scripted-server.ts'
import { openScripted } from './scripted-server.ts'

let opened: ScriptedServer[] = []

afterEach(async () => {
  await Promise.all(opened.map((server) => server.close()))
  opened = []
})

async function script(...given: Parameters<typeof openScripted>): Promise<ScriptedServer> {
  const server = await openScripted(...given)
  opened.push(server)
  return server
}

const status =
  (code: number, text: string): RequestListener =>
  (_request, response) => {
    response.writeHead(code)
    response.end(text)
  }

const encoded =
  (encoding: string, body: Buffer): RequestListener =>
  (_request, response) => {
    response.setHeader('content-encoding', encoding)
    response.end(body)
  }

const NOT_UNDERSTOOD = 'KSC_ANSWER_NOT_UNDERSTOOD'
const LIST = JSON.stringify({
  PxgRetVal: [
    { type: 'params', value: { KLVSRV_ID: 1, KLVSRV_UID: 'uid-1', KLVSRV_DN: 'Bäckerei' } },
  ],
})

test.for([
  ['gzip', gzipSync(LIST)],
  ['deflate', deflateSync(LIST)],
  ['identity', Buffer.from(LIST)],
] as const)('an answer in %s is read', async ([encoding, body]) => {
  const { client } = await script({ 'VServers.GetVServers': encoded(encoding, body) })
  expect(await client.readTenants({})).toEqual([
    { id: 'uid-1', kind: 'VIRTUAL_SERVER', name: 'Bäckerei', isEnabled: true },
  ])
})

test('an answer that unpacks to more than the limit is not unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(4_000_000, ' '))
  const { client, called } = await script(
    { 'VServers.GetVServers': encoded('gzip', bomb) },
    { maxAnswerBytes: 100_000 },
  )
  await expect(client.readTenants({})).rejects.toMatchObject({ code: 'KSC_ANSWER_TOO_LARGE' })
  expect(called.filter((operation) => operation === 'VServers.GetVServers')).toHaveLength(1)
})

test('an answer without end is cut off at the limit', async () => {
  const endless: RequestListener = (_request, response) => {
    const more = (): void => void (response.destroyed || response.write(' '.repeat(10_000), more))
    more()
  }
  const { client } = await script({ 'VServers.GetVServers': endless }, { maxAnswerBytes: 100_000 })
  await expect(client.readTenants({})).rejects.toMatchObject({ code: 'KSC_ANSWER_TOO_LARGE' })
})

test('a damaged compressed answer is asked for again, and then a lost one', async () => {
  const damaged = encoded('gzip', Buffer.from('not gzip'))
  const { client, called } = await script({ 'VServers.GetVServers': damaged })
  await expect(client.readTenants({})).rejects.toMatchObject({ code: 'KSC_CONNECTION_LOST' })
  expect(called).toEqual([
    'Session.StartSession',
    'VServers.GetVServers',
    'VServers.GetVServers',
    'VServers.GetVServers',
    'Session.EndSession',
  ])
})

test.for([
  ['a page of another program', status(200, '<html>Sign in</html>'), 'KSC_ANSWER_NOT_UNDERSTOOD'],
  ['an answer of another form', { PxgRetVal: 'yes' }, 'KSC_ANSWER_NOT_UNDERSTOOD'],
  ['a virtual server without an id', { PxgRetVal: [{ KLVSRV_UID: 'u' }] }, NOT_UNDERSTOOD],
  ['a virtual server without a unique id', { PxgRetVal: [{ KLVSRV_ID: 1 }] }, NOT_UNDERSTOOD],
  ['an empty answer', status(200, ''), 'KSC_ANSWER_NOT_UNDERSTOOD'],
  ['nesting without end', status(200, '['.repeat(50_000)), 'KSC_ANSWER_NOT_UNDERSTOOD'],
  ['status 404', status(404, 'Not found'), 'KSC_UNEXPECTED_STATUS'],
  ['a redirection', status(302, ''), 'KSC_UNEXPECTED_STATUS'],
  ['an ended session', status(403, 'Forbidden'), 'KSC_SESSION_ENDED'],
  ['an error nobody described', { PxgError: { code: 4711, module: 'NEW' } }, 'KSC_REFUSED'],
  ['a call it does not know', { PxgError: { code: 1194, module: 'KLCONN' } }, 'KSC_METHOD_MISSING'],
] as const)('%s is a failure with a code', async ([, answer, code]) => {
  const { client, called } = await script({ 'VServers.GetVServers': answer })
  await expect(client.readTenants({})).rejects.toMatchObject({ code, name: 'VendorError' })
  expect(called.at(-1)).toBe('Session.EndSession')
})

test('a server that signs in without giving a session is not understood, and not asked again', async () => {
  const { client, called } = await script({ 'Session.StartSession': {} })
  await expect(client.readTenants({})).rejects.toMatchObject({ code: 'KSC_ANSWER_NOT_UNDERSTOOD' })
  expect(called).toEqual(['Session.StartSession'])
})

test('a reading is not lost because signing out failed', async () => {
  const { client } = await script({
    'VServers.GetVServers': status(200, LIST),
    'Session.EndSession': (request) => void request.socket.destroy(),
  })
  expect(await client.readTenants({})).toHaveLength(1)
})

test('user name, password and the name of the virtual server go out as UTF-8 in base64', async () => {
  const headers: Record<string, unknown>[] = []
  const { client } = await script({
    'VServers.GetVServers': status(200, LIST),
    'Session.StartSession': (request, response) => {
      headers.push(request.headers)
      response.end('{"PxgRetVal":"id"}')
    },
  })
  await client.readUsage({}).catch(() => undefined)
  const base64 = (text: string): string => Buffer.from(text).toString('base64')
  expect(headers[0]?.['authorization']).toBe(
    `KSCBasic user="${base64('reader')}", pass="${base64('secret')}", internal="1"`,
  )
  expect(headers[0]).not.toHaveProperty('x-ksc-vserver')
  expect(headers[1]?.['x-ksc-vserver']).toBe(base64('Bäckerei'))
})
