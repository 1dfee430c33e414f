import { describe, expect, it } from 'vitest'
import { createClock } from '../src/clock.ts'
import { createPrng } from '../src/prng.ts'
import { generateSecurity } from '../src/world/security/generate-security.ts'
import type {
  LicenceKey,
  SecurityState,
  Subscription,
} from '../src/world/security/security-state.ts'
import { isCountedKey, usageTruth } from '../src/world/security/usage-truth.ts'
import { practiceCustomers, START } from './security-center-client.ts'

const clock = createClock(START)
const now = clock.now()

function generate(seed: number, size = { customers: 60, devices: 2_500, keys: 14 }): SecurityState {
  return generateSecurity({
    prng: createPrng(seed),
    clock,
    customers: practiceCustomers(size.customers),
    devices: size.devices,
    keys: size.keys,
  })
}

describe('the practice world', () => {
  const state = generate(1)

  it('is the same for the same seed and another for another', () => {
    expect(generate(1)).toEqual(state)
    expect(generate(2)).not.toEqual(state)
  })

  it('has as many devices as asked for, a few of them on the physical server, and one empty virtual server', () => {
    expect(state.devices).toHaveLength(2_500)
    const counts = state.virtualServers.map(
      ({ id }) => state.devices.filter((device) => device.virtualServerId === id).length,
    )
    expect(counts.filter((count) => count === 0)).toHaveLength(1)
    const physical = state.devices.filter((device) => device.virtualServerId === 0)
    expect(physical.length).toBeGreaterThan(2)
    expect(physical.length).toBeLessThan(50)
    const sorted = counts.toSorted((one, other) => other - one)
    const largest = sorted.slice(0, 6).reduce((sum, count) => sum + count, 0)
    expect(largest).toBeGreaterThan(2_500 / 3)
  })

  it('has unique ids and places every device in a group of its own virtual server', () => {
    const ids = new Set(state.devices.map((device) => device.id))
    expect(ids.size).toBe(state.devices.length)
    const groups = new Map(state.groups.map((group) => [group.id, group]))
    expect(groups.size).toBe(state.groups.length)
    for (const device of state.devices)
      expect(groups.get(device.groupId)?.virtualServerId).toBe(device.virtualServerId)
  })

  it('holds every kind of key and use that counting has to tell apart', () => {
    expect(new Set(state.keys.map((key) => key.keyType))).toEqual(new Set([1, 2, 3, 5, 6]))
    const states = state.keys.flatMap((key) => key.subscription?.state ?? [])
    expect(new Set(states)).toEqual(new Set([0, 1, 2]))
    expect(state.keys.some((key) => key.limitDate !== null && key.limitDate < START)).toBe(true)
    expect(state.keys.some((key) => key.subscription?.endDateType === 1)).toBe(true)
    expect(state.keys.some((key) => key.usedByServer > 0)).toBe(true)
    for (const key of state.keys)
      expect(state.keyUses.some((use) => use.serial === key.serial)).toBe(true)
    expect(state.keyUses.some((use) => !use.current)).toBe(true)
    const pairs = state.keyUses.map((use) => `${use.serial} ${use.deviceId}`)
    expect(new Set(pairs).size).toBeLessThan(pairs.length)
    const categories = new Set(state.devices.map((device) => device.os.category))
    expect(categories.size).toBe(4)
  })

  it('has 12 keys of 25 that count and are in use', () => {
    const { keys, keyUses } = generate(3, { customers: 60, devices: 900, keys: 25 })
    expect(keys).toHaveLength(25)
    const used = new Set(keyUses.flatMap((use) => (use.current ? [use.serial] : [])))
    const counted = keys.filter((key) => isCountedKey(key, now) && used.has(key.serial))
    expect(counted).toHaveLength(12)
    expect(new Set(keys.map((key) => key.keyType)).size).toBe(6)
  })
})

describe('whether a key counts', () => {
  const key = (given: Partial<LicenceKey>, subscription?: Partial<Subscription>): LicenceKey => ({
    serial: 'A',
    productName: 'P',
    appId: 1105,
    suiteId: 1,
    partNumber: 'N',
    keyType: subscription ? 6 : 1,
    createdAt: '2024-01-01T00:00:00Z',
    limitDate: '2026-01-01T00:00:00Z',
    subscription: subscription
      ? { state: 0, endDate: null, endDateType: 2, graceDays: 0, ...subscription }
      : null,
    units: 10,
    storedOn: 0,
    usedByServer: 0,
    ...given,
  })

  it.each<[string, LicenceKey, boolean]>([
    ['commercial', key({}), true],
    ['commercial, ended this second', key({ limitDate: '2025-03-15T09:00:00Z' }), false],
    ['commercial, ending in a second', key({ limitDate: '2025-03-15T09:00:01Z' }), true],
    ['commercial without an end', key({ limitDate: null }), false],
    ['beta', key({ keyType: 2 }), false],
    ['trial', key({ keyType: 3 }), false],
    ['test', key({ keyType: 4 }), false],
    ['OEM', key({ keyType: 5 }), false],
    ['subscription', key({}, {}), true],
    ['subscription, ended', key({ limitDate: '2025-01-01T00:00:00Z' }, {}), false],
    ['subscription without end', key({ limitDate: null }, { endDateType: 1 }), true],
    ['subscription, paused', key({}, { state: 1, endDateType: 3 }), false],
    ['subscription, soft-cancelled', key({}, { state: 2 }), false],
    ['subscription, hard-cancelled', key({}, { state: 3 }), false],
    ['the server’s own', key({ appId: 1017, usedByServer: 1 }), false],
  ])('%s: %s', (_name, given, counts) => {
    expect(isCountedKey(given, now)).toBe(counts)
  })

  it('depends on the provider for OEM and soft-cancelled keys', () => {
    expect(isCountedKey(key({ keyType: 5 }), now, { countOem: true })).toBe(true)
    expect(isCountedKey(key({}, { state: 2 }), now, { countSoftCancelled: true })).toBe(true)
  })

  it('counts a device once for each application, however many keys and products it has, and never in reserve', () => {
    const state = generate(1)
    const [device, other] = state.devices.filter((one) => one.virtualServerId === 1)
    const use = {
      serial: 'A',
      deviceId: device?.id ?? '',
      current: true,
      product: 'KES',
      productVersion: '1',
      installedAt: '2024-01-01T00:00:00Z',
      expiresAt: null,
    }
    state.keys = [key({}), key({ serial: 'B' }), key({ serial: 'C', productName: 'Q' })]
    state.keyUses = [
      use,
      { ...use, product: 'SOYUZ' },
      { ...use, serial: 'B' },
      { ...use, serial: 'C' },
      { ...use, deviceId: other?.id ?? '', current: false },
      { ...use, serial: 'C', deviceId: other?.id ?? '', expiresAt: '2025-03-01T00:00:00Z' },
    ]
    state.revision += 1
    expect(usageTruth(state, now).map((row) => [row.application, row.devices])).toEqual([
      ['P', 1],
      ['Q', 1],
    ])
  })
})
