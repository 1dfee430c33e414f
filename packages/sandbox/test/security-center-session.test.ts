import { connect } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  base64,
  basic,
  createClient,
  type Practice,
  startPractice,
} from './security-center-client.ts'

let practice: Practice
let client: ReturnType<typeof createClient>

beforeEach(async () => {
  practice = await startPractice({ settings: { passwordAttempts: 3 } })
  client = createClient(practice.server)
})

afterEach(async () => {
  client.close()
  await practice.server.close()
})

const start = (authorization: string, virtualServer?: string) =>
  client.send(
    '/api/v1.0/Session.StartSession',
    {},
    {
      Authorization: authorization,
      ...(virtualServer === undefined ? {} : { 'X-KSC-VServer': virtualServer }),
    },
  )

const staticInfo = async (session: string) => {
  const answer = await client.call(session, 'HostGroup.GetStaticInfo', {
    pValues: ['KLADMSRV_IS_VIRTUAL', 'KLADMSRV_VSID'],
  })
  return answer.json['PxgRetVal']
}

describe('signing in', () => {
  it('takes user and password as base64 of UTF-8 and answers a session', async () => {
    const session = await client.signIn()
    expect((await client.call(session, 'Session.Ping')).status).toBe(200)
    expect(await staticInfo(session)).toEqual({ KLADMSRV_IS_VIRTUAL: false, KLADMSRV_VSID: 0 })
  })

  it('answers a wrong password with HTTP 401 and a text', async () => {
    const answer = await start(basic(practice.server.user, 'wrong'))
    expect(answer.status).toBe(401)
    expect(answer.text).toBe('Authentication failure')
    expect(answer.headers['www-authenticate']).toBe('NTLM')
  })

  it('does not take credentials that are not encoded', async () => {
    const { user } = practice.server
    expect((await start(`KSCBasic user="${user}", pass="secret!"`)).status).toBe(401)
    expect((await start(`Basic ${base64(`${user}:secret`)}`)).status).toBe(401)
  })

  it('blocks the account after repeated wrong passwords, until the server restarts', async () => {
    const { user, password } = practice.server
    for (let attempt = 1; attempt <= 3; attempt += 1) await start(basic(user, 'wrong'))
    const blocked = await start(basic(user, password))
    expect(blocked.json['PxgError']).toMatchObject({ code: 2013, module: 'SPL' })
    practice.server.restart()
    expect((await start(basic(user, password))).json).toHaveProperty('PxgRetVal')
  })

  it('answers a wrong password with error 1453 where the server is set so', async () => {
    practice.server.change({ refusedSignIn: 'error1453' })
    const answer = await start(basic(practice.server.user, 'wrong'))
    expect(answer.status).toBe(200)
    expect(answer.json['PxgError']).toMatchObject({ code: 1453, module: 'KLWAT' })
  })

  it('ends a session for good', async () => {
    const session = await client.signIn()
    expect((await client.call(session, 'Session.EndSession')).json).toEqual({})
    const later = await client.call(session, 'Session.Ping')
    expect(later.status).toBe(403)
    expect((await client.send('/api/v1.0/Session.Ping', {})).status).toBe(401)
  })

  it('signs a connection in by login, without a session id', async () => {
    const { user, password } = practice.server
    const login = await client.send('/api/v1.0/login', {}, { Authorization: basic(user, password) })
    expect(login.json).toEqual({})
    expect((await client.send('/api/v1.0/Session.Ping', {})).status).toBe(200)
    const other = createClient(practice.server)
    expect((await other.send('/api/v1.0/Session.Ping', {})).status).toBe(401)
    other.close()
  })
})

