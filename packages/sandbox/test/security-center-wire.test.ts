import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readIterator } from './reading.ts'
import { createClient, type Practice, rowsOf, startPractice } from './security-center-client.ts'

let practice: Practice
let client: ReturnType<typeof createClient>
let session: string

beforeAll(async () => {
  practice = await startPractice()
  client = createClient(practice.server)
  session = await client.signIn()
})

afterAll(async () => {
  client.close()
  await practice.server.close()
})

const allKeys = {
  operation: 'LicenseKeys.EnumKeys',
  body: {
    pFields: [
      'KLLIC_SERIAL',
      'KLLIC_APP_IDS',
      'KLLIC_LIMIT_DATE',
      'KLLIC_KEY_TYPE',
      'KLLIC_SUBSCRINFO_STATE',
      'KLLIC_SUBSCRINFO_ENDDATETYPE',
      'KLLICSRV_KEY_INSTALLED',
    ],
    pFieldsToOrder: [],
    pOptions: {},
    lTimeoutSec: 0,
  },
  page: 100,
}

describe('values on the wire', () => {
  it('wraps dates and containers inside rows and leaves text and numbers plain', async () => {
    const { rows } = await readIterator(client, session, allKeys)
    const first = practice.state.keys[0]
    expect(rows[0]).toMatchObject({
      KLLIC_SERIAL: first?.serial,
      KLLIC_KEY_TYPE: first?.keyType,
      KLLIC_LIMIT_DATE: { type: 'datetime', value: first?.limitDate },
      KLLIC_APP_IDS: {
        type: 'params',
        value: { '1105': { type: 'params', value: { KLLIC_APP_ID: 1105 } } },
      },
    })
    expect(String(first?.limitDate)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u)
  })

  it('sends an empty date where a key has no end, and no subscription fields for other keys', async () => {
    const { rows } = await readIterator(client, session, allKeys)
    const unlimited = rows.find((row) => row['KLLIC_SUBSCRINFO_ENDDATETYPE'] === 1)
    expect(unlimited?.['KLLIC_LIMIT_DATE']).toEqual({ type: 'datetime', value: '' })
    const commercial = rows.find((row) => row['KLLIC_KEY_TYPE'] === 1)
    expect(commercial).not.toHaveProperty('KLLIC_SUBSCRINFO_STATE')
  })

  it('wraps 64-bit numbers inside containers', async () => {
    const answer = await client.call(session, 'HostGroup.GetInstanceStatistics', {
      vecFilterFields: ['KLSRV_ST_VIRT_SERVERS_DETAILS', 'KLSRV_ST_TOTAL_HOSTS_COUNT'],
    })
    const { KLSRV_ST_VIRT_SERVERS_DETAILS: details, KLSRV_ST_TOTAL_HOSTS_COUNT: total } = answer
      .json['PxgRetVal'] as {
      KLSRV_ST_VIRT_SERVERS_DETAILS: unknown[]
      KLSRV_ST_TOTAL_HOSTS_COUNT: number
    }
    expect(total).toBe(practice.state.devices.length)
    expect(details[0]).toMatchObject({
      type: 'params',
      value: { KLSRV_ST_VIRT_SERVER_ID: { type: 'long', value: 0 } },
    })
  })

  it('lists virtual servers as wrapped containers and answers a single container plainly', async () => {
    const list = await client.call(session, 'VServers.GetVServers', { lParentGroup: -1 })
    const server = practice.state.virtualServers[1]
    expect((list.json['PxgRetVal'] as unknown[])[1]).toMatchObject({
      type: 'params',
      value: {
        KLVSRV_ID: 2,
        KLVSRV_UID: server?.uid,
        KLVSRV_DN: server?.name,
        KLVSRV_CREATED: { type: 'datetime', value: server?.createdAt },
      },
    })
    const one = await client.call(session, 'VServers2.GetVServerStatistic', { lVsId: 2 })
    expect(one.json['PxgRetVal']).toMatchObject({
      KLVSRV_HOSTS: practice.state.devices.filter((device) => device.virtualServerId === 2).length,
      KLVSRV_LICENSES: expect.arrayContaining([
        expect.objectContaining({ type: 'params' }),
      ]) as unknown,
    })
  })

  it('sends the group of a key host as text, while it is a number on the device', async () => {
    const use = practice.state.keyUses[0]
    const { rows } = await readIterator(client, session, {
      operation: 'LicenseKeys.AcquireKeyHosts',
      body: {
        pInData: { KLLIC_SERIAL: use?.serial },
        pFields: ['KLLICSRV_HOSTNAME', 'KLLICSRV_HOST_GRPID', 'KLLICSRV_HOST_CURRENT'],
        pFieldsToOrder: [],
        pOptions: {},
        lTimeoutSec: 900,
      },
      page: 500,
    })
    const device = practice.state.devices.find((one) => one.id === use?.deviceId)
    expect(rows.find((row) => row['KLLICSRV_HOSTNAME'] === device?.id)).toEqual({
      KLLICSRV_HOSTNAME: device?.id,
      KLLICSRV_HOST_GRPID: String(device?.groupId),
      KLLICSRV_HOST_CURRENT: use?.current,
    })
  })

  it('compresses answers for a client that accepts it', async () => {
    const answer = await client.send(
      '/api/v1.0/VServers.GetVServers',
      { lParentGroup: -1 },
      {
        'X-KSC-Session': session,
        'Accept-Encoding': 'gzip, deflate',
      },
    )
    expect(answer.headers['content-encoding']).toBe('gzip')
    expect(answer.json['PxgRetVal']).toHaveLength(practice.state.virtualServers.length)
  })

  it('tells operating systems apart by their attributes, one answer for each question', async () => {
    const ask = (KLHST_WKS_CTYPE: number, KLHST_WKS_OS_BUILD_NUMBER: number) => ({
      type: 'params',
      value: {
        KLHST_WKS_CTYPE,
        KLHST_WKS_PTYPE: 2,
        KLHST_WKS_OS_VER_MAJOR: 10,
        KLHST_WKS_OS_VER_MINOR: 0,
        KLHST_WKS_OS_BUILD_NUMBER,
      },
    })
    const answer = await client.call(session, 'OsVersion.GetOsByAttributes', {
      pDataToResolve: [ask(0x9007, 14393), ask(0x1007, 22631), ask(7, 7)],
    })
    const values = (answer.json['PxgRetVal'] as { value: unknown }[]).map((entry) => entry.value)
    expect(values).toMatchObject([
      { KLHST_WKS_OS_NAME: 'Microsoft Windows Server 2016', KLWNF_OS_IS_SERVER: true },
      { KLHST_WKS_OS_NAME: 'Microsoft Windows 11', KLWNF_OS_IS_SERVER: false },
      { KLWNF_OS_ID: 0 },
    ])
  })
})

