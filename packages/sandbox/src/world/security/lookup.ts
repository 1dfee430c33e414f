import { groupBy } from './group-by.ts'
import type {
  KeyUse,
  SecurityDevice,
  SecurityGroup,
  SecurityState,
  VirtualServer,
} from './security-state.ts'

/** Look-up tables over the Kaspersky side. */
export interface SecurityIndex {
  deviceById: Map<string, SecurityDevice>
  groupById: Map<number, SecurityGroup>
  virtualServerById: Map<number, VirtualServer>
  /** By virtual server; 0 holds the physical server's own. */
  devicesOf: Map<number, SecurityDevice[]>
  groupsOf: Map<number, SecurityGroup[]>
  usesBySerial: Map<string, KeyUse[]>
  /** By virtual server (0: the physical one) and serial. */
  usesOfServer: Map<number, Map<string, KeyUse[]>>
}

const cache = new WeakMap<SecurityState, { revision: number; index: SecurityIndex }>()

/** The look-up tables of this state, made once per revision. */
export function lookup(state: SecurityState): SecurityIndex {
  const cached = cache.get(state)
  if (cached?.revision === state.revision) return cached.index
  const index = buildIndex(state)
  cache.set(state, { revision: state.revision, index })
  return index
}

function buildIndex(state: SecurityState): SecurityIndex {
  const deviceById = new Map(state.devices.map((device) => [device.id, device]))
  const serverOf = (use: KeyUse) => deviceById.get(use.deviceId)?.virtualServerId ?? -1
  return {
    deviceById,
    groupById: new Map(state.groups.map((group) => [group.id, group])),
    virtualServerById: new Map(state.virtualServers.map((server) => [server.id, server])),
    devicesOf: groupBy(state.devices, (device) => device.virtualServerId),
    groupsOf: groupBy(state.groups, (group) => group.virtualServerId),
    usesBySerial: groupBy(state.keyUses, (use) => use.serial),
    usesOfServer: new Map(
      [...groupBy(state.keyUses, serverOf)].map(([id, uses]) => [
        id,
        groupBy(uses, (use) => use.serial),
      ]),
    ),
  }
}
