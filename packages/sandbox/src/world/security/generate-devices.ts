import { addDays, dayOf } from '../../calendar.ts'
import type { Prng } from '../../prng.ts'
import { guid, PHYSICAL_GROUPS } from './generate-structure.ts'
import type {
  DeviceCategory,
  OperatingSystem,
  SecurityDevice,
  SecurityGroup,
  VirtualServer,
} from './security-state.ts'
import { OPERATING_SYSTEMS } from './catalogue.ts'

const NAME_PARTS: Record<DeviceCategory, string> = {
  WINDOWS_WORKSTATION: 'WS',
  WINDOWS_SERVER: 'SRV',
  NON_WINDOWS: 'NX',
  UNKNOWN: 'DEV',
}

/** Where a device stands. `server` is null for the physical one. */
export interface DevicePlace {
  server: VirtualServer | null
  groups: readonly SecurityGroup[]
  /** Letters that start the device's name. */
  prefix: string
}

/** A place's letters: the first of its virtual server's name. */
export function placeOf(
  server: VirtualServer | null,
  groups: readonly SecurityGroup[],
): DevicePlace {
  const letters = (server?.name ?? 'MSP').normalize('NFD').replaceAll(/[^A-Za-z0-9]/gu, '')
  return { server, groups, prefix: letters.slice(0, 4).toUpperCase() || `VS${server?.id}` }
}

/** `count` devices of one place, in a realistic mix of operating systems. */
export function generateDevices(
  prng: Prng,
  now: Date,
  given: { place: DevicePlace; count: number; firstNumber: number },
): SecurityDevice[] {
  return Array.from({ length: given.count }, (_, position) =>
    buildDevice(prng, now, {
      place: given.place,
      category: anyCategory(prng),
      number: given.firstNumber + position,
    }),
  )
}

/** One device of a category; `number` makes its name unique. */
export function buildDevice(
  prng: Prng,
  now: Date,
  given: { place: DevicePlace; category: DeviceCategory; number: number },
): SecurityDevice {
  const { place, category, number } = given
  const today = dayOf(now.getTime())
  const unassigned = prng.chance(0.01)
  return {
    id: guid(prng),
    name: `${place.prefix}-${NAME_PARTS[category]}-${String(number).padStart(4, '0')}`,
    groupId: groupIdFor(prng, place, { category, unassigned }),
    virtualServerId: place.server?.id ?? 0,
    unassigned,
    os: anyOperatingSystem(prng, category),
    createdAt: `${addDays(today, -prng.integer(1, 900))}T10:15:00Z`,
    lastSeenAt: `${addDays(today, -Math.floor(prng.next() ** 4 * 40))}T07:45:00Z`,
  }
}

function groupIdFor(
  prng: Prng,
  { server, groups }: DevicePlace,
  { category, unassigned }: { category: DeviceCategory; unassigned: boolean },
): number {
  if (unassigned) return server?.unassignedGroupId ?? PHYSICAL_GROUPS.unassigned
  const root = server?.rootGroupId ?? PHYSICAL_GROUPS.managed
  if (!server || groups.length <= 2) return root
  if (category === 'WINDOWS_SERVER')
    return groups.find((group) => group.name === 'Servers')?.id ?? root
  const others = groups.filter((group) => group.parentId === root && group.name !== 'Servers')
  return prng.chance(0.1) ? root : prng.pick(others).id
}

function anyCategory(prng: Prng): DeviceCategory {
  const drawn = prng.next()
  if (drawn < 0.78) return 'WINDOWS_WORKSTATION'
  if (drawn < 0.92) return 'WINDOWS_SERVER'
  return drawn < 0.996 ? 'NON_WINDOWS' : 'UNKNOWN'
}

function anyOperatingSystem(prng: Prng, category: DeviceCategory): OperatingSystem {
  const offered = OPERATING_SYSTEMS[category]
  let left = prng.next() * offered.reduce((sum, { share }) => sum + share, 0)
  for (const { os, share } of offered) {
    left -= share
    if (left < 0) return os
  }
  return (offered[0] as (typeof offered)[number]).os
}
