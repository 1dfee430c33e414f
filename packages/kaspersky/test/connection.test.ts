import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Sandbox } from '@trueup/sandbox'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createSecurityCenter, readCertificate } from '../src/index.ts'
import { connect, incompleteReasons, openPractice, rename } from './practice.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await openPractice({ virtualServers: 3, devices: 40 })
})
beforeEach(() => sandbox.clearCalls())
afterAll(() => sandbox.close())

test('the certificate can be looked at before anything is trusted', async () => {
  const seen = await readCertificate(sandbox.securityCenter.url)
  expect(seen).toMatchObject({
    sha256: sandbox.securityCenter.certificateSha256.replaceAll(':', '').toLowerCase(),
    subject: 'CN=KSC-PRACTICE',
    isTrustedBySystem: false,
  })
  expect(Date.parse(seen.validTo)).toBeGreaterThan(Date.parse(seen.validFrom))
  expect(sandbox.calls().total).toBe(0)
})

test('a pin is accepted with and without colons, in upper and lower case', async () => {
  const { sha256 } = await readCertificate(sandbox.securityCenter.url)
  for (const pin of [sha256, sha256.toUpperCase(), sandbox.securityCenter.certificateSha256]) {
    const source = connect(sandbox, { trust: { kind: 'PIN', sha256: pin } })
    expect(await source.readTenants({})).toHaveLength(3)
  }
})

test('a changed certificate stops everything before a byte is sent, and shows both fingerprints', async () => {
  const pinned = 'ab'.repeat(32)
  const source = connect(sandbox, { trust: { kind: 'PIN', sha256: pinned } })
  const { sha256: shown } = await readCertificate(sandbox.securityCenter.url)
  const changed = { code: 'KSC_CERTIFICATE_CHANGED', retryable: false, facts: { pinned, shown } }
  await expect(source.readUsage({})).rejects.toMatchObject(changed)
  expect(sandbox.calls().total).toBe(0)
})

test('a certificate renewed on the server is a changed one', async () => {
  const source = connect(sandbox)
  await source.readTenants({})
  await sandbox.securityCenter.renewCertificate()
  await expect(source.readTenants({})).rejects.toMatchObject({ code: 'KSC_CERTIFICATE_CHANGED' })
})

test('without a pin an unknown authority is refused', async () => {
  const source = connect(sandbox, { trust: { kind: 'SYSTEM' } })
  await expect(source.readTenants({})).rejects.toMatchObject({ code: 'KSC_CERTIFICATE_UNTRUSTED' })
  expect(sandbox.calls().total).toBe(0)
})

test('an own authority is trusted, and its certificate has to be for the address', async () => {
  const trust = { kind: 'CA', pem: sandbox.securityCenter.certificatePem } as const
  expect(await connect(sandbox, { trust }).readTenants({})).toHaveLength(3)
  const { port } = new URL(sandbox.securityCenter.url)
  const elsewhere = connect(sandbox, { trust, url: `https://127.0.0.2:${port}` })
  await expect(elsewhere.readTenants({})).rejects.toMatchObject({
    code: expect.stringMatching(/^KSC_(?:CERTIFICATE_UNTRUSTED|UNREACHABLE)$/),
  })
})

test('a pin that is no fingerprint trusts nothing', async () => {
  const source = connect(sandbox, { trust: { kind: 'PIN', sha256: 'trust me' } })
  await expect(source.readTenants({})).rejects.toMatchObject({ code: 'KSC_CERTIFICATE_UNTRUSTED' })
})

test.for(['http://server:13299', 'server', '', 'https://user:secret@server'])(
  'the address "%s" is refused',
  (url) => {
    const make = () => createSecurityCenter({ url, credentials: { user: 'u', password: 'p' } })
    expect(make).toThrow(expect.objectContaining({ code: 'KSC_URL_INVALID' }))
  },
)

