import { addDays, dayOf } from '../../calendar.ts'
import type { Prng } from '../../prng.ts'
import type { Customer } from '../generation/customers.ts'
import { PHYSICAL_SERVER_ID, type SecurityGroup, type VirtualServer } from './security-state.ts'
import { nameVirtualServers } from './virtual-server-names.ts'

/** Virtual servers with their groups, and the numbers that are free after them. */
export interface Structure {
  virtualServers: VirtualServer[]
  groups: SecurityGroup[]
  nextGroupId: number
}

/** Ids of the physical server's own groups; the first is 0, so that nobody takes 0 for "none". */
export const PHYSICAL_GROUPS = {
  managed: 0,
  primaryServer: 1,
  unassigned: 2,
  customers: 3,
} as const

const FIRST_FREE_GROUP_ID = 10

/** A virtual server for each customer, with subgroups where it has many devices. */
export function generateStructure(
  prng: Prng,
  now: Date,
  customers: readonly { customer: Customer; devices: number }[],
): Structure {
  const today = dayOf(now.getTime())
  const groups = physicalGroups(`${addDays(today, -1_500)}T08:00:00Z`)
  const names = nameVirtualServers(customers)
  let nextGroupId = FIRST_FREE_GROUP_ID
  const virtualServers = customers.map(({ devices }, position) => {
    const createdAt = `${addDays(today, -prng.integer(120, 1_400))}T${prng.integer(10, 18)}:30:00Z`
    const server = buildVirtualServer(prng, {
      id: position + 1,
      name: names[position] ?? '',
      createdAt,
      firstGroupId: nextGroupId,
    })
    const own = groupsOf(server, devices)
    groups.push(...own)
    nextGroupId += own.length + 1
    return server
  })
  return { virtualServers, groups, nextGroupId }
}

/** A virtual server that takes the three group ids from `firstGroupId`. */
export function buildVirtualServer(
  prng: Prng,
  given: { id: number; name: string; createdAt: string; firstGroupId: number },
): VirtualServer {
  return {
    id: given.id,
    uid: `VSRV${hex(prng, 8)}${hex(prng, 8)}${hex(prng, 8)}`.toUpperCase(),
    name: given.name,
    parentGroupId: PHYSICAL_GROUPS.customers,
    rootGroupId: given.firstGroupId,
    unassignedGroupId: given.firstGroupId + 1,
    primaryServerGroupId: given.firstGroupId + 2,
    hostUid: guid(prng),
    createdAt: given.createdAt,
  }
}

/** The groups of a virtual server: its two roots, and subgroups from 15 devices on. */
export function groupsOf(server: VirtualServer, devices: number): SecurityGroup[] {
  const group = (id: number, name: string, parentId: number | null): SecurityGroup => ({
    id,
    name,
    parentId,
    virtualServerId: server.id,
    level: parentId === null ? 0 : 1,
    createdAt: server.createdAt,
  })
  const subgroups = [
    ...(devices >= 15 ? ['Servers', 'Workstations'] : []),
    ...(devices >= 60 ? ['Branch office', 'Notebooks'] : []),
  ]
  const firstSubgroupId = server.primaryServerGroupId + 1
  return [
    group(server.rootGroupId, 'Managed devices', null),
    group(server.unassignedGroupId, 'Unassigned devices', null),
    ...subgroups.map((name, position) =>
      group(firstSubgroupId + position, name, server.rootGroupId),
    ),
  ]
}

/** A random id in the form 8-4-4-4-12. */
export function guid(prng: Prng): string {
  const text = hex(prng, 8) + hex(prng, 8) + hex(prng, 8) + hex(prng, 8)
  return [8, 12, 16, 20, 32].map((end, at) => text.slice([0, 8, 12, 16, 20][at], end)).join('-')
}

/** `digits` random hexadecimal digits, at most 8. */
export function hex(prng: Prng, digits: number): string {
  return Math.floor(prng.next() * 16 ** digits)
    .toString(16)
    .padStart(digits, '0')
}

function physicalGroups(createdAt: string): SecurityGroup[] {
  const group = (id: number, name: string, parentId: number | null): SecurityGroup => ({
    id,
    name,
    parentId,
    virtualServerId: PHYSICAL_SERVER_ID,
    level: parentId === null ? 0 : 1,
    createdAt,
  })
  return [
    group(PHYSICAL_GROUPS.managed, 'Managed devices', null),
    group(PHYSICAL_GROUPS.unassigned, 'Unassigned devices', null),
    group(PHYSICAL_GROUPS.customers, 'Customers', PHYSICAL_GROUPS.managed),
  ]
}
