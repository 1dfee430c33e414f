import type { DeviceCategory, KeyUse, LicenceKey, SecurityState } from './security-state.ts'
import { lookup } from './lookup.ts'

/** Which doubtful keys count; both are off unless the provider decides otherwise. */
export interface CountingOptions {
  countOem?: boolean
  countSoftCancelled?: boolean
}

/** How many distinct devices of one virtual server use one application. */
export interface UsageCount {
  virtualServerId: number
  virtualServerUid: string
  virtualServer: string
  application: string
  category: DeviceCategory
  devices: number
}

/**
 * The true usage: distinct devices per virtual server, application and category that use at least one active,
 * unexpired commercial or subscription key. Devices of the physical server belong to no customer and are left out.
 * Sorted by virtual server, application, category. Made from the world alone, so that others can be held against it.
 */
export function usageTruth(
  state: SecurityState,
  now: Date,
  options: CountingOptions = {},
): UsageCount[] {
  const index = lookup(state)
  const counted = new Map<string, UsageCount & { seen: Set<string> }>()
  for (const { use, key } of countedUses(state, now, options)) {
    const device = index.deviceById.get(use.deviceId)
    const server = device && index.virtualServerById.get(device.virtualServerId)
    if (!device || !server) continue
    const { category } = device.os
    const slot = `${server.id}\n${key.productName}\n${category}`
    let count = counted.get(slot)
    if (!count) {
      count = {
        virtualServerId: server.id,
        virtualServerUid: server.uid,
        virtualServer: server.name,
        application: key.productName,
        category,
        devices: 0,
        seen: new Set(),
      }
      counted.set(slot, count)
    }
    count.seen.add(device.id)
  }
  return [...counted.values()]
    .map(({ seen, ...count }) => ({ ...count, devices: seen.size }))
    .toSorted(byServerApplicationCategory)
}

/** The uses that count now, each with its key. */
export function countedUses(
  state: SecurityState,
  now: Date,
  options: CountingOptions = {},
): { use: KeyUse; key: LicenceKey }[] {
  const keys = new Map(
    state.keys.filter((key) => isCountedKey(key, now, options)).map((key) => [key.serial, key]),
  )
  return state.keyUses.flatMap((use) => {
    const key = keys.get(use.serial)
    return key && use.current && !isPast(use.expiresAt, now) ? [{ use, key }] : []
  })
}

/** Whether devices that use this key are billed at all. */
export function isCountedKey(key: LicenceKey, now: Date, options: CountingOptions = {}): boolean {
  if (key.usedByServer > 0 && key.appId === 1017) return false
  if (key.keyType === 5) return options.countOem === true && !isPast(key.limitDate, now)
  if (key.keyType !== 1 && key.keyType !== 6) return false
  if (!key.subscription) return key.limitDate !== null && !isPast(key.limitDate, now)
  const { state, endDateType } = key.subscription
  if (state === 2 ? options.countSoftCancelled !== true : state !== 0) return false
  return endDateType === 1 || (key.limitDate !== null && !isPast(key.limitDate, now))
}

function isPast(instant: string | null, now: Date): boolean {
  return instant !== null && Date.parse(instant) <= now.getTime()
}

function byServerApplicationCategory(one: UsageCount, other: UsageCount): number {
  return (
    one.virtualServerId - other.virtualServerId ||
    compare(one.application, other.application) ||
    compare(one.category, other.category)
  )
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
