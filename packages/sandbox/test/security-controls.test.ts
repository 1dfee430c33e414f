import { X509Certificate } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSandbox, type Sandbox } from '../src/index.ts'

let sandbox: Sandbox

beforeEach(async () => {
  sandbox = await createSandbox({ seed: 5, day: '2025-03-15', virtualServers: 15, devices: 300 })
})

afterEach(() => sandbox.close())

const post = async (path: string, body: unknown = {}) => {
  const answer = await fetch(`${sandbox.control.url}${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

const countOf = (virtualServerId: number, application: string, category: string) =>
  sandbox
    .state()
    .usage.find(
      (row) =>
        row.virtualServerId === virtualServerId &&
        row.application === application &&
        row.category === category,
    )?.devices ?? 0

describe('setting usage', () => {
  it.each([0, 3, 40])(
    'makes exactly %i devices use the application, and changes no other count',
    async (devices) => {
      const before = sandbox.state().usage
      const chosen = before[0]
      const answer = await post('/usage', {
        virtualServer: chosen?.virtualServerUid,
        application: chosen?.application,
        category: chosen?.category,
        devices,
      })
      expect(answer.status).toBe(200)
      const others = (rows: typeof before) =>
        rows.filter(
          (row) =>
            row.virtualServerId !== chosen?.virtualServerId ||
            row.application !== chosen.application ||
            row.category !== chosen.category,
        )
      const after = sandbox.state().usage
      expect(others(after)).toEqual(others(before))
      expect(countOf(1, String(chosen?.application), String(chosen?.category))).toBe(devices)
    },
  )

  it('gives and takes the same devices each time', async () => {
    const change = {
      virtualServer: 2,
      category: 'WINDOWS_SERVER',
      application: 'Kaspersky Hybrid Cloud Security',
    }
    await post('/usage', { ...change, devices: 4 })
    const { keyUses, devices } = sandbox.state()
    await post('/usage', { ...change, devices: 1 })
    await post('/usage', { ...change, devices: 4 })
    expect(sandbox.state().devices).toEqual(devices)
    const pairs = (uses: typeof keyUses) =>
      uses.map((use) => `${use.deviceId} ${use.serial}`).toSorted()
    expect(pairs(sandbox.state().keyUses)).toEqual(pairs(keyUses))
  })

  it('says which virtual server or application it does not know', async () => {
    const { revision } = sandbox.world.security
    const unknown = { category: 'WINDOWS_SERVER', devices: 1 }
    const server = await post('/usage', { ...unknown, virtualServer: 'nobody', application: 'x' })
    expect(server.status).toBe(400)
    expect(server.body['error']).toMatch(/^no virtual server "nobody"; there are: "/u)
    for (const { name } of sandbox.state().virtualServers) {
      expect(server.body['error']).toContain(`"${name}"`)
    }
    const application = await post('/usage', { ...unknown, virtualServer: 1, application: 'x' })
    expect(application.status).toBe(400)
    for (const name of new Set(sandbox.state().usage.map((row) => row.application))) {
      expect(application.body['error']).toContain(`"${name}"`)
    }
    const category = await post('/usage', { ...unknown, category: 'PHONE' })
    expect(category.status).toBe(400)
    expect(category.body['error']).toContain(
      '"WINDOWS_WORKSTATION"|"WINDOWS_SERVER"|"NON_WINDOWS"|"UNKNOWN"',
    )
    expect(sandbox.world.security.revision).toBe(revision)
  })
})

describe('keys', () => {
  it('stop counting when they end or are paused, and count again when prolonged', async () => {
    const key = sandbox.world.security.keys[0]
    const total = () =>
      sandbox
        .state()
        .usage.filter((row) => row.application === key?.productName)
        .reduce((sum, row) => sum + row.devices, 0)
    const before = total()
    expect(before).toBeGreaterThan(0)
    await post('/key', { serial: key?.serial, limitDay: '2025-03-14' })
    expect(total()).toBe(0)
    await post('/key', { serial: key?.serial, limitDay: '2026-03-14' })
    expect(total()).toBe(before)
    await post('/key', { serial: key?.serial, subscriptionState: 1 })
    expect(total()).toBe(0)
  })
})

describe('virtual servers', () => {
  it('are renamed, deleted and added, and an id never comes back', async () => {
    await post('/virtual-server', { rename: 1, name: 'Neuer Name' })
    expect(sandbox.state().virtualServers[0]).toMatchObject({ id: 1, name: 'Neuer Name' })
    await post('/virtual-server', { delete: 15 })
    const { devices, usage } = sandbox.state()
    expect(devices.some((device) => device.virtualServerId === 15)).toBe(false)
    expect(usage.some((row) => row.virtualServerId === 15)).toBe(false)
    const added = await post('/virtual-server', { add: { name: 'Zugang', devices: 3 } })
    expect(added.body).toMatchObject({ id: 16, name: 'Zugang' })
    expect(sandbox.state().devices.filter((device) => device.virtualServerId === 16)).toHaveLength(
      3,
    )
    const ids = sandbox.state().groups.map((group) => group.id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('the security centre', () => {
  it('takes settings, and refuses those that do not exist', async () => {
    const changed = await post('/security-center', { version: 16, reach: 'own' })
    expect(changed.body).toMatchObject({ version: 16, reach: 'own', totals: 'agree' })
    expect((await post('/security-center', { version: 13 })).status).toBe(400)
    expect((await post('/security-center', { speed: 1 })).status).toBe(400)
  })

  it('renews its certificate and hands it out as a file', async () => {
    const { certificateSha256 } = sandbox.connection.securityCenter
    const renewed = await post('/security-center/certificate')
    expect(renewed.body['certificateSha256']).not.toBe(certificateSha256)
    const file = await fetch(`${sandbox.control.url}/security-center/certificate`)
    const certificate = new X509Certificate(await file.text())
    expect(certificate.fingerprint256).toBe(renewed.body['certificateSha256'])
  })
})

describe('workspaces', () => {
  it('are there, and their usage can be set', async () => {
    const chosen = sandbox.state().workspaceUsage[0]
    await post('/workspace-usage', {
      workspace: chosen?.company,
      application: chosen?.application,
      used: 77,
    })
    expect(sandbox.state().workspaceUsage[0]).toMatchObject({ company: chosen?.company, used: 77 })
    const refused = await post('/workspace-usage', {
      workspace: 'nobody',
      application: 'x',
      used: 1,
    })
    expect(refused.status).toBe(400)
    expect(refused.body['error']).toMatch(/^no workspace "nobody"; there are: "/u)
    expect(refused.body['error']).toContain(`"${chosen?.company}"`)
  })

  it('come as a report file with the options in the query', async () => {
    const answer = await fetch(
      `${sandbox.control.url}/licence-report?locale=de-DE&encoding=utf-8&units=columns`,
    )
    expect(answer.headers.get('content-disposition')).toContain('licences-2025-03-15.csv')
    const [header, ...rows] = (await answer.text()).trimEnd().split('\r\n')
    expect(header).toBe(
      'Unternehmen;Programm;Lizenz-ID;Lizenztyp;Lizenzstatus;Geräte;Benutzer;Postfächer;Lizenzlimit;Ablaufdatum;Berichtsdatum',
    )
    const licences = sandbox.state().workspaces.flatMap((workspace) => workspace.licences)
    expect(rows).toHaveLength(licences.length)
    expect((await fetch(`${sandbox.control.url}/licence-report?locale=xx`)).status).toBe(400)
  })

  it('are renamed and deleted', async () => {
    const [first, second] = sandbox.state().workspaces
    await post('/workspace', { rename: first?.company, name: 'Umbenannt AG' })
    await post('/workspace', { delete: second?.id })
    const companies = sandbox.state().workspaces.map((workspace) => workspace.company)
    expect(companies).toContain('Umbenannt AG')
    expect(companies).not.toContain(first?.company)
    expect(companies).not.toContain(second?.company)
  })
})
