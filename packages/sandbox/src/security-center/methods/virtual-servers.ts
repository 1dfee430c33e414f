import {
  PHYSICAL_SERVER_ID,
  type KeyUse,
  type VirtualServer,
} from '../../world/security/security-state.ts'
import { lookup } from '../../world/security/lookup.ts'
import { groupBy } from '../../world/security/group-by.ts'
import { containerOf, freezeRows, withoutValue, type FieldTable } from '../fields.ts'
import { notFound } from '../pxg-error.ts'
import type { SecurityCenterSettings } from '../settings.ts'
import { type Container, datetime, params } from '../wire.ts'
import type { MethodContext, Methods } from './method.ts'

const FIELDS: FieldTable<VirtualServer> = {
  KLVSRV_ID: (server) => server.id,
  KLVSRV_UID: (server) => server.uid,
  KLVSRV_DN: (server) => server.name,
  KLVSRV_GRP: (server) => server.parentGroupId,
  KLVSRV_GROUPS: (server) => server.rootGroupId,
  KLVSRV_SUPER: (server) => server.primaryServerGroupId,
  KLVSRV_UNASSIGNED: (server) => server.unassignedGroupId,
  KLVSRV_ENABLED: () => true,
  KLVSRV_LIC_ENABLED: () => true,
  KLVSRV_HST_UID: (server) => server.hostUid,
  KLVSRV_CREATED: (server) => datetime(server.createdAt),
  ...withoutValue([
    'KLVSRV_CUSTOM_INFO',
    'KLVSRV_VS_DESCR',
    'KLVSRV_NF_CUSTOM_URL',
    'KLVSRV_NEW_HOSTS_PROHIBITED',
    'KLVSRV_TOO_MUCH_HOSTS',
  ]),
}

/** Classes VServers and VServers2, reading only. */
export const virtualServerMethods: Methods = {
  'VServers.GetVServers': (context, given) => {
    const parent = given.whole('lParentGroup')
    // A virtual server has no virtual servers of its own.
    const seen = isMain(context) ? context.state.virtualServers : []
    const below = seen.filter((server) => parent === -1 || isBelow(context, server, parent))
    const wanted = { fields: Object.keys(FIELDS), order: [] }
    const rows = freezeRows(below, FIELDS, wanted, ownMissingFields(context.settings))
    return { PxgRetVal: rows.page(0, rows.count).map((row) => params(row)) }
  },
  'VServers.GetVServerInfo': (context, given) => {
    const server = find(context, given.whole('lVServer'))
    return { PxgRetVal: containerOf(server, FIELDS, given.names('pFields2Return')) }
  },
  'VServers2.GetVServerStatistic': (context, given) => {
    const id = given.whole('lVsId')
    if (id !== PHYSICAL_SERVER_ID || !isMain(context)) find(context, id)
    return { PxgRetVal: statisticOf(context, id, 0) }
  },
  'VServers2.GetVServerStatistic2': (context, given) => {
    const id = given.whole('lVsId')
    const days = given.whole('nMaxAgentInactivityDays')
    if ((id !== PHYSICAL_SERVER_ID && id !== -1) || !isMain(context)) find(context, id)
    return { PxgRetVal: statisticOf(context, id, days) }
  },
}

/** `VServers.KLVSRV_UID` among the missing fields means this list; bare names mean result sets. */
function ownMissingFields(settings: SecurityCenterSettings): SecurityCenterSettings {
  const prefix = 'VServers.'
  const own = Object.entries(settings.missingFields)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, every]) => [name.slice(prefix.length), every] as const)
  return { ...settings, missingFields: Object.fromEntries(own) }
}

function isMain({ session }: MethodContext): boolean {
  return session.virtualServerId === PHYSICAL_SERVER_ID
}

function find(context: MethodContext, id: number): VirtualServer {
  const server = lookup(context.state).virtualServerById.get(id)
  const isSeen = isMain(context) || context.session.virtualServerId === id
  if (!server || !isSeen) throw notFound(`virtual server ${id}`)
  return server
}

/** Whether the virtual server hangs under the group or one of its subgroups. */
function isBelow({ state }: MethodContext, server: VirtualServer, groupId: number): boolean {
  const { groupById } = lookup(state)
  let at: number | null | undefined = server.parentGroupId
  while (at !== null && at !== undefined) {
    if (at === groupId) return true
    at = groupById.get(at)?.parentId
  }
  return false
}

function statisticOf({ state, now, settings }: MethodContext, id: number, days: number): Container {
  const index = lookup(state)
  const whole = id === -1
  const devices = whole ? state.devices : (index.devicesOf.get(id) ?? [])
  const uses = whole
    ? index.usesBySerial
    : (index.usesOfServer.get(id) ?? new Map<string, KeyUse[]>())
  const since = days > 0 ? now.getTime() - days * 86_400_000 : 0
  const active = devices.filter((device) => Date.parse(device.lastSeenAt) >= since)
  const activeIds = new Set(active.map((device) => device.id))
  const everyUse = [...uses.values()].flat()
  // Until 14 the limit of days held for agents only, since 15.1 also for products.
  const installed =
    settings.version === 14 ? everyUse : everyUse.filter((use) => activeIds.has(use.deviceId))
  const mobiles = devices.filter((device) => device.os.name?.startsWith('Android')).length
  const keys = state.keys.filter((key) => uses.has(key.serial) || key.storedOn === id)
  return {
    KLVSRV_CREATED: datetime(index.virtualServerById.get(id)?.createdAt ?? null),
    KLVSRV_GROUPS: whole ? state.groups.length : (index.groupsOf.get(id)?.length ?? 0),
    KLVSRV_HOSTS: devices.length,
    KLVSRV_USERS: 0,
    KLVSRV_MDMIOS: 0,
    KLVSRV_MOBILIES: mobiles,
    KLVSRV_AGENTS: active.length,
    KLVSRV_LICENSES: keys.map((key) =>
      params({
        KLLIC_SERIAL: key.serial,
        KLLIC_PROD_NAME: key.productName,
        KLLIC_KEY_TYPE: key.keyType,
        KLLIC_LIMIT_DATE: datetime(key.limitDate),
      }),
    ),
    KLVSRV_PRODUCTS: params(productsOf(installed)),
  }
}

/** Installations by product and version. */
function productsOf(uses: readonly KeyUse[]): Container {
  const products: Container = {}
  for (const [product, ofProduct] of groupBy(uses, (use) => use.product)) {
    const versions: Container = {}
    for (const [version, ofVersion] of groupBy(ofProduct, (use) => use.productVersion)) {
      versions[version] = params({
        KLVSRV_PROD_CNT: new Set(ofVersion.map((use) => use.deviceId)).size,
        KLVSRV_PROD_DN: product,
        KLVSRV_PROD_DV: version,
      })
    }
    products[product] = params(versions)
  }
  return products
}
