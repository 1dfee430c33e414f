import { invariant } from '@trueup/core'
import type { KeyUse } from '../counting/tally.ts'
import { tally } from '../counting/tally.ts'
import { failure, hasCode } from '../protocol/failure.ts'
import type { Session } from '../protocol/session.ts'
import { isSignInRefusal } from '../protocol/session.ts'
import type { ListedDevice } from './devices.ts'
import { readDevices } from './devices.ts'
import { readNamedKeys } from './hidden-keys.ts'
import { findDifferences } from './key-totals.ts'
import type { Doubt, KeyReading, KeyWithRows, PlanOptions, ServerOutcome } from './plan.ts'
import {
  activeDevices,
  billableApplications,
  decideRow,
  findDisagreement,
  readKeysWithRows,
  toDoubt,
} from './plan.ts'
import { readServerFacts } from './server-facts.ts'
import type { VirtualServer } from './virtual-servers.ts'

/** What the plan needs besides the servers to read. */
export interface PerServerParts {
  /** Every virtual server, also those that need no reading of their own. */
  readonly servers: readonly VirtualServer[]
  /** The session of the main server, for the control by its statistics. */
  readonly main: Session
  /** Signs in to a virtual server by the name or id given, on a connection of its own. */
  readonly withServer: <T>(header: string, work: (session: Session) => Promise<T>) => Promise<T>
  readonly options: PlanOptions
  /** Where the main session saw a device; `null` when it did not. */
  readonly placeOf: (deviceId: string) => number | null
  /** How many devices of a virtual server use a key, where the main server's statistics tell; else `null`. */
  readonly totalOf: (serial: string, serverId: number) => Promise<number | null>
}

/** What the plan found. */
export interface PerServerReading {
  readonly outcomes: ReadonlyMap<number, ServerOutcome>
  /** Names of the applications seen that can be billed. */
  readonly applications: ReadonlySet<string>
}

/** Sessions at a time; each has its own connection. */
const PARALLEL_SESSIONS = 4

/** One virtual server as its own session sees it. */
interface ServerReading {
  readonly uses: readonly KeyUse[]
  /** Devices that hold a key and are not among the server's own. */
  readonly strangers: readonly { readonly device: string; readonly key: string }[]
}

/**
 * Reads each virtual server in a session of its own: for a Security Center whose main session does not see
 * everything. A virtual server is COUNTED only when its session is really signed in to it, its rows add up to the
 * totals the session shows, and the main server's statistics name no key that the session lacks.
 *
 * The first refused sign-in ends all further ones: a row of refusals would block the account.
 */
export async function readPerServer(
  servers: readonly VirtualServer[],
  parts: PerServerParts,
): Promise<PerServerReading> {
  const results = new Map<number, ServerReading | Doubt>()
  const found: Found = { owners: new Map(), shared: new Set(), applications: new Set() }
  const queue = servers.values()
  let refusal: Doubt | null = null

  async function work(): Promise<void> {
    for (const server of queue) {
      results.set(server.id, refusal ?? (await readOne(server)))
    }
  }

  async function readOne(server: VirtualServer): Promise<ServerReading | Doubt> {
    try {
      return await readServer(server, { parts, found })
    } catch (error) {
      if (!isSignInRefusal(error)) return toDoubt(error, 'VIRTUAL')
      refusal = { code: 'KSC_SIGN_IN_REFUSED', facts: { virtualServer: server.name } }
      return refusal
    }
  }

  await Promise.all(Array.from({ length: PARALLEL_SESSIONS }, work))
  const outcomes = servers.map(({ id }): [number, ServerOutcome] => {
    const result = results.get(id)
    invariant(result !== undefined, 'every virtual server of the queue has a result', { id })
    return [id, settle(id, result, { found, parts })]
  })
  return { outcomes: new Map(outcomes), applications: found.applications }
}

/** What all sessions found together. */
interface Found {
  /** Which virtual server lists a device. */
  readonly owners: Map<string, number>
  /** Virtual servers that list a device which another one lists too. */
  readonly shared: Set<number>
  readonly applications: Set<string>
}

interface Surroundings {
  readonly parts: PerServerParts
  readonly found: Found
}

async function readServer(
  server: VirtualServer,
  { parts, found }: Surroundings,
): Promise<ServerReading | Doubt> {
  const read = await signInTo(server, parts, async (session) => {
    const keys = await readKeysWithRows(session, parts.options)
    const { pageSize } = parts.options
    return { keys, devices: await readDevices(session, { ofAllServers: false, pageSize }) }
  })
  noteDevices(server.id, read.devices, found)
  for (const name of billableApplications(read.keys.keys, parts.options))
    found.applications.add(name)
  const { serials, doubt } = await readNamedKeys(parts.main, server.id)
  const seen = new Set(read.keys.keys.map((key) => key.serial))
  const hidden = serials?.find((serial) => !seen.has(serial))
  if (hidden !== undefined) return { code: 'KSC_KEYS_HIDDEN', facts: { key: hidden } }
  const about = doubt ?? (await compareTotals(server.id, read.keys.used, parts))
  return about ?? sortRows(read.keys, read.devices, parts)
}

