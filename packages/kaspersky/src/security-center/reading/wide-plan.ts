import type { KeyUse } from '../counting/tally.ts'
import { tally } from '../counting/tally.ts'
import { placeGroups } from '../counting/group-tree.ts'
import type { Session } from '../protocol/session.ts'
import type { ListedDevice } from './devices.ts'
import { readDevices } from './devices.ts'
import { readGroups } from './groups.ts'
import type { Key, KeyRow } from './keys.ts'
import type { Doubt, KeyReading, KeyWithRows, PlanOptions, ServerOutcome } from './plan.ts'
import { findHiddenKeys } from './hidden-keys.ts'
import { ALL, activeDevices, decideRow, findDisagreement, readKeysWithRows } from './plan.ts'
import type { KeyTotals } from './key-totals.ts'
import { findDifferences } from './key-totals.ts'
import type { VirtualServer } from './virtual-servers.ts'

/** What the wide plan found. */
export interface WideReading {
  readonly keys: readonly Key[]
  /** One outcome for each virtual server, by its id. */
  readonly outcomes: ReadonlyMap<number, ServerOutcome>
  /** The virtual server of a listed device; 0 for the physical server, `null` for a device that is not listed. */
  readonly placeOf: (deviceId: string) => number | null
  /** Distinct devices of the physical server by application: they use counted keys and belong to no tenant. */
  readonly ofNoTenant: ReadonlyMap<string, number>
}

/** Stands for the physical server where devices are kept by the id of a virtual server. */
const PHYSICAL = 0

/**
 * Reads all virtual servers in one session of the main server: the keys, the groups, the devices, and for each
 * key in use its devices. The number of calls does not grow with the number of virtual servers.
 *
 * Whether the main session sees the keys and devices of virtual servers at all is not documented and depends on
 * the account's rights. Therefore a virtual server is COUNTED only when nothing speaks against it: the rows of
 * every key add up to the server's own total, every device is listed and placed, and a sample of the server's
 * statistics names no key that was not seen.
 */
export async function readWide(
  session: Session,
  servers: readonly VirtualServer[],
  { options, totals }: { readonly options: PlanOptions; readonly totals: KeyTotals },
): Promise<WideReading> {
  const reading = await readKeysWithRows(session, options)
  const devices = await readDevices(session, { ofAllServers: true, pageSize: options.pageSize })
  const placement = await placeDevices(session, devices, { servers, options })
  const { uses, doubts } = sortUses(reading, placement, options.nowMs)
  await compareTotals(reading.used, { totals, placeOf, doubts })
  if (!doubts.has(ALL)) {
    const looks = servers.map((server) => ({ server, ...look(server.id) }))
    const { isThorough } = options
    for (const [id, doubt] of await findHiddenKeys(session, reading, { looks, isThorough })) {
      if (!doubts.has(id)) doubts.set(id, doubt)
    }
  }
  return {
    keys: reading.keys,
    outcomes: new Map(servers.map(({ id }) => [id, outcome(id)])),
    placeOf,
    ofNoTenant: new Map(
      tally(uses.get(PHYSICAL) ?? []).map(({ application, quantity }) => [application, quantity]),
    ),
  }

  function look(id: number) {
    const own = uses.get(id) ?? []
    const listed = placement.devicesOf.get(id) ?? 0
    const covered = new Set(own.map((use) => use.device.id)).size
    const usedKeys = new Set(own.map((use) => use.serial))
    return { usedKeys, listed, uncovered: listed - covered }
  }

  function outcome(id: number): ServerOutcome {
    const doubt = doubts.get(ALL) ?? doubts.get(id)
    if (doubt !== undefined) return { kind: 'DOUBTED', doubt }
    const own = uses.get(id) ?? []
    // Counted, they are not needed any more; a large server has a hundred thousand of them.
    uses.delete(id)
    return { kind: 'COUNTED', applications: tally(own) }
  }

  function placeOf(deviceId: string): number | null {
    const device = placement.byDevice.get(deviceId)
    return device === undefined ? null : placement.placeDevice(device)
  }
}

