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
  const applications = new Map<string, Map<string, { device: CountedDevice; keys: Set<string> }>>()
  for (const { application, serial, device } of uses) {
    const devices = getOrAdd(applications, application, () => new Map())
    getOrAdd(devices, device.id, () => ({ device, keys: new Set<string>() })).keys.add(serial)
  }
  return [...applications]
    .toSorted(([one], [other]) => compare(one, other))
    .map(([application, devices]) => toUsage(application as ApplicationName, [...devices.values()]))
}

function toUsage(
  application: ApplicationName,
  counted: readonly { device: CountedDevice; keys: ReadonlySet<string> }[],
): ApplicationUsage {
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
      keys: [...keys].toSorted(compare),
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