describe('what cannot be read', () => {
  it.each([
    ['a missing argument', 'ChunkAccessor.GetItemsChunk', { strAccessor: 'x', nCount: 10 }, 1192],
    ['a number as text', 'VServers.GetVServers', { lParentGroup: '-1' }, 1192],
    [
      'a wrapped top-level container',
      'LicenseKeys.AcquireKeyHosts',
      {
        pInData: { type: 'params', value: {} },
        pFields: [],
        pFieldsToOrder: [],
        pOptions: {},
        lTimeoutSec: 0,
      },
      1192,
    ],
    [
      'a bare container in a list',
      'OsVersion.GetOsByAttributes',
      { pDataToResolve: [{ KLHST_WKS_CTYPE: 1 }] },
      1192,
    ],
    [
      'no attributes at all',
      'LicenseKeys.EnumKeys',
      { pFields: [], pFieldsToOrder: [], pOptions: {}, lTimeoutSec: 0 },
      1192,
    ],
    [
      'a misspelt attribute',
      'LicenseKeys.EnumKeys',
      { pFields: ['KLLIC_SERIAL_NO'], pFieldsToOrder: [], pOptions: {}, lTimeoutSec: 0 },
      1186,
    ],
    ['an unknown key', 'LicenseKeys.GetKeyData', { pKeyInfo: { KLLIC_SERIAL: 'none' } }, 1186],
    [
      'an unknown iterator',
      'GroupSyncIterator.GetNextItems',
      { szwIterator: 'x', nCount: 1 },
      1186,
    ],
  ])('answers %s with HTTP 200 and an error', async (_what, operation, body, code) => {
    const answer = await client.call(session, operation, body)
    expect(answer.status).toBe(200)
    expect(answer.json).toEqual({
      PxgError: expect.objectContaining({ code, module: 'KLSTD' }) as unknown,
    })
    const { locdata } = answer.json['PxgError'] as { locdata: { type: string } }
    expect(locdata.type).toBe('params')
  })

  it('answers a call it does not know loudly and records it', async () => {
    practice.calls.clear()
    const answer = await client.call(session, 'LicenseKeys.AcquireKeysForHost')
    expect(answer.status).toBe(404)
    expect(answer.text).toContain('LicenseKeys.AcquireKeysForHost')
    const { byOperation } = practice.calls.summary()
    expect(byOperation).toEqual({ 'securityCenter.LicenseKeys.AcquireKeysForHost': 1 })
  })

  it('takes calls by POST only', async () => {
    const answer = await client.send('/api/v1.0/Session.Ping', '', {}, 'GET')
    expect(answer.status).toBe(405)
  })
})

