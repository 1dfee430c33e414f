import { hasCode } from '../protocol/failure.ts'
import type { Session } from '../protocol/session.ts'
import type { Doubt, KeyReading } from './plan.ts'
import { ALL, toDoubt } from './plan.ts'
import type { ServerStatistics, VirtualServer } from './virtual-servers.ts'
import { readAllServerStatistics, readServerKeySerials } from './virtual-servers.ts'

/** How one virtual server looks after a wide reading. */
export interface Look {
  readonly server: VirtualServer
  /** Serials of the counted keys that its devices use. */
  readonly usedKeys: ReadonlySet<string>
  /** Devices that were listed for it. */
  readonly listed: number
  /** Listed devices without a counted key. */
  readonly uncovered: number
}

/**
 * Holds a wide reading against the server's statistics, where a main session that sees less than there is would
 * show. One call tells of all virtual servers how many devices they have and whether a commercial key is in use.
 * The keys themselves are compared for the virtual server with the most devices without a counted key, for each
 * one that uses nothing although the statistics do not say that this is so, and in a thorough reading for every one. A
 * key that the reading lacks throws doubt on all; a counted key that the statistics name for a virtual server, and that
 * none of its devices was seen to use, only on that one.
 */
export async function findHiddenKeys(
  session: Session,
  reading: KeyReading,
  { looks, isThorough }: { readonly looks: readonly Look[]; readonly isThorough: boolean },
): Promise<ReadonlyMap<number, Doubt>> {
  const doubts = new Map<number, Doubt>()
  const statistics = await readStatistics(session)
  for (const { server, listed } of looks) {
    const expected = statistics.get(server.id)?.devices ?? null
    if (expected === null || listed >= expected) continue
    doubts.set(server.id, { code: 'KSC_DEVICES_HIDDEN', facts: { expected, read: listed } })
  }
  const seen = new Set(reading.keys.map((key) => key.serial))
  const counted = new Set(reading.used.map(({ key }) => key.serial))
  const asked = isThorough ? looks : suspects(looks, statistics)
  for (const { server, usedKeys } of asked) {
    const { serials, doubt } = await readNamedKeys(session, server.id)
    if (doubt !== undefined) doubts.set(server.id, doubt)
    if (serials === null) return doubts
    const hidden = serials.find((serial) => !seen.has(serial))
    const facts = { virtualServer: server.name, key: hidden ?? null }
    if (hidden !== undefined) return doubts.set(ALL, { code: 'KSC_KEYS_HIDDEN', facts })
    const unused = serials.find((serial) => counted.has(serial) && !usedKeys.has(serial))
    if (unused === undefined) continue
    doubts.set(server.id, { code: 'KSC_KEYS_HIDDEN', facts: { ...facts, key: unused } })
  }
  return doubts
}

function suspects(
  looks: readonly Look[],
  statistics: ReadonlyMap<number, ServerStatistics>,
): readonly Look[] {
  const [mostUncovered] = looks.toSorted((one, other) => other.uncovered - one.uncovered)
  return looks.filter(
    (look) =>
      look === mostUncovered ||
      (look.usedKeys.size === 0 && statistics.get(look.server.id)?.usesCommercialKey !== false),
  )
}

async function readStatistics(session: Session): Promise<ReadonlyMap<number, ServerStatistics>> {
  try {
    return await readAllServerStatistics(session)
  } catch (error) {
    // A control, not the reading; without it every virtual server that uses nothing is asked for by itself.
    toDoubt(error, 'MAIN')
    return new Map()
  }
}

/**
 * Serials of the keys that the server's statistics name for a virtual server. Statistics are a control, not the
 * reading: `null` where the server has none, and then it is read without them.
 */
export async function readNamedKeys(
  session: Session,
  serverId: number,
): Promise<{ readonly serials: readonly string[] | null; readonly doubt?: Doubt }> {
  try {
    return { serials: await readServerKeySerials(session, serverId) }
  } catch (error) {
    if (hasCode(error, 'KSC_METHOD_MISSING')) return { serials: null }
    return { serials: [], doubt: toDoubt(error, 'MAIN') }
  }
}
