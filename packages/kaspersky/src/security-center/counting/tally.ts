import type {
  ApplicationName,
  ApplicationUsage,
  DeviceCategory,
  DeviceId,
  DeviceUse,
} from '@trueup/core'

/** A device as it is counted. */
export interface CountedDevice {
  readonly id: string
  readonly name: string
  readonly category: DeviceCategory | 'UNKNOWN'
  readonly operatingSystem: string | null
}

/** One device of one tenant using one counted key. */
export interface KeyUse {
  readonly application: string
  readonly serial: string
  readonly device: CountedDevice
}

/**
 * What one tenant uses: for every application the distinct devices (product.md, rule 1). A device that uses two
 * keys of one application counts once; one that uses two applications counts once for each. Sorted, so that the
 * same usage always reads the same.
 */
export function tally(uses: Iterable<KeyUse>): ApplicationUsage[] {
  const alone = new Map<string, readonly string[]>()
  const applications = new Map<string, Map<string, Counted>>()
  for (const { application, serial, device } of uses) {
    const devices = getOrAdd(applications, application, () => new Map())
    const counted = getOrAdd(devices, device.id, (): Counted => ({ device, keys: [] }))
    if (counted.keys.length === 0) counted.keys = getOrAdd(alone, serial, () => [serial])
    else if (!counted.keys.includes(serial)) counted.keys = [...counted.keys, serial]
  }
  return [...applications]
    .toSorted(([one], [other]) => compare(one, other))
    .map(([application, devices]) => toUsage(application as ApplicationName, devices.values()))
}

interface Counted {
  readonly device: CountedDevice
  /** Nearly always one; devices with the same one share the list, which would weigh as much as the device. */
  keys: readonly string[]
}

function toUsage(application: ApplicationName, counted: Iterable<Counted>): ApplicationUsage {
  const byCategory = { WINDOWS_WORKSTATION: 0, WINDOWS_SERVER: 0, NON_WINDOWS: 0, UNKNOWN: 0 }
  const serials = new Set<string>()
  const devices: DeviceUse[] = []
  for (const { device, keys } of counted) {
    byCategory[device.category] += 1
    for (const serial of keys) serials.add(serial)
    devices.push({
      device: device.id as DeviceId,
      name: device.name,
      category: device.category,
      ...(device.operatingSystem === null ? {} : { operatingSystem: device.operatingSystem }),
      keys: keys.length > 1 ? keys.toSorted(compare) : keys,
    })
  }
  return {
    application,
    unit: 'DEVICE',
    quantity: devices.length,
    byCategory,
    keys: [...serials].toSorted(compare),
    devices: devices.toSorted((one, other) => compare(one.device, other.device)),
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