describe('searching devices and groups', () => {
  const find = async (wstrFilter: string, operation = 'HostGroup.FindHosts') => {
    const opened = await client.call(session, operation, {
      wstrFilter,
      vecFieldsToReturn: operation.endsWith('Hosts') ? ['KLHST_WKS_DN'] : ['name'],
      vecFieldsToOrder: [],
      pParams: { KLGRP_FIND_FROM_CUR_VS_ONLY: false },
      lMaxLifeTime: 60,
    })
    return opened.json['PxgRetVal'] ?? opened.json['PxgError']
  }

  it('understands the filters that public programs send', async () => {
    const { devices } = practice.state
    const servers = devices.filter((device) => device.os.name?.includes('Server')).length
    expect(await find('')).toBe(devices.length)
    expect(await find('(KLHST_WKS_OS_NAME = "*Server*")')).toBe(servers)
    expect(await find('(&(KLHST_WKS_FROM_UNASSIGNED=0)(KLHST_WKS_STATUS & 4 <> 0))')).toBe(
      devices.filter((device) => !device.unassigned).length,
    )
    expect(await find('(|(KLHST_WKS_PTYPE=6)(KLHST_WKS_PTYPE=3))')).toBe(
      devices.filter(({ os }) => os.ptype === 6 || os.ptype === 3).length,
    )
    expect(await find('(!(KLHST_WKS_LAST_VISIBLE < CURTIME(-864000)))')).toBe(
      devices.filter((device) => device.lastSeenAt >= '2025-03-05T09:00:00Z').length,
    )
    expect(await find('(KLHST_WKS_CREATED >= T"2025-01-01 00:00:00")')).toBe(
      devices.filter((device) => device.createdAt >= '2025-01-01').length,
    )
  })

  it('finds devices below a group and its subgroups', async () => {
    const server = practice.state.virtualServers[0]
    const managed = practice.state.devices.filter(
      (device) => device.virtualServerId === server?.id && !device.unassigned,
    )
    expect(await find(`(KLHST_WKS_GROUPID_GP = ${server?.rootGroupId})`)).toBe(managed.length)
  })

  it('finds groups of all virtual servers', async () => {
    const roots = practice.state.groups.filter((group) => group.name === 'Managed devices')
    expect(await find('(name = "managed [cd]evices")', 'HostGroup.FindGroups')).toBe(roots.length)
  })

  it('refuses a filter that it cannot read', async () => {
    expect(await find('(KLHST_WKS_DN = "x"')).toMatchObject({ code: 1192 })
    expect(await find('(KLHST_WKS_DN LIKE "x")')).toMatchObject({ code: 1192 })
    expect(await find('(NO_SUCH = 1)')).toMatchObject({ code: 1186 })
  })

  it('hands out chunks by position, in the order asked for', async () => {
    const opened = await client.call(session, 'HostGroup.FindHosts', {
      wstrFilter: '',
      vecFieldsToReturn: ['KLHST_WKS_DN'],
      vecFieldsToOrder: [{ type: 'params', value: { Name: 'KLHST_WKS_DN', Asc: false } }],
      pParams: { KLGRP_FIND_FROM_CUR_VS_ONLY: false },
      lMaxLifeTime: 60,
    })
    const strAccessor = opened.json['strAccessor']
    const count = await client.call(session, 'ChunkAccessor.GetItemsCount', { strAccessor })
    expect(count.json['PxgRetVal']).toBe(opened.json['PxgRetVal'])
    const chunk = await client.call(session, 'ChunkAccessor.GetItemsChunk', {
      strAccessor,
      nStart: 3,
      nCount: 4,
    })
    const names = practice.state.devices
      .map((device) => device.name)
      .toSorted()
      .toReversed()
    expect(chunk.json['PxgRetVal']).toBe(4)
    expect(rowsOf(chunk.json['pChunk']).map((row) => row['KLHST_WKS_DN'])).toEqual(
      names.slice(3, 7),
    )
    await client.call(session, 'ChunkAccessor.Release', { strAccessor })
    const gone = await client.call(session, 'ChunkAccessor.GetItemsCount', { strAccessor })
    expect(gone.json['PxgError']).toMatchObject({ code: 1186 })
  })
})
