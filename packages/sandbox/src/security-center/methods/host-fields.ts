import type { SecurityDevice, SecurityGroup } from '../../world/security/security-state.ts'
import { lookup } from '../../world/security/lookup.ts'
import { type FieldTable, withoutValue } from '../fields.ts'
import { datetime } from '../wire.ts'
import type { MethodContext } from './method.ts'

// Flags of KLHST_WKS_STATUS: the device is visible, an agent is installed.
const VISIBLE_WITH_AGENT = 1 | 4

/** Device attributes, as far as this server has them. */
export function deviceFields(context: MethodContext): FieldTable<SecurityDevice> {
  return { ...DEVICE_FIELDS, ...deviceServerFields(context) }
}

const DEVICE_FIELDS: FieldTable<SecurityDevice> = {
  KLHST_WKS_HOSTNAME: (device) => device.id,
  KLHST_WKS_DN: (device) => device.name,
  KLHST_WKS_GROUPID: (device) => device.groupId,
  KLHST_WKS_FROM_UNASSIGNED: (device) => device.unassigned,
  KLHST_WKS_OS_NAME: (device) => device.os.name ?? undefined,
  KLHST_WKS_CTYPE: (device) => device.os.ctype,
  KLHST_WKS_PTYPE: (device) => device.os.ptype,
  KLHST_WKS_OS_VER_MAJOR: (device) => device.os.major,
  KLHST_WKS_OS_VER_MINOR: (device) => device.os.minor,
  KLHST_WKS_OS_BUILD_NUMBER: (device) => device.os.build,
  KLHST_WKS_STATUS: () => VISIBLE_WITH_AGENT,
  KLHST_WKS_CREATED: (device) => datetime(device.createdAt),
  KLHST_WKS_LAST_VISIBLE: (device) => datetime(device.lastSeenAt),
  KLHST_WKS_LAST_NAGENT_CONNECTED: (device) => datetime(device.lastSeenAt),
  KLHST_WKS_LAST_INFOUDATE: (device) => datetime(device.lastSeenAt),
  KLHST_WKS_FQDN: (device) => `${device.name.toLowerCase()}.example`,
  KLHST_WKS_DNSNAME: (device) => device.name.toLowerCase(),
  KLHST_WKS_WINHOSTNAME: (device) => device.name,
  KLHST_INSTANCEID: (device) => device.id,
  ...withoutValue([
    'KLHST_WKS_OS_RELEASE_ID',
    'KLHST_WKS_NAG_VERSION',
    'KLHST_WKS_RTP_AV_VERSION',
    'KLHST_APP_INFO',
  ]),
}

/** Whether devices say to which virtual server they belong is not known. */
function deviceServerFields({ state, settings }: MethodContext): FieldTable<SecurityDevice> {
  switch (settings.deviceVirtualServer) {
    case 'absent':
      return withoutValue(['KLVSRV_ID', 'KLVSRV_DN'])
    case 'answered':
      return {
        KLVSRV_ID: (device) => device.virtualServerId,
        KLVSRV_DN: (device) => lookup(state).virtualServerById.get(device.virtualServerId)?.name,
      }
    // Not in the table at all: asking for them is an error.
    case 'refused':
      return {}
  }
}

/** Group attributes. */
export function groupFields({ state }: MethodContext): FieldTable<SecurityGroup> {
  const { devicesOf, groupsOf, groupById, virtualServerById } = lookup(state)
  const devicesIn = (group: SecurityGroup) =>
    (devicesOf.get(group.virtualServerId) ?? []).filter((device) => device.groupId === group.id)
      .length
  const subgroupsOf = (group: SecurityGroup) =>
    (groupsOf.get(group.virtualServerId) ?? []).filter((one) => one.parentId === group.id).length
  return {
    id: (group) => group.id,
    name: (group) => group.name,
    // A root has none.
    parentId: (group) => group.parentId ?? undefined,
    grp_full_name: (group) => {
      const parent = groupById.get(group.parentId ?? -1)
      return parent ? `${parent.name}/${group.name}` : group.name
    },
    level: (group) => group.level,
    creationDate: (group) => datetime(group.createdAt),
    hostsNum: devicesIn,
    childGroupsNum: subgroupsOf,
    grp_from_unassigned: (group) =>
      virtualServerById.get(group.virtualServerId)?.unassignedGroupId === group.id,
    KLGRP_CHLDHST_CNT: devicesIn,
    KLGRP_CHLDGRP_CNT: subgroupsOf,
    KLVSRV_ID: (group) => group.virtualServerId,
    KLVSRV_DN: (group) => virtualServerById.get(group.virtualServerId)?.name,
    ...withoutValue(['KLSRVH_SRV_DN']),
  }
}
