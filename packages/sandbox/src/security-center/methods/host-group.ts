import { PHYSICAL_GROUPS } from '../../world/security/generate-structure.ts'
import {
  PHYSICAL_SERVER_ID,
  type SecurityDevice,
  type SecurityGroup,
} from '../../world/security/security-state.ts'
import { lookup } from '../../world/security/lookup.ts'
import { isCountedKey } from '../../world/security/usage-truth.ts'
import { containerOf, type FieldTable, freezeRows, type Wanted, withoutValue } from '../fields.ts'
import { compileFilter, type SearchTable } from '../filter.ts'
import { badFormat, notFound } from '../pxg-error.ts'
import { type Arguments, type Container, datetime, long, type Outer, params } from '../wire.ts'
import { deviceFields, groupFields } from './host-fields.ts'
import type { MethodContext, Methods } from './method.ts'

const LONGEST_LIFE_SECONDS = 7_200

const PRODUCT_VERSIONS = { 14: '14.2.0.26967', 15: '15.4.0.8873', 16: '16.1.0.1108' } as const

/** Class HostGroup, reading only. */
export const hostGroupMethods: Methods = {
  'HostGroup.FindHosts': (context, given) => {
    const search: SearchTable<SecurityDevice> = {
      KLHST_WKS_GROUPID_GP: (device) => groupWithAncestors(context, device.groupId),
    }
    const items = context.reach.devices(currentOnly(context, given))
    return openAccessor(context, given, { items, fields: deviceFields(context), search })
  },
  'HostGroup.FindGroups': (context, given) => {
    const items = context.reach.groups(currentOnly(context, given))
    return openAccessor(context, given, { items, fields: groupFields(context) })
  },
  'HostGroup.GetHostInfo': (context, given) => {
    const id = given.text('strHostName')
    const device = lookup(context.state).deviceById.get(id)
    if (!device || !context.reach.devices(false).includes(device)) throw notFound(`device "${id}"`)
    return { PxgRetVal: containerOf(device, deviceFields(context), given.names('pFields2Return')) }
  },
  'HostGroup.GetStaticInfo': (context, given) => ({
    PxgRetVal: containerOf(context, STATIC_INFO, given.names('pValues')),
  }),
  'HostGroup.GetInstanceStatistics': (context, given) => ({
    PxgRetVal: containerOf(context, STATISTICS, given.names('vecFilterFields')),
  }),
  'HostGroup.GroupIdGroups': (context) => ({ PxgRetVal: rootGroups(context).managed }),
  'HostGroup.GroupIdUnassigned': (context) => ({ PxgRetVal: rootGroups(context).unassigned }),
  'HostGroup.GroupIdSuper': (context) => ({ PxgRetVal: rootGroups(context).primaryServer }),
}

/** KLGRP_FIND_FROM_CUR_VS_ONLY; what holds without it is a setting, because it is not documented. */
function currentOnly({ settings }: MethodContext, given: Arguments): boolean {
  const asked = given.container('pParams')['KLGRP_FIND_FROM_CUR_VS_ONLY']
  if (asked === undefined) return settings.findDefault === 'currentServer'
  if (typeof asked !== 'boolean') throw badFormat('KLGRP_FIND_FROM_CUR_VS_ONLY must be a bool')
  return asked
}

function openAccessor<Item extends SecurityDevice | SecurityGroup>(
  { session, settings, now }: MethodContext,
  given: Arguments,
  source: {
    items: readonly Item[]
    fields: FieldTable<Item>
    search?: SearchTable<Item>
  },
): Record<string, Outer> {
  const life = given.whole('lMaxLifeTime')
  if (life < 1 || life > LONGEST_LIFE_SECONDS)
    throw badFormat(`lMaxLifeTime must be 1 to ${LONGEST_LIFE_SECONDS}`)
  const filter = compileFilter(given.text('wstrFilter'), { ...source, now })
  const wanted: Wanted = {
    fields: given.names('vecFieldsToReturn'),
    order: given.order('vecFieldsToOrder'),
  }
  const rows = freezeRows(source.items.filter(filter), source.fields, wanted, settings)
  return { PxgRetVal: rows.count, strAccessor: session.cursors.open('accessor', rows, life) }
}

