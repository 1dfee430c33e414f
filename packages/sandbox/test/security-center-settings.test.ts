import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deleteVirtualServer } from '../src/world/security/virtual-servers.ts'
import type { SecurityCenterSettings } from '../src/security-center/settings.ts'
import { readAccessor, readIterator } from './reading.ts'
import { createClient, type Practice, rowsOf, startPractice } from './security-center-client.ts'

let practice: Practice
let client: ReturnType<typeof createClient>
let session: string

beforeEach(async () => {
  practice = await startPractice()
  client = createClient(practice.server)
  session = await client.signIn()
})

afterEach(async () => {
  client.close()
  await practice.server.close()
})

const change = (settings: Partial<SecurityCenterSettings>) => practice.server.change(settings)

const readKeys = (fields: string[], options: Record<string, unknown> = {}, on = session) =>
  readIterator(client, on, {
    operation: 'LicenseKeys.EnumKeys',
    body: { pFields: fields, pFieldsToOrder: [], pOptions: options, lTimeoutSec: 0 },
    page: 5,
  })

const readHostsOf = (serial: string, fields = ['KLLICSRV_HOSTNAME', 'KLLICSRV_HOST_CURRENT']) =>
  readIterator(client, session, {
    operation: 'LicenseKeys.AcquireKeyHosts',
    body: {
      pInData: { KLLIC_SERIAL: serial },
      pFields: fields,
      pFieldsToOrder: [],
      pOptions: {},
      lTimeoutSec: 0,
    },
    page: 50,
  })

const mainSerial = () => practice.state.keys[0]?.serial ?? ''
const usesOf = (serial: string) => practice.state.keyUses.filter((use) => use.serial === serial)

const currentCounts = async () => {
  const { rows } = await readKeys(['KLLIC_SERIAL', 'KLLIC_NHOSTS_ASCURRENT'])
  return new Map(rows.map((row) => [row['KLLIC_SERIAL'], row['KLLIC_NHOSTS_ASCURRENT']]))
}

describe('versions', () => {
  it('counts products until 14 and devices from 15 on, where one device reports two products for a key', async () => {
    const products = new Map<string, number>()
    const devices = new Map<string, number>()
    for (const { serial } of practice.state.keys) {
      const current = usesOf(serial).filter((use) => use.current)
      products.set(serial, current.length)
      devices.set(serial, new Set(current.map((use) => use.deviceId)).size)
    }
    expect(products).not.toEqual(devices)
    expect(await currentCounts()).toEqual(devices)
    change({ version: 14 })
    expect(await currentCounts()).toEqual(products)
  })

  it('answers key usage statistics from 16 on, and 1194 before', async () => {
    const ask = () =>
      client.call(session, 'LicenseKeys.AcquireKeyUsageStatistics', { wstrSerial: mainSerial() })
    expect((await ask()).json['PxgError']).toMatchObject({ code: 1194, module: 'KLCONN' })
    change({ version: 16 })
    const rows = (await ask()).json['PxgRetVal'] as { value: Record<string, number> }[]
    const total = rows.reduce((sum, row) => sum + (row.value['KLLIC_NHOSTS_ASCURRENT'] ?? 0), 0)
    const using = usesOf(mainSerial()).filter((use) => use.current)
    expect(total).toBe(new Set(using.map((use) => use.deviceId)).size)
    change({ usageStatisticsNames: 'statistics', longs: 'text' })
    const renamed = (await ask()).json['PxgRetVal'] as { value: unknown }[]
    const zero = { type: 'long', value: '0' }
    expect(renamed[0]?.value).toMatchObject({ KLSRV_ST_VIRT_SERVER_ID: zero })
  })

  it('leaves products of silent devices out of statistics since 15, and only agents before', async () => {
    const products = async (days: number) => {
      const answer = await client.call(session, 'VServers2.GetVServerStatistic2', {
        lVsId: -1,
        nMaxAgentInactivityDays: days,
      })
      return answer.json['PxgRetVal'] as { KLVSRV_AGENTS: number; KLVSRV_PRODUCTS: unknown }
    }
    const all = await products(0)
    const recent = await products(3)
    expect(recent.KLVSRV_AGENTS).toBeLessThan(all.KLVSRV_AGENTS)
    expect(recent.KLVSRV_PRODUCTS).not.toEqual(all.KLVSRV_PRODUCTS)
    change({ version: 14 })
    const before = await products(3)
    expect(before.KLVSRV_AGENTS).toBe(recent.KLVSRV_AGENTS)
    expect(before.KLVSRV_PRODUCTS).toEqual(all.KLVSRV_PRODUCTS)
  })

  it('says its version', async () => {
    change({ version: 16 })
    const answer = await client.call(session, 'HostGroup.GetStaticInfo', {
      pValues: ['KLADMSRV_PRODUCT_FULL_VERSION'],
    })
    expect(answer.json['PxgRetVal']).toEqual({
      KLADMSRV_PRODUCT_FULL_VERSION: expect.stringMatching(/^16\./u) as unknown,
    })
  })
})

