import type { Sandbox, SecurityCenterSettings } from '@trueup/sandbox'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  connect,
  incompleteReasons,
  openPractice,
  readCounts,
  sessionCounts,
  trueCounts,
  VIRTUAL_SERVERS,
  wrongTenants,
} from './practice.ts'

let sandbox: Sandbox
let settings: SecurityCenterSettings

beforeAll(async () => {
  sandbox = await openPractice()
  settings = { ...sandbox.securityCenter.settings }
})
afterEach(() => {
  sandbox.securityCenter.change(settings)
  sandbox.securityCenter.restart()
  sandbox.clearCalls()
})
afterAll(() => sandbox.close())

test('both plans count the truth for every tenant, application and category', async () => {
  const wide = await connect(sandbox).readUsage({})
  const single = await connect(sandbox, { plan: 'PER_SERVER' }).readUsage({})
  expect(readCounts(wide)).toEqual(trueCounts(sandbox))
  expect(single).toEqual({ ...wide, findings: [] })
  expect(wide.readings).toHaveLength(VIRTUAL_SERVERS)
})

test.for<[behaviour: string, settings: Partial<SecurityCenterSettings>]>([
  ['is a KSC 14, which counts installed products', { version: 14 }],
  ['is a KSC 16', { version: 16 }],
  ['ends an iterator on an empty page', { endOfRows: 'emptyPage' }],
  ['names the virtual server of a device', { deviceVirtualServer: 'answered' }],
  ['refuses to name the virtual server of a device', { deviceVirtualServer: 'refused' }],
  ['searches everywhere unless told otherwise', { findDefault: 'everything' }],
  ['gives small pages', { maxPageRows: 40 }],
  ['marks its own keys with true and false', { usedByServer: 'bool' }],
  ['shows the main session only its own keys', { reach: 'own' }],
  ['shows the main session all totals and only its own rows', { reach: 'ownRows' }],
  ['does so as a KSC 16', { reach: 'ownRows', version: 16 }],
  [
    'does so as a KSC 16 with other names',
    { reach: 'ownRows', version: 16, usageStatisticsNames: 'statistics' },
  ],
  ['knows virtual servers by their id', { reach: 'own', virtualServerHeader: 'uid' }],
  ['does not allow statistics of all virtual servers', { denied: ['GetInstanceStatistics'] }],
  ['leaves out the group of every row of a key', { missingFields: { KLLICSRV_HOST_GRPID: 1 } }],
  ['leaves out the group of some devices', { missingFields: { KLHST_WKS_GROUPID: 7 } }],
  [
    'leaves out the group of a device and of its rows',
    { missingFields: { KLHST_WKS_GROUPID: 7, KLLICSRV_HOST_GRPID: 1 } },
  ],
  ['writes 64-bit numbers as text', { longs: 'text' }],
  ['leaves out the name of some devices', { missingFields: { KLHST_WKS_DN: 3 } }],
])('the counts are true when the server %s', async ([, changed]) => {
  sandbox.securityCenter.change(changed)
  const reading = await connect(sandbox).readUsage({})
  expect(incompleteReasons(reading)).toEqual({})
  expect(readCounts(reading)).toEqual(trueCounts(sandbox))
})

test.for<[behaviour: string, settings: Partial<SecurityCenterSettings>, reason: string]>([
  ['announces a row too many', { totals: 'keyCountOff' }, 'KSC_TOTALS_DIFFER'],
  ['counts a device too many', { totals: 'currentCountOff' }, 'KSC_KEY_TOTAL_DIFFERS'],
  ['forgets iterators at once', { cursorReads: 0 }, 'KSC_NOT_FOUND'],
  ['does not allow the devices of keys', { denied: ['AcquireKeyHosts'] }, 'KSC_ACCESS_DENIED'],
  ['does not allow devices', { denied: ['FindHosts'] }, 'KSC_ACCESS_DENIED'],
  [
    'leaves out whether keys are active',
    { missingFields: { KLLICSRV_HOST_CURRENT: 5 } },
    'KSC_KEY_TOTAL_DIFFERS',
  ],
  [
    'leaves out whether any key is active',
    { missingFields: { KLLICSRV_HOST_CURRENT: 1 } },
    'KSC_KEY_TOTAL_DIFFERS',
  ],
  ['leaves out the ends of keys', { missingFields: { KLLIC_LIMIT_DATE: 1 } }, 'KSC_FIELD_MISSING'],
  ['leaves out the kind of keys', { missingFields: { KLLIC_KEY_TYPE: 1 } }, 'KSC_FIELD_MISSING'],
  ['leaves out products', { missingFields: { KLLIC_PROD_NAME: 1 } }, 'KSC_FIELD_MISSING'],
  [
    'leaves out the totals of keys',
    { missingFields: { KLLIC_NHOSTS_ASCURRENT: 1 } },
    'KSC_FIELD_MISSING',
  ],
  [
    'leaves out the state of subscriptions',
    { missingFields: { KLLIC_SUBSCRINFO_STATE: 1 } },
    'KSC_FIELD_MISSING',
  ],
  [
    'leaves out the ids of devices',
    { missingFields: { KLHST_WKS_HOSTNAME: 9 } },
    'KSC_ANSWER_NOT_UNDERSTOOD',
  ],
  [
    'leaves out the devices of rows',
    { missingFields: { KLLICSRV_HOSTNAME: 9 } },
    'KSC_ANSWER_NOT_UNDERSTOOD',
  ],
  ['leaves out serials', { missingFields: { KLLIC_SERIAL: 2 } }, 'KSC_ANSWER_NOT_UNDERSTOOD'],
])('no tenant gets a wrong number when the server %s', async ([, changed, reason]) => {
  sandbox.securityCenter.change(changed)
  const reading = await connect(sandbox).readUsage({})
  expect(Object.keys(incompleteReasons(reading))).toContain(reason)
  expect(wrongTenants(sandbox, reading)).toEqual([])
  expect(reading.readings).toHaveLength(VIRTUAL_SERVERS)
})

