import { createPrng } from '../../prng.ts'
import { notFound } from '../../wrong-input.ts'
import { generateDevices, placeOf } from './generate-devices.ts'
import { buildVirtualServer, groupsOf } from './generate-structure.ts'
import type { SecurityState, VirtualServer } from './security-state.ts'

/** A virtual server by id, uid or display name; throws a WrongInput with all names when there is none. */
export function findVirtualServer(state: SecurityState, wanted: string | number): VirtualServer {
  const text = String(wanted)
  const found =
    state.virtualServers.find((server) => server.uid === text || String(server.id) === text) ??
    state.virtualServers.find((server) => server.name === text)
  if (found) return found
  const names = state.virtualServers.map((server) => server.name)
  throw notFound('virtual server', text, names)
}

/** Gives a virtual server another display name; its uid stays. */
export function renameVirtualServer(
  state: SecurityState,
  wanted: string | number,
  name: string,
): VirtualServer {
  const server = findVirtualServer(state, wanted)
  const renamed = { ...server, name }
  state.virtualServers = state.virtualServers.map((one) => (one === server ? renamed : one))
  state.revision += 1
  return renamed
}

/** Deletes a virtual server with its groups and devices; its keys stay, stored nowhere. */
export function deleteVirtualServer(state: SecurityState, wanted: string | number): VirtualServer {
  const server = findVirtualServer(state, wanted)
  const gone = new Set(
    state.devices.filter((device) => device.virtualServerId === server.id).map(({ id }) => id),
  )
  state.virtualServers = state.virtualServers.filter((one) => one !== server)
  state.groups = state.groups.filter((group) => group.virtualServerId !== server.id)
  state.devices = state.devices.filter((device) => !gone.has(device.id))
  state.keyUses = state.keyUses.filter((use) => !gone.has(use.deviceId))
  state.keys = state.keys.map((key) =>
    key.storedOn === server.id ? { ...key, storedOn: null } : key,
  )
  state.revision += 1
  return server
}

/** Adds a virtual server with devices that use no key yet. */
export function addVirtualServer(
  state: SecurityState,
  given: { name: string; devices?: number },
  now: Date,
): VirtualServer {
  const { name, devices: count = 0 } = given
  const id = state.next.virtualServerId
  const prng = createPrng(id).fork('added virtual server')
  const createdAt = now.toISOString().replace('.000', '')
  const server = buildVirtualServer(prng, { id, name, createdAt, firstGroupId: state.next.groupId })
  const groups = groupsOf(server, count)
  const devices = generateDevices(prng, now, {
    place: placeOf(server, groups),
    count,
    firstNumber: state.next.deviceNumber,
  })
  state.virtualServers = [...state.virtualServers, server]
  state.groups = [...state.groups, ...groups]
  state.devices = [...state.devices, ...devices]
  state.next = {
    virtualServerId: id + 1,
    groupId: state.next.groupId + groups.length + 1,
    deviceNumber: state.next.deviceNumber + count,
  }
  state.revision += 1
  return server
}