interface Placement {
  readonly byDevice: ReadonlyMap<string, ListedDevice>
  /** How many devices each virtual server has. */
  readonly devicesOf: ReadonlyMap<number, number>
  readonly placeDevice: (device: ListedDevice) => number | null
  readonly placeGroup: (groupId: number) => number | null
}

/** Devices say themselves to which virtual server they belong, or else their group does. */
async function placeDevices(
  session: Session,
  devices: readonly ListedDevice[],
  { servers, options }: { servers: readonly VirtualServer[]; options: PlanOptions },
): Promise<Placement> {
  const allSay = devices.every((device) => device.serverId !== null)
  const placeGroup = allSay
    ? () => null
    : placeGroups(await readGroups(session, options.pageSize), servers)
  const placeDevice = ({ serverId, groupId }: ListedDevice): number | null =>
    serverId ?? (groupId === null ? null : placeGroup(groupId))
  const devicesOf = countBy(devices, (device) => placeDevice(device) ?? ALL)
  const byDevice = new Map(devices.map((device) => [device.id, device]))
  return { byDevice, devicesOf, placeDevice, placeGroup }
}

interface SortedUses {
  readonly uses: Map<number, KeyUse[]>
  readonly doubts: Map<number, Doubt>
}

/**
 * Gives every row to its virtual server. What cannot be given to one throws doubt on all of them: it might
 * belong to any. Devices of the physical server belong to no tenant.
 */
function sortUses({ used }: KeyReading, placement: Placement, nowMs: number): SortedUses {
  const uses = new Map<number, KeyUse[]>()
  const doubts = new Map<number, Doubt>()
  for (const one of used) {
    for (const row of one.rows) {
      const counts = decideRow(row, one, nowMs)
      if (counts === false) continue
      const { serverId, use, doubt } = place(row, one, placement)
      const about = doubt ?? (counts === true ? undefined : counts)
      const owner = serverId ?? ALL
      if (about === undefined && use !== undefined) addTo(uses, owner, use)
      else if (about !== undefined && !doubts.has(owner)) doubts.set(owner, about)
    }
  }
  return { uses, doubts }
}

/**
 * Rows that do not add up to their key's total throw doubt on every virtual server, except where the statistics of
 * a newer server (KSC 16) tell on which of them the difference is.
 */
async function compareTotals(
  used: readonly KeyWithRows[],
  {
    totals,
    placeOf,
    doubts,
  }: {
    totals: KeyTotals
    placeOf: (deviceId: string) => number | null
    doubts: Map<number, Doubt>
  },
): Promise<void> {
  const disagreement = findDisagreement(used)
  if (disagreement === undefined) return
  for (const one of used) {
    const expected = await totals.byServer(one.key)
    if (expected === null) {
      doubts.set(ALL, disagreement)
      return
    }
    const read = countBy(activeDevices(one.rows), (device) => placeOf(device) ?? ALL)
    for (const [serverId, doubt] of findDifferences(one.key, expected, read)) {
      if (!doubts.has(serverId)) doubts.set(serverId, doubt)
    }
  }
}

interface PlacedRow {
  readonly serverId: number | null
  readonly use?: KeyUse
  readonly doubt?: Doubt
}

function place(row: KeyRow, { key }: KeyWithRows, placement: Placement): PlacedRow {
  const device = placement.byDevice.get(row.deviceId)
  const byDevice = device === undefined ? null : placement.placeDevice(device)
  const serverId = byDevice ?? (row.groupId === null ? null : placement.placeGroup(row.groupId))
  const facts = { key: key.serial, device: row.deviceId }
  if (serverId === null) return { serverId, doubt: { code: 'KSC_DEVICE_UNPLACED', facts } }
  if (device === undefined) return { serverId, doubt: { code: 'KSC_DEVICE_NOT_LISTED', facts } }
  return { serverId, use: { application: key.application ?? '', serial: key.serial, device } }
}

function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

function countBy<T>(values: Iterable<T>, by: (value: T) => number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(by(value), (counts.get(by(value)) ?? 0) + 1)
  return counts
}
