import type { Clock } from '../../clock.ts'
import type { Prng } from '../../prng.ts'
import type { Customer } from '../generation/customers.ts'
import { generateDevices, placeOf } from './generate-devices.ts'
import { generateKeys, type MadeKey } from './generate-keys.ts'
import { generatePhysicalUses, generateUses } from './generate-key-uses.ts'
import { generateStructure } from './generate-structure.ts'
import { groupBy } from './group-by.ts'
import { PHYSICAL_SERVER_ID, type SecurityDevice, type SecurityState } from './security-state.ts'

/** What the Kaspersky side is made from. */
export interface SecurityOptions {
  prng: Prng
  clock: Clock
  /** Each gets a virtual server. */
  customers: readonly Customer[]
  /** Devices altogether; about one in two hundred belongs to the physical server itself. */
  devices: number
  /** Licence keys; 14 when absent, of which 7 are counted. */
  keys?: number
}

/** Makes virtual servers, groups, devices and keys; the same seed, day and customers give the same. */
export function generateSecurity(options: SecurityOptions): SecurityState {
  const { prng, clock, customers, devices: total, keys: keyCount = 14 } = options
  const now = clock.now()
  const physicalCount = total >= 20 ? Math.max(3, Math.round(total / 200)) : 0
  const shares = shareOut(customers, customers.length === 0 ? 0 : total - physicalCount)
  const structure = generateStructure(prng.fork('structure'), now, shares)
  const made = generateKeys(prng.fork('keys'), now, keyCount)
  giveOwnStores(made, shares)

  const devices: SecurityDevice[] = []
  const keyUses = []
  const groupsByServer = groupBy(structure.groups, (group) => group.virtualServerId)
  for (const [position, server] of structure.virtualServers.entries()) {
    const own = prng.fork(`server ${server.id}`)
    const place = placeOf(server, groupsByServer.get(server.id) ?? [])
    const count = shares[position]?.devices ?? 0
    const placed = generateDevices(own, now, { place, count, firstNumber: 1 })
    for (const device of placed) devices.push(device)
    for (const use of generateUses(own, now, { server, devices: placed, keys: made }))
      keyUses.push(use)
  }
  const physical = generateDevices(prng.fork('physical'), now, {
    place: placeOf(null, groupsByServer.get(PHYSICAL_SERVER_ID) ?? []),
    count: physicalCount,
    firstNumber: 1,
  })
  for (const device of physical) devices.push(device)
  for (const use of generatePhysicalUses(physical, made)) keyUses.push(use)

  return {
    virtualServers: structure.virtualServers,
    groups: structure.groups,
    devices,
    keys: withUnits(made, keyUses),
    keyUses,
    revision: 1,
    next: {
      virtualServerId: structure.virtualServers.length + 1,
      groupId: structure.nextGroupId,
      deviceNumber: total + 1,
    },
  }
}

/** Devices by weight, whole numbers that add up to `total`; the lightest of three or more customers has none. */
function shareOut(
  customers: readonly Customer[],
  total: number,
): { customer: Customer; devices: number }[] {
  const lightest = customers.length < 3 ? undefined : customers.reduce(lighter)
  const sharing = customers.filter((customer) => customer !== lightest)
  const weights = sharing.reduce((sum, { weight }) => sum + weight, 0)
  let weightSoFar = 0
  let givenSoFar = 0
  return customers.map((customer) => {
    if (customer === lightest) return { customer, devices: 0 }
    weightSoFar += customer.weight
    const devices = Math.round((total * weightSoFar) / weights) - givenSoFar
    givenSoFar += devices
    return { customer, devices }
  })
}

function lighter(one: Customer, other: Customer): Customer {
  return other.weight < one.weight ? other : one
}

/** Keys that lie in a virtual server's own store: each in that of a middling customer. */
function giveOwnStores(made: readonly MadeKey[], shares: readonly { devices: number }[]): void {
  const bySize = shares
    .map(({ devices }, position) => ({ devices, id: position + 1 }))
    .toSorted((one, other) => other.devices - one.devices || one.id - other.id)
  for (const one of made) {
    const chosen = bySize[Math.floor(bySize.length / 6)]
    if (one.template.ownStore && chosen) one.key = { ...one.key, storedOn: chosen.id }
  }
}

/** Units bought: what is used and some more, rounded up to tens. */
function withUnits(made: readonly MadeKey[], keyUses: readonly { serial: string }[]) {
  const used = groupBy(keyUses, (use) => use.serial)
  return made.map(({ key }) => ({
    ...key,
    units: Math.ceil(((used.get(key.serial)?.length ?? 0) * 1.15 + 5) / 10) * 10,
  }))
}