describe('what the main server sees of keys', () => {
  const physicalUses = (serial: string) => {
    const physical = new Set(
      practice.state.devices.filter((one) => one.virtualServerId === 0).map(({ id }) => id),
    )
    return usesOf(serial).filter((use) => physical.has(use.deviceId))
  }

  it('may be all totals but only its own rows, so that they contradict each other', async () => {
    change({ reach: 'ownRows' })
    const own = physicalUses(mainSerial()).length
    expect((await readHostsOf(mainSerial())).rows).toHaveLength(own)
    expect((await currentCounts()).get(mainSerial())).toBeGreaterThan(own)
  })

  it('may be only its own totals and rows, and not the keys in the stores of virtual servers', async () => {
    change({ reach: 'own' })
    expect((await currentCounts()).get(mainSerial())).toBe(physicalUses(mainSerial()).length)
    const stored = practice.state.keys.find((key) => (key.storedOn ?? 0) > 0)
    const { rows } = await readKeys(['KLLIC_SERIAL'])
    expect(rows).not.toContainEqual({ KLLIC_SERIAL: stored?.serial })
    const server = practice.state.virtualServers.find((one) => one.id === stored?.storedOn)
    const there = await client.signIn(server?.name)
    const own = await readKeys(['KLLIC_SERIAL'], { KLLICSRV_ENOPT_INSTALLED_ONLY: true }, there)
    expect(own.rows).toEqual([{ KLLIC_SERIAL: stored?.serial }])
  })
})

describe('pages', () => {
  it('end with the last rows, or on a further empty page', async () => {
    const count = practice.state.keys.length
    expect(await readKeys(['KLLIC_SERIAL'])).toMatchObject({
      total: count,
      pages: Math.ceil(count / 5),
    })
    change({ endOfRows: 'emptyPage' })
    const read = await readKeys(['KLLIC_SERIAL'])
    expect(read.rows).toHaveLength(count)
    expect(read.pages).toBe(Math.ceil(count / 5) + 1)
  })

  it('hold at most as many rows as the server allows, without losing any', async () => {
    change({ maxPageRows: 2 })
    const read = await readKeys(['KLLIC_SERIAL'])
    expect(read.rows).toHaveLength(practice.state.keys.length)
    const devices = await readAccessor(client, session, {
      operation: 'HostGroup.FindHosts',
      body: { vecFieldsToReturn: ['KLHST_WKS_HOSTNAME'] },
      page: 100,
    })
    const ids = new Set(devices.rows.map((row) => row['KLHST_WKS_HOSTNAME']))
    expect(ids.size).toBe(practice.state.devices.length)
  })

  it('stop when the iterator has expired in between', async () => {
    change({ cursorReads: 1 })
    const opened = await client.call(session, 'LicenseKeys.EnumKeys', {
      pFields: ['KLLIC_SERIAL'],
      pFieldsToOrder: [],
      pOptions: {},
      lTimeoutSec: 0,
    })
    const next = () =>
      client.call(session, 'GroupSyncIterator.GetNextItems', {
        szwIterator: opened.json['wstrIterator'],
        nCount: 2,
      })
    expect((await next()).json['PxgRetVal']).toBe(2)
    expect((await next()).json['PxgError']).toMatchObject({ code: 1186, module: 'KLSTD' })
  })

  it('stay as they were when the world changes in the middle of a reading', async () => {
    const opened = await client.call(session, 'HostGroup.FindHosts', {
      wstrFilter: '',
      vecFieldsToReturn: ['KLHST_WKS_HOSTNAME'],
      vecFieldsToOrder: [],
      pParams: { KLGRP_FIND_FROM_CUR_VS_ONLY: false },
      lMaxLifeTime: 60,
    })
    const before = practice.state.devices.map((device) => device.id)
    practice.state.devices = practice.state.devices.slice(5)
    practice.state.revision += 1
    const chunk = await client.call(session, 'ChunkAccessor.GetItemsChunk', {
      strAccessor: opened.json['strAccessor'],
      nStart: 0,
      nCount: 1_000,
    })
    expect(rowsOf(chunk.json['pChunk']).map((row) => row['KLHST_WKS_HOSTNAME'])).toEqual(before)
  })
})

