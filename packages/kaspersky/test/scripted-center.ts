import type { IncomingMessage, RequestListener } from 'node:http'

/** What a session sees; everything in the vendor's own words. */
export interface View {
  readonly hosts: readonly object[]
  readonly keys: readonly ScriptedKey[]
}

/** A key and the rows of devices that AcquireKeyHosts gives for it. */
export interface ScriptedKey {
  readonly fields: Readonly<Record<string, unknown>>
  readonly rows: readonly object[]
}

/** Two virtual servers, A (1) and B (2), of which no session needs to see the truth. */
export interface ScriptedCenter {
  readonly main: View
  readonly a: View
  readonly b: View
  /** Devices of A and B by the statistics of all virtual servers; without them the method is missing. */
  readonly hostCounts?: readonly [a: number, b: number]
  /** Serials that the statistics of one virtual server name. */
  readonly named?: readonly string[]
}

/** A commercial key without an end in sight. */
export function keyOf(
  serial: string,
  rows: readonly object[],
  activeUses = rows.length,
): ScriptedKey {
  const fields = {
    KLLIC_SERIAL: serial,
    KLLIC_PROD_NAME: 'Select',
    KLLIC_KEY_TYPE: 1,
    KLLIC_LIMIT_DATE: { type: 'datetime', value: '2030-01-01T00:00:00Z' },
    KLLIC_NHOSTS_ASCURRENT: activeUses,
  }
  return { fields, rows }
}

/** A row of a device that uses the key; the group is text here. */
export const rowOf = (device: string, group?: number): object => ({
  KLLICSRV_HOSTNAME: device,
  KLLICSRV_HOST_CURRENT: true,
  ...(group === undefined ? {} : { KLLICSRV_HOST_GRPID: String(group) }),
})

/** A listed device. */
export const hostOf = (device: string, group: number): object => ({
  KLHST_WKS_HOSTNAME: device,
  KLHST_WKS_GROUPID: group,
  KLHST_WKS_OS_NAME: 'Microsoft Windows 11',
})

const SERVERS = [
  { KLVSRV_ID: 1, KLVSRV_UID: 'uid-a', KLVSRV_DN: 'A', KLVSRV_GROUPS: 10 },
  { KLVSRV_ID: 2, KLVSRV_UID: 'uid-b', KLVSRV_DN: 'B', KLVSRV_GROUPS: 20 },
]
/** The top groups of both virtual servers, below the physical server's. */
const GROUPS = [
  { id: 1, parentId: 0 },
  { id: 10, parentId: 1 },
  { id: 20, parentId: 1 },
]

type Answers = Record<string, RequestListener | object>

const MISSING = { PxgError: { code: 1194, module: 'KLCONN' } }

/** Answers for a scripted server. */
export function centerAnswers(center: ScriptedCenter): Answers {
  const views: Readonly<Record<string, View>> = { main: center.main, A: center.a, B: center.b }
  const bySession =
    (make: (body: Record<string, unknown>, view: View) => object): RequestListener =>
    async (request, response) => {
      const view = views[String(request.headers['x-ksc-session'])] ?? center.main
      response.end(JSON.stringify(make(await bodyOf(request), view)))
    }
  return {
    ...sessionAnswers(),
    ...keyAnswers(bySession),
    ...hostAnswers(bySession),
    ...statisticsAnswers(center),
  }
}

function sessionAnswers(): Answers {
  return {
    'Session.StartSession': (request, response) => {
      const header = String(request.headers['x-ksc-vserver'] ?? '')
      const name = Buffer.from(header, 'base64').toString() || 'main'
      response.end(JSON.stringify({ PxgRetVal: name }))
    },
    'VServers.GetVServers': { PxgRetVal: SERVERS.map(wrap) },
    'HostGroup.GetStaticInfo': (request, response) => {
      const id = ['main', 'A', 'B'].indexOf(String(request.headers['x-ksc-session']))
      response.end(JSON.stringify({ PxgRetVal: { KLADMSRV_VSID: id } }))
    },
  }
}

type BySession = (make: (body: Record<string, unknown>, view: View) => object) => RequestListener

function keyAnswers(bySession: BySession): Answers {
  const rowsOf = (view: View, serial: unknown): readonly object[] =>
    view.keys.find(({ fields }) => fields['KLLIC_SERIAL'] === serial)?.rows ?? []
  return {
    'LicenseKeys.EnumKeys': bySession((_body, { keys }) => ({
      lKeyCount: keys.length,
      wstrIterator: 'keys',
    })),
    'LicenseKeys.AcquireKeyHosts': bySession(({ pInData }, view) => {
      const serial = (pInData as Record<string, unknown>)['KLLIC_SERIAL']
      return { lKeyCount: rowsOf(view, serial).length, wstrIterator: serial }
    }),
    'GroupSyncIterator.GetNextItems': bySession(({ szwIterator }, view) => {
      const rows =
        szwIterator === 'keys' ? view.keys.map(({ fields }) => fields) : rowsOf(view, szwIterator)
      return { PxgRetVal: rows.length, bEOF: true, pData: { KLCSP_ITERATOR_ARRAY: rows.map(wrap) } }
    }),
    'LicenseKeys.AcquireKeyUsageStatistics': MISSING,
  }
}

function hostAnswers(bySession: BySession): Answers {
  return {
    'HostGroup.FindHosts': bySession((_body, { hosts }) => ({
      PxgRetVal: hosts.length,
      strAccessor: 'hosts',
    })),
    'HostGroup.FindGroups': { PxgRetVal: GROUPS.length, strAccessor: 'groups' },
    'ChunkAccessor.GetItemsChunk': bySession(({ strAccessor }, { hosts }) => {
      const rows = strAccessor === 'groups' ? GROUPS : hosts
      return { PxgRetVal: rows.length, pChunk: { KLCSP_ITERATOR_ARRAY: rows.map(wrap) } }
    }),
  }
}

function statisticsAnswers({ named = [], hostCounts }: ScriptedCenter): Answers {
  const licences = named.map((serial) => wrap({ KLLIC_SERIAL: serial }))
  const details = hostCounts?.map((count, index) =>
    wrap({
      KLSRV_ST_VIRT_SERVER_ID: { type: 'long', value: index + 1 },
      KLSRV_ST_VSERVER_HOST_COUNT: count,
    }),
  )
  return {
    'VServers2.GetVServerStatistic': { PxgRetVal: { KLVSRV_LICENSES: licences } },
    'HostGroup.GetInstanceStatistics':
      details === undefined ? MISSING : { PxgRetVal: { KLSRV_ST_VIRT_SERVERS_DETAILS: details } },
  }
}

function wrap(value: object): object {
  return { type: 'params', value }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text) as Record<string, unknown>
}
