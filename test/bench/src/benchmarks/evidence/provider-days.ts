import type {
  ApplicationName,
  ApplicationUsage,
  DeviceCategory,
  DeviceId,
  DeviceUse,
  TenantId,
  TenantListing,
  UsageReading,
} from '@trueup/core'

/** How large the provider is whose days are read. */
export interface ProviderSize {
  readonly tenants: number
  readonly devices: number
  readonly seed: number
}

const applications = [
  'Kaspersky Endpoint Security for Business - Select',
  'Kaspersky Endpoint Security for Business - Advanced',
  'Kaspersky Next EDR Foundations',
  'Kaspersky Hybrid Cloud Security',
].map((name) => name as ApplicationName)
const systems = [
  'Microsoft Windows 11',
  'Microsoft Windows Server 2022',
  'macOS 15',
  'Ubuntu 24.04',
]
const categories: readonly DeviceCategory[] = [
  'WINDOWS_WORKSTATION',
  'WINDOWS_SERVER',
  'NON_WINDOWS',
  'NON_WINDOWS',
]
/** So many of 10,000 devices are replaced by another one in a day: all of them in two years and a half. */
const replacedOf10000 = 11
/** Devices whose licence is changed for another key. */
const rekeyedOf10000 = 10
/** Devices whose operating system is upgraded or that are renamed. */
const changedOf10000 = 5
/** Every key is renewed under a new serial once a year, one application a quarter. */
const renewalDays = 91

/**
 * The readings of a provider's days, one after the other: laptops are replaced, licences move, systems are upgraded, keys
 * are renewed. Half of the devices use a second application.
 */
export function* readDays(size: ProviderSize, days: number): Generator<UsageReading> {
  const devices = Array.from({ length: size.devices }, (_, place) => new Device(place, size))
  for (let day = 0; day < days; day += 1) {
    if (day > 0) for (const device of devices) device.live(day)
    yield readOne(devices, size, day)
  }
}

/** The tenants of the provider. */
export function listTenants({ tenants }: ProviderSize): TenantListing[] {
  return Array.from({ length: tenants }, (_, number) => ({
    id: tenantId(number),
    kind: 'VIRTUAL_SERVER',
    name: `Customer ${number} & Partners`,
    isEnabled: true,
  }))
}

/** One place at a customer's, and the device that stands there. */
class Device {
  readonly place: number
  readonly #seed: number
  #generation = 0
  #key = 0
  #version = 0

  constructor(place: number, { seed }: ProviderSize) {
    this.place = place
    this.#seed = seed
  }

  live(day: number): void {
    const draw = (salt: number): number => mix(this.#seed, this.place, day * 4 + salt) % 10_000
    if (draw(0) < replacedOf10000) this.#generation += 1
    if (draw(1) < rekeyedOf10000) this.#key += 1
    if (draw(2) < changedOf10000) this.#version += 1
  }

  uses(day: number): { application: ApplicationName; use: DeviceUse }[] {
    const kind = this.place % 10 < 7 ? 0 : 1 + (this.place % 3)
    const second = this.place % 2 === 0 ? [(this.place + 1) % applications.length] : []
    return [this.place % applications.length, ...second].map((which) => ({
      application: applications[which] ?? ('' as ApplicationName),
      use: {
        device: uuidOf(mix(this.#seed, this.place, 1_000_000 + this.#generation), this.place),
        name: `CUST-${this.place}-${this.#generation}`,
        category: categories[kind] ?? 'NON_WINDOWS',
        operatingSystem: `${systems[kind]} (build ${22_000 + this.#version})`,
        keys: [serialOf(which, day, this.#key)],
      },
    }))
  }
}

function readOne(devices: readonly Device[], size: ProviderSize, day: number): UsageReading {
  const byTenant = Array.from(
    { length: size.tenants },
    () => new Map<ApplicationName, DeviceUse[]>(),
  )
  for (const device of devices) {
    const own = byTenant[device.place % size.tenants]
    for (const { application, use } of device.uses(day)) {
      const uses = own?.get(application)
      if (uses === undefined) own?.set(application, [use])
      else uses.push(use)
    }
  }
  return {
    tenants: listTenants(size),
    readings: byTenant.map((own, number) => ({
      tenant: tenantId(number),
      complete: true,
      applications: [...own].map(([application, uses]) => toUsage(application, uses)),
    })),
    applications: applications.map((name) => ({ name, unit: 'DEVICE' })),
  }
}

function toUsage(application: ApplicationName, devices: readonly DeviceUse[]): ApplicationUsage {
  const byCategory = { WINDOWS_WORKSTATION: 0, WINDOWS_SERVER: 0, NON_WINDOWS: 0, UNKNOWN: 0 }
  for (const { category } of devices) byCategory[category] += 1
  const keys = [...new Set(devices.flatMap((device) => device.keys))].toSorted()
  return { application, unit: 'DEVICE', quantity: devices.length, byCategory, keys, devices }
}

/** Two keys an application at a time; each application's are renewed in a quarter of its own. */
function serialOf(application: number, day: number, key: number): string {
  const renewed = Math.floor((day + application * renewalDays) / (4 * renewalDays))
  return `1A2B-00000${application}-${String(key % 2)}F3C${String(renewed).padStart(4, '0')}`
}

function tenantId(number: number): TenantId {
  return `VSRV${String(number).padStart(8, '0')}A1B2C3D4E5F60718` as TenantId
}

function uuidOf(mixed: number, place: number): DeviceId {
  const tail = String(place).padStart(12, '0')
  return `${mixed.toString(16).padStart(8, '0')}-7c76-4346-ade4-${tail}` as DeviceId
}

/** Well mixed 32 bits of three numbers. */
function mix(one: number, two: number, three: number): number {
  let state = Math.imul(one + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(two + 1, 0xc2b2ae35)
  state = Math.imul(state ^ (state >>> 15) ^ Math.imul(three + 1, 0x27d4eb2f), 0x2c1b3c6d)
  state = Math.imul(state ^ (state >>> 12), 0x297a2d39)
  return (state ^ (state >>> 15)) >>> 0
}