function groupWithAncestors({ state }: MethodContext, groupId: number): number[] {
  const { groupById } = lookup(state)
  const chain: number[] = []
  for (let at: number | null | undefined = groupId; at !== null && at !== undefined;) {
    chain.push(at)
    at = groupById.get(at)?.parentId
  }
  return chain
}

function rootGroups({ state, session }: MethodContext) {
  const server = lookup(state).virtualServerById.get(session.virtualServerId)
  if (!server) return PHYSICAL_GROUPS
  return {
    managed: server.rootGroupId,
    unassigned: server.unassignedGroupId,
    primaryServer: server.primaryServerGroupId,
  }
}

const STATIC_INFO: FieldTable<MethodContext> = {
  KLADMSRV_IS_VIRTUAL: ({ session }) => session.virtualServerId !== PHYSICAL_SERVER_ID,
  KLADMSRV_VSID: ({ session }) => session.virtualServerId,
  KLADMSRV_PRODUCT_FULL_VERSION: ({ settings }) => PRODUCT_VERSIONS[settings.version],
  KLADMSRV_PRODUCT_VERSION: ({ settings }) =>
    PRODUCT_VERSIONS[settings.version].split('.', 2).join('.'),
  KLADMSRV_SERVER_VERSION_ID: ({ settings }) => settings.version,
  KLADMSRV_LINUX_EDITION: () => false,
  KLADMSRV_B2B_CLOUD_MODE: () => false,
  KLADMSRV_PCLOUD_MODE: () => false,
}

const STATISTICS: FieldTable<MethodContext> = {
  KLSRV_ST_VIRT_SERVER_COUNT: (context) =>
    serversSeen(context).filter((id) => id !== PHYSICAL_SERVER_ID).length,
  KLSRV_ST_TOTAL_HOSTS_COUNT: ({ reach }) => reach.devices(false).length,
  KLSRV_ST_VIRT_SERVERS_DETAILS: (context) =>
    serversSeen(context).map((id) => params(detailOf(context, id))),
  ...withoutValue(['KLSRV_ST_SERVER_VERSION', 'KLSRV_ST_PATCHES']),
}

function serversSeen({ state, session }: MethodContext): number[] {
  if (session.virtualServerId !== PHYSICAL_SERVER_ID) return [session.virtualServerId]
  return [PHYSICAL_SERVER_ID, ...state.virtualServers.map((server) => server.id)]
}

function detailOf({ state, now, settings }: MethodContext, id: number): Container {
  const index = lookup(state)
  const server = index.virtualServerById.get(id)
  const devices = index.devicesOf.get(id) ?? []
  const mobiles = devices.filter((device) => device.os.name?.startsWith('Android')).length
  const uses = index.usesOfServer.get(id)
  const keys = state.keys.filter((key) => uses?.has(key.serial) || key.storedOn === id)
  const ends = keys.flatMap((key) => (key.keyType === 1 && key.limitDate ? [key.limitDate] : []))
  return {
    KLSRV_ST_VIRT_SERVER_ID: long(id, settings.longs),
    KLSRV_ST_VIRT_SERVER_NAME: server?.name ?? '',
    KLSRV_ST_VSERVER_HOST_COUNT: devices.length,
    KLSRV_ST_VSERVER_REAL_HOST_COUNT: devices.length - mobiles,
    KLSRV_ST_VSERVER_IOSMDM_DEV_COUNT: 0,
    KLSRV_ST_VSERVER_KESMOB_DEV_COUNT: mobiles,
    KLSRV_ST_VSERVER_TRIAL_LIC_EXISTS: keys.some((key) => key.keyType === 3),
    KLSRV_ST_VSERVER_COM_LIC_EXISTS: keys.some((key) => isCountedKey(key, now)),
    ...(server ? { KLSRV_ST_VSERVER_CREATION_DATE: datetime(server.createdAt) } : {}),
    ...(ends.length > 0
      ? { KLSRV_ST_VSERVER_LAST_COM_LIC_EXPIR: datetime(ends.toSorted().at(-1) ?? null) }
      : {}),
  }
}