test('a server that is not there is unreachable', async () => {
  const closed = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => closed.once('listening', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  const url = `https://127.0.0.1:${port}`
  const unreachable = { code: 'KSC_UNREACHABLE', retryable: true }
  await expect(readCertificate(url)).rejects.toMatchObject(unreachable)
  await expect(connect(sandbox, { url }).readTenants({})).rejects.toMatchObject(unreachable)
})

test('a server that never finishes the handshake times out', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => silent.once('listening', resolve))
  const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`
  await expect(readCertificate(url, { timeoutMs: 50 })).rejects.toMatchObject({
    code: 'KSC_TIMEOUT',
  })
  silent.close()
})

test('the connection test tells what it saw', async () => {
  expect(await connect(sandbox).testConnection()).toEqual([
    {
      code: 'KSC_CHECK_CERTIFICATE',
      ok: true,
      facts: expect.objectContaining({ subject: 'CN=KSC-PRACTICE' }),
    },
    { code: 'KSC_CHECK_SIGN_IN', ok: true, facts: {} },
    { code: 'KSC_CHECK_VERSION', ok: true, facts: { version: expect.stringMatching(/^15\./) } },
    { code: 'KSC_CHECK_VIRTUAL_SERVERS', ok: true, facts: { virtualServers: 3 } },
    { code: 'KSC_CHECK_KEYS', ok: true, facts: { keys: 14, applications: 7 } },
  ])
})

test('the connection test stops at the first thing that fails', async () => {
  const { user } = sandbox.securityCenter
  const wrongPassword = connect(sandbox, { credentials: { user, password: 'wrong' } })
  const wrongPin = connect(sandbox, { trust: { kind: 'PIN', sha256: '0'.repeat(64) } })
  const failure = (code: string) => expect.objectContaining({ failure: code })
  expect(await wrongPassword.testConnection()).toEqual([
    { code: 'KSC_CHECK_CERTIFICATE', ok: true, facts: expect.anything() },
    { code: 'KSC_CHECK_SIGN_IN', ok: false, facts: failure('KSC_SIGN_IN_REFUSED') },
  ])
  expect(await wrongPin.testConnection()).toEqual([
    { code: 'KSC_CHECK_CERTIFICATE', ok: false, facts: failure('KSC_CERTIFICATE_CHANGED') },
  ])
})

test('an account that may not see keys fails the test of keys', async () => {
  sandbox.securityCenter.change({ denied: ['EnumKeys'] })
  const checks = await connect(sandbox).testConnection()
  expect(checks.at(-1)).toEqual({
    code: 'KSC_CHECK_KEYS',
    ok: false,
    facts: expect.objectContaining({
      failure: 'KSC_ACCESS_DENIED',
      operation: 'LicenseKeys.EnumKeys',
    }),
  })
  sandbox.securityCenter.change({ denied: [] })
})

test('tenants are known by an id that survives renaming', async () => {
  const before = await connect(sandbox).readTenants({})
  rename(sandbox, before[0]?.name ?? '', 'Größe & Söhne (新)')
  const after = await connect(sandbox, { plan: 'PER_SERVER' }).readUsage({})
  expect(after.tenants.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  expect(after.tenants[0]?.name).toBe('Größe & Söhne (新)')
  expect(incompleteReasons(after)).toEqual({})
})

test('two virtual servers of one name are told apart, or not counted', async () => {
  const [first, second] = await connect(sandbox).readTenants({})
  rename(sandbox, second?.name ?? '', first?.name ?? '')
  const source = connect(sandbox, { plan: 'PER_SERVER' })
  const reasons = incompleteReasons(await source.readUsage({}))
  expect(Object.entries(reasons)).toEqual([['KSC_WRONG_VIRTUAL_SERVER', 1]])
  sandbox.securityCenter.change({ virtualServerHeader: 'either' })
  expect(incompleteReasons(await source.readUsage({}))).toEqual({})
})