describe('a session on a virtual server', () => {
  it('is opened by its display name, and sees only that server', async () => {
    const server = practice.state.virtualServers[1]
    const session = await client.signIn(server?.name)
    expect(await staticInfo(session)).toEqual({ KLADMSRV_IS_VIRTUAL: true, KLADMSRV_VSID: 2 })
    const found = await client.call(session, 'HostGroup.FindHosts', {
      wstrFilter: '',
      vecFieldsToReturn: ['KLHST_WKS_HOSTNAME'],
      vecFieldsToOrder: [],
      pParams: { KLGRP_FIND_FROM_CUR_VS_ONLY: false },
      lMaxLifeTime: 60,
    })
    const own = practice.state.devices.filter((device) => device.virtualServerId === 2)
    expect(found.json['PxgRetVal']).toBe(own.length)
  })

  it('tells names apart that differ only in how their letters are composed or spelt', async () => {
    const [first, second, third] = [
      'Müßig Großhandel',
      'Käserei Çelik'.normalize('NFD'),
      'Mussig Grosshandel',
    ]
    for (const name of [first, second, third]) {
      const server = practice.state.virtualServers.find((one) => one.name === name)
      expect(await staticInfo(await client.signIn(name))).toMatchObject({
        KLADMSRV_VSID: server?.id,
      })
    }
    const { user, password } = practice.server
    const composed = await start(basic(user, password), base64('Käserei Çelik'))
    expect(composed.json['PxgError']).toMatchObject({ code: 1186 })
  })

  it('is refused for an unknown name, for its uid, and for a name that is not encoded', async () => {
    const { user, password } = practice.server
    const uid = practice.state.virtualServers[0]?.uid ?? ''
    for (const [header, code] of [
      [base64('nobody'), 1186],
      [base64(uid), 1186],
      ['Kunde 3', 1192],
    ] as const) {
      const answer = await start(basic(user, password), header)
      expect(answer.json['PxgError']).toMatchObject({ code })
    }
    practice.server.change({ virtualServerHeader: 'either' })
    expect((await start(basic(user, password), base64(uid))).json).toHaveProperty('PxgRetVal')
  })

  it.each(['', 'x'])('means the main server with the header "%s"', async (header) => {
    const { user, password } = practice.server
    const answer = await start(basic(user, password), header)
    expect(await staticInfo(String(answer.json['PxgRetVal']))).toMatchObject({ KLADMSRV_VSID: 0 })
  })

  it('does not share its result sets with another session', async () => {
    const one = await client.signIn()
    const other = await client.signIn()
    const opened = await client.call(one, 'LicenseKeys.EnumKeys', {
      pFields: ['KLLIC_SERIAL'],
      pFieldsToOrder: [],
      pOptions: {},
      lTimeoutSec: 0,
    })
    const read = { szwIterator: opened.json['wstrIterator'], nCount: 1 }
    const stolen = await client.call(other, 'GroupSyncIterator.GetNextItems', read)
    expect(stolen.json['PxgError']).toMatchObject({ code: 1186 })
    expect((await client.call(one, 'GroupSyncIterator.GetNextItems', read)).json['PxgRetVal']).toBe(
      1,
    )
  })
})

describe('the connection', () => {
  it('shows the certificate whose fingerprint is announced, and a new one after renewal', async () => {
    const { server } = practice
    expect(await fingerprintOf(server.url)).toBe(server.certificateSha256)
    const before = server.certificateSha256
    const renewed = await server.renewCertificate()
    expect(renewed).not.toBe(before)
    expect(await fingerprintOf(server.url)).toBe(renewed)
  })

  it('refuses a second request before the first is answered', async () => {
    const { server, faults } = practice
    faults.arm({ latencyMs: 30 })
    const { port } = new URL(server.url)
    const answers = await new Promise<string>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: Number(port), ca: server.certificatePem })
      let text = ''
      socket.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8')
        if (text.split('HTTP/1.1').length > 2) resolve(text)
      })
      const one = 'POST /api/v1.0/Session.Ping HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}'
      socket.write(one + one)
      socket.once('close', () => resolve(text))
    })
    expect(answers).toContain('400 Bad Request')
    expect(practice.calls.summary().rejected).toBe(1)
  })
})

function fingerprintOf(url: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(url)
    // Only looks at the certificate and sends nothing, so there is nothing to protect.
    const socket = connect({ host: '127.0.0.1', port: Number(port), rejectUnauthorized: false })
    socket.once('error', reject)
    socket.once('secureConnect', () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? '')
      socket.destroy()
    })
  })
}