test('a thorough reading asks once for each virtual server and needs no other session', async () => {
  const reading = await connect(sandbox, { thoroughEveryMs: 1 }).readUsage({})
  expect(readCounts(reading)).toEqual(trueCounts(sandbox))
  const { byOperation } = sandbox.calls()
  expect(byOperation['securityCenter.VServers2.GetVServerStatistic']).toBe(VIRTUAL_SERVERS)
  expect(sessionCounts(sandbox).started).toBe(1)
})

test('totals that do not agree are shown with both numbers', async () => {
  sandbox.securityCenter.change({ totals: 'currentCountOff' })
  const { readings } = await connect(sandbox).readUsage({})
  const [incomplete] = readings.filter((one) => !one.complete)
  const facts = incomplete?.complete === false ? incomplete.facts : undefined
  expect(Number(facts?.['expected'])).toBe(Number(facts?.['read']) + 1)
  expect(facts).toHaveProperty('key')
})

test('a virtual server without rights is incomplete and leaves the others as they are', async () => {
  const [first] = sandbox.state().virtualServers
  sandbox.securityCenter.change({ reach: 'own', deniedVirtualServers: [first?.id ?? 0] })
  const reading = await connect(sandbox).readUsage({})
  expect(incompleteReasons(reading)).toEqual({ KSC_ACCESS_DENIED: 1 })
  expect(wrongTenants(sandbox, reading)).toEqual([])
})

test('every session is ended, and no connection carries two requests at once', async () => {
  sandbox.securityCenter.change({ reach: 'own' })
  await connect(sandbox).readUsage({})
  sandbox.securityCenter.change({ denied: ['GetVServers'] })
  await expect(connect(sandbox).readUsage({})).rejects.toMatchObject({ code: 'KSC_ACCESS_DENIED' })
  const { started, ended } = sessionCounts(sandbox)
  expect(started).toBe(VIRTUAL_SERVERS + 2)
  expect(ended).toBe(VIRTUAL_SERVERS + 2)
  expect(sandbox.calls().rejected).toBe(0)
})

test('the evidence of a count is its devices, each once, with the keys they use', async () => {
  const reading = await connect(sandbox).readUsage({})
  const { devices } = sandbox.state()
  for (const one of reading.readings) {
    for (const usage of one.complete ? one.applications : []) {
      const ids = usage.devices?.map((use) => use.device) ?? []
      expect(new Set(ids).size).toBe(usage.quantity)
      expect(usage.devices?.every((use) => use.keys.every((key) => usage.keys.includes(key)))).toBe(
        true,
      )
      const names = devices.filter(({ id }) => ids.includes(id as never)).map(({ name }) => name)
      expect(usage.devices?.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
    }
  }
})

test('OEM keys and soft-cancelled subscriptions count when the provider chose so', async () => {
  const counting = { countOem: true, countSoftCancelled: true }
  const reading = await connect(sandbox, { counting }).readUsage({})
  expect(readCounts(reading)).toEqual(trueCounts(sandbox, counting))
  expect(readCounts(reading)).not.toEqual(trueCounts(sandbox))
})

test('one reading makes at most 35 calls, however many virtual servers there are', async () => {
  const provider = await openPractice({ virtualServers: 200, devices: 4_000, keys: 25 })
  const reading = await connect(provider).readUsage({})
  expect(readCounts(reading)).toEqual(trueCounts(provider))
  expect(provider.calls().total).toBeLessThanOrEqual(35)
  await provider.close()
})
