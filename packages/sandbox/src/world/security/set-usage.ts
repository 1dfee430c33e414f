import type { Prng } from '../../prng.ts'
import { createPrng } from '../../prng.ts'
import { notFound, WrongInput } from '../../wrong-input.ts'
import { buildDevice, placeOf } from './generate-devices.ts'
import { buildUse, productOf } from './generate-key-uses.ts'
import type {
  DeviceCategory,
  KeyUse,
  LicenceKey,
  SecurityDevice,
  SecurityState,
  VirtualServer,
} from './security-state.ts'
import { APPLICATIONS, type ApplicationCode } from './catalogue.ts'
import { lookup } from './lookup.ts'
import { countedUses, isCountedKey } from './usage-truth.ts'
import { findVirtualServer } from './virtual-servers.ts'

/** What `POST /usage` sets. */
export interface UsageChange {
  /** Id, uid or display name. */
  virtualServer: string | number
  /** The product name of a key that counts. */
  application: string
  category: DeviceCategory
  /** How many distinct devices shall use it. */
  devices: number
}

/**
 * Sets how many devices of a virtual server and category use an application. Fewer: the youngest lose that application's
 * keys. More: devices without it get the key first, then new devices appear. Throws a WrongInput that lists what
 * there is when the virtual server is unknown or no counted key of the application exists.
 */
export function setUsage(state: SecurityState, change: UsageChange, now: Date): void {
  const server = findVirtualServer(state, change.virtualServer)
  if (!Number.isInteger(change.devices) || change.devices < 0)
    throw new WrongInput('devices must be a whole number, 0 or more')
  const key = keyFor(state, server, { application: change.application, now })
  const own = (lookup(state).devicesOf.get(server.id) ?? []).filter(
    (device) => device.os.category === change.category,
  )
  const using = usersOf(state, change.application, now)
  const users = own.filter((device) => using.has(device.id))
  if (users.length > change.devices) {
    const losing = new Set(users.slice(change.devices).map((device) => device.id))
    const serials = serialsOf(state, change.application)
    state.keyUses = state.keyUses.filter(
      (use) => !(losing.has(use.deviceId) && serials.has(use.serial)),
    )
  } else {
    const missing = change.devices - users.length
    const waiting = own.filter((device) => !using.has(device.id)).slice(0, missing)
    const added = addDevices(state, server, {
      category: change.category,
      count: missing - waiting.length,
      now,
    })
    giveKey(state, key, [...waiting, ...added])
  }
  state.revision += 1
}

function usersOf(state: SecurityState, application: string, now: Date): Set<string> {
  return new Set(
    countedUses(state, now)
      .filter(({ key }) => key.productName === application)
      .map(({ use }) => use.deviceId),
  )
}

function serialsOf(state: SecurityState, application: string): Set<string> {
  return new Set(
    state.keys.filter((key) => key.productName === application).map((key) => key.serial),
  )
}

/** The counted key that this virtual server's devices use most; else the first one that it may use. */
function keyFor(
  state: SecurityState,
  server: VirtualServer,
  { application, now }: { application: string; now: Date },
): LicenceKey {
  const { deviceById, usesBySerial } = lookup(state)
  const candidates = state.keys
    .filter((key) => key.productName === application && isCountedKey(key, now))
    .map((key) => ({
      key,
      uses: (usesBySerial.get(key.serial) ?? []).filter(
        (use) => deviceById.get(use.deviceId)?.virtualServerId === server.id && use.current,
      ).length,
    }))
    .toSorted((one, other) => other.uses - one.uses)
  const chosen = candidates[0]
  if (chosen) return chosen.key
  const known = [
    ...new Set(state.keys.filter((key) => isCountedKey(key, now)).map((key) => key.productName)),
  ]
  throw notFound('application with a key that counts', application, known)
}

function addDevices(
  state: SecurityState,
  server: VirtualServer,
  { category, count, now }: { category: DeviceCategory; count: number; now: Date },
): SecurityDevice[] {
  const place = placeOf(server, lookup(state).groupsOf.get(server.id) ?? [])
  const added = Array.from({ length: count }, () => {
    const number = state.next.deviceNumber
    state.next.deviceNumber += 1
    return buildDevice(prngOf(server, number), now, { place, category, number })
  })
  state.devices = [...state.devices, ...added]
  return added
}

/** A device's properties depend on its server and number only: the same changes give the same world. */
function prngOf(server: VirtualServer, number: number): Prng {
  return createPrng(number).fork(server.uid)
}

function giveKey(state: SecurityState, key: LicenceKey, devices: readonly SecurityDevice[]): void {
  const application = applicationOf(key)
  const uses: KeyUse[] = devices.map((device) => ({
    ...buildUse(device, key, { application }),
    product: productOf(application).product,
  }))
  const given = new Set(devices.map((device) => device.id))
  const kept = state.keyUses.filter(
    (use) => !(use.serial === key.serial && given.has(use.deviceId)),
  )
  state.keyUses = [...kept, ...uses]
}

function applicationOf(key: LicenceKey): ApplicationCode {
  const found = Object.entries(APPLICATIONS).find(([, name]) => name === key.productName)
  return (found?.[0] ?? 'select') as ApplicationCode
}