describe('rows', () => {
  it('lack attributes in every n-th row', async () => {
    change({ missingFields: { KLLICSRV_HOST_GRPID: 3 } })
    const { rows } = await readHostsOf(mainSerial(), ['KLLICSRV_HOSTNAME', 'KLLICSRV_HOST_GRPID'])
    const without = rows.filter((row) => !('KLLICSRV_HOST_GRPID' in row))
    expect(without).toHaveLength(Math.floor(rows.length / 3))
    expect(rows.every((row) => 'KLLICSRV_HOSTNAME' in row)).toBe(true)
  })

  it('of virtual servers lack attributes that are named with their class', async () => {
    change({ missingFields: { 'VServers.KLVSRV_UID': 2, KLVSRV_ID: 1 } })
    const list = await client.call(session, 'VServers.GetVServers', { lParentGroup: -1 })
    const rows = (list.json['PxgRetVal'] as { value: object }[]).map((row) => row.value)
    expect(rows[0]).toHaveProperty('KLVSRV_UID')
    expect(rows[1]).not.toHaveProperty('KLVSRV_UID')
    expect(rows[1]).toHaveProperty('KLVSRV_ID', 2)
  })

  it.each([
    ['absent', { KLHST_WKS_HOSTNAME: expect.any(String) as unknown }],
    ['answered', { KLHST_WKS_HOSTNAME: expect.any(String) as unknown, KLVSRV_ID: 1 }],
  ] as const)('of devices have their virtual server %s', async (deviceVirtualServer, row) => {
    change({ deviceVirtualServer })
    const { rows } = await readAccessor(client, session, {
      operation: 'HostGroup.FindHosts',
      body: { vecFieldsToReturn: ['KLHST_WKS_HOSTNAME', 'KLVSRV_ID'] },
      page: 500,
    })
    expect(rows[0]).toEqual(row)
  })

  it('of devices refuse to be asked for their virtual server where the server does not know it', async () => {
    change({ deviceVirtualServer: 'refused' })
    const answer = await client.call(session, 'HostGroup.FindHosts', {
      wstrFilter: '',
      vecFieldsToReturn: ['KLHST_WKS_HOSTNAME', 'KLVSRV_ID'],
      vecFieldsToOrder: [],
      pParams: {},
      lMaxLifeTime: 60,
    })
    expect(answer.json['PxgError']).toMatchObject({ code: 1186 })
  })

  it('show all servers or only the own one when the search does not say', async () => {
    const count = async () => {
      const answer = await client.call(session, 'HostGroup.FindHosts', {
        wstrFilter: '',
        vecFieldsToReturn: ['KLHST_WKS_HOSTNAME'],
        vecFieldsToOrder: [],
        pParams: {},
        lMaxLifeTime: 60,
      })
      return answer.json['PxgRetVal']
    }
    const physical = practice.state.devices.filter((device) => device.virtualServerId === 0)
    expect(await count()).toBe(physical.length)
    change({ findDefault: 'everything' })
    expect(await count()).toBe(practice.state.devices.length)
  })
})

describe('totals that do not agree', () => {
  it('promise one row more than there is', async () => {
    change({ totals: 'keyCountOff' })
    const { total, rows } = await readHostsOf(mainSerial())
    expect(total).toBe(rows.length + 1)
  })

  it('count one device more than there is', async () => {
    const right = await currentCounts()
    change({ totals: 'currentCountOff' })
    expect((await currentCounts()).get(mainSerial())).toBe(Number(right.get(mainSerial())) + 1)
  })
})