function noteDevices(
  serverId: number,
  devices: readonly ListedDevice[],
  { owners, shared }: Found,
) {
  for (const { id } of devices) {
    const other = owners.get(id)
    if (other !== undefined) shared.add(other).add(serverId)
    owners.set(id, serverId)
  }
}

/** The main server's statistics decide where there are any; else the totals that the session itself shows. */
async function compareTotals(
  serverId: number,
  used: readonly KeyWithRows[],
  { totalOf }: PerServerParts,
): Promise<Doubt | undefined> {
  for (const { key, rows } of used) {
    const expected = await totalOf(key.serial, serverId)
    if (expected === null) return findDisagreement(used)
    const read = activeDevices(rows).size
    const doubt = findDifferences(key, new Map([[serverId, expected]]), new Map([[serverId, read]]))
    if (doubt.size > 0) return doubt.get(serverId)
  }
  return undefined
}

/**
 * The display name is what Kaspersky's own sample sends. Where it leads nowhere, as after a renaming, or to another
 * virtual server of the same name, the unique id is tried; neither is a refused sign-in, so no account gets blocked.
 */
async function signInTo<T>(
  server: VirtualServer,
  parts: PerServerParts,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  let isRightServer = false
  const checked = async (session: Session): Promise<T> => {
    await requireServer(session, server, parts.servers)
    isRightServer = true
    return await work(session)
  }
  try {
    return await parts.withServer(server.name, checked)
  } catch (error) {
    if (isRightServer || !hasCode(error, 'KSC_NOT_FOUND', 'KSC_WRONG_VIRTUAL_SERVER')) throw error
    return await parts.withServer(server.uid, checked).catch((second: unknown) => {
      throw hasCode(second, 'KSC_NOT_FOUND') ? error : second
    })
  }
}

/** A server that ignored the header, or has two virtual servers of one name, would count somebody else's devices. */
async function requireServer(
  session: Session,
  server: VirtualServer,
  servers: readonly VirtualServer[],
): Promise<void> {
  const { virtualServerId } = await readServerFacts(session)
  const isOnlyOne = servers.every(({ id, name }) => id === server.id || name !== server.name)
  if (virtualServerId === server.id || (virtualServerId === null && isOnlyOne)) return
  throw failure({
    operation: 'Session.StartSession',
    code: 'KSC_WRONG_VIRTUAL_SERVER',
    message: `The session for "${server.name}" belongs to another server.`,
    facts: { virtualServer: server.name, expected: server.id, read: virtualServerId },
  })
}

function sortRows(
  { used }: KeyReading,
  devices: readonly ListedDevice[],
  { options }: PerServerParts,
): ServerReading | Doubt {
  const byId = new Map(devices.map((device) => [device.id, device]))
  const uses: KeyUse[] = []
  const strangers: { device: string; key: string }[] = []
  for (const one of used) {
    for (const row of one.rows) {
      const counts = decideRow(row, one, options.nowMs)
      const device = byId.get(row.deviceId)
      if (counts === false) continue
      if (device === undefined) strangers.push({ device: row.deviceId, key: one.key.serial })
      else if (counts !== true) return counts
      else uses.push({ application: one.key.application ?? '', serial: one.key.serial, device })
    }
  }
  return { uses, strangers }
}

/**
 * Devices listed by two virtual servers would be billed twice. Strangers are no loss when another virtual server
 * has them: then the session lists the whole key.
 */
function settle(
  serverId: number,
  result: ServerReading | Doubt,
  { found, parts }: Surroundings,
): ServerOutcome {
  if ('code' in result) return { kind: 'DOUBTED', doubt: result }
  if (found.shared.has(serverId)) {
    return { kind: 'DOUBTED', doubt: { code: 'KSC_DEVICES_SHARED', facts: {} } }
  }
  const lost = result.strangers.find(({ device }) => {
    const place = found.owners.get(device) ?? parts.placeOf(device)
    return place === null || place === serverId
  })
  if (lost !== undefined) {
    return { kind: 'DOUBTED', doubt: { code: 'KSC_DEVICE_NOT_LISTED', facts: lost } }
  }
  return { kind: 'COUNTED', applications: tally(result.uses) }
}