describe('a virtual server deleted under its session', () => {
  it('answers an error and not an empty reading', async () => {
    const server = practice.state.virtualServers[0]
    const own = await client.signIn(server?.name)
    deleteVirtualServer(practice.state, 1)
    const answer = await client.call(own, 'HostGroup.FindHosts', {
      wstrFilter: '',
      vecFieldsToReturn: ['KLHST_WKS_HOSTNAME'],
      vecFieldsToOrder: [],
      pParams: {},
      lMaxLifeTime: 60,
    })
    expect(answer.json['PxgError']).toMatchObject({ code: 1186 })
  })
})

describe('rights', () => {
  it('are denied by method and by virtual server', async () => {
    change({ denied: ['AcquireKeyHosts'], deniedVirtualServers: [2] })
    const answer = await client.call(session, 'LicenseKeys.AcquireKeyHosts', {})
    expect(answer.json['PxgError']).toMatchObject({ code: 1184 })
    expect((await readKeys(['KLLIC_SERIAL'])).rows).not.toHaveLength(0)
    expect(await client.signIn(practice.state.virtualServers[1]?.name)).toBe('undefined')
    expect(await client.signIn(practice.state.virtualServers[0]?.name)).toHaveLength(32)
  })
})

describe('faults', () => {
  it('answer an error by code, as often and as late as armed', async () => {
    practice.faults.arm({ pxgError: { code: 1195, after: 1, count: 1, on: 'EnumKeys' } })
    const open = () =>
      client.call(session, 'LicenseKeys.EnumKeys', {
        pFields: ['KLLIC_SERIAL'],
        pFieldsToOrder: [],
        pOptions: {},
        lTimeoutSec: 0,
      })
    expect((await open()).json).toHaveProperty('wstrIterator')
    expect((await open()).json['PxgError']).toMatchObject({ code: 1195, subcode: 2 })
    expect((await open()).json).toHaveProperty('wstrIterator')
  })

  it('cut the connection in the middle of an answer', async () => {
    practice.faults.arm({ dropConnection: { count: 1, on: 'Ping' } })
    await expect(client.call(session, 'Session.Ping')).rejects.toThrow('aborted')
    expect((await client.call(session, 'Session.Ping')).status).toBe(200)
    expect(practice.calls.summary().log.some((call) => call.status === 0)).toBe(true)
  })

  it('lose rows of a page', async () => {
    practice.faults.arm({ cutRows: { count: 1, on: 'GetNextItems' } })
    const { total, rows } = await readHostsOf(mainSerial())
    expect(rows).toHaveLength(total - 1)
    practice.faults.arm({ cutRows: { count: 1, on: 'GetItemsChunk' } })
    const opened = await client.call(session, 'HostGroup.FindGroups', {
      wstrFilter: '',
      vecFieldsToReturn: ['id'],
      vecFieldsToOrder: [],
      pParams: { KLGRP_FIND_FROM_CUR_VS_ONLY: false },
      lMaxLifeTime: 60,
    })
    const chunk = await client.call(session, 'ChunkAccessor.GetItemsChunk', {
      strAccessor: opened.json['strAccessor'],
      nStart: 0,
      nCount: 10,
    })
    expect(chunk.json['PxgRetVal']).toBe(10)
    expect(rowsOf(chunk.json['pChunk'])).toHaveLength(9)
  })

  it('end a session in the middle of a reading', async () => {
    practice.faults.arm({ sessionLoss: { after: 1, count: 1, on: 'GroupIdGroups' } })
    expect((await client.call(session, 'HostGroup.GroupIdGroups')).json).toEqual({ PxgRetVal: 0 })
    const lost = await client.call(session, 'HostGroup.GroupIdGroups')
    expect(lost.status).toBe(403)
    expect((await client.call(session, 'Session.Ping')).status).toBe(403)
  })

  it('put the page of a gateway in place of an answer', async () => {
    practice.faults.arm({ gatewayError: { count: 1 } })
    const answer = await client.call(session, 'Session.Ping')
    expect(answer.status).toBe(502)
    expect(answer.text).toContain('<html>')
  })
})
