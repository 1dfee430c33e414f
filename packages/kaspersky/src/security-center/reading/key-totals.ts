import { z } from 'zod'
import { hasCode } from '../protocol/failure.ts'
import type { Session } from '../protocol/session.ts'
import { integer, rowOf } from './fields.ts'
import type { Key } from './keys.ts'
import type { Doubt } from './plan.ts'

/** How many devices use a key, by virtual server: what a newer server (KSC 16) can say of itself. */
export interface KeyTotals {
  /** `null` where the server cannot say, or says something that does not add up to the key's own total. */
  byServer(key: Key): Promise<ReadonlyMap<number, number> | null>
}

/**
 * The names of the row's members are not documented. The two the reference uses elsewhere for the id of a virtual
 * server are understood; rows that name neither, and totals that do not add up, are no control.
 */
const statisticsRow = rowOf((fields) => ({
  serverId: integer(fields, 'KLVSRV_ID') ?? integer(fields, 'KLSRV_ST_VIRT_SERVER_ID'),
  uses: integer(fields, 'KLLIC_NHOSTS_ASCURRENT'),
}))

/** Asks once for each key; stops asking when the server does not know the method. */
export function createKeyTotals(session: Session): KeyTotals {
  const asked = new Map<string, Promise<ReadonlyMap<number, number> | null>>()
  let isSupported = true

  async function ask(key: Key): Promise<ReadonlyMap<number, number> | null> {
    const totals = isSupported ? await readTotals(session, key) : 'UNSUPPORTED'
    if (totals !== 'UNSUPPORTED') return totals
    isSupported = false
    return null
  }

  function byServer(key: Key): Promise<ReadonlyMap<number, number> | null> {
    const answer = asked.get(key.serial) ?? ask(key)
    asked.set(key.serial, answer)
    return answer
  }

  return { byServer }
}

/** The virtual servers on which the devices read are not as many as expected. */
export function findDifferences(
  key: Key,
  expected: ReadonlyMap<number, number>,
  read: ReadonlyMap<number, number>,
): ReadonlyMap<number, Doubt> {
  const doubts = new Map<number, Doubt>()
  for (const serverId of new Set([...expected.keys(), ...read.keys()])) {
    const facts = { expected: expected.get(serverId) ?? 0, read: read.get(serverId) ?? 0 }
    if (facts.expected === facts.read) continue
    doubts.set(serverId, {
      code: 'KSC_KEY_TOTAL_DIFFERS',
      facts: { key: key.serial, application: key.application, ...facts },
    })
  }
  return doubts
}

async function readTotals(
  session: Session,
  key: Key,
): Promise<ReadonlyMap<number, number> | null | 'UNSUPPORTED'> {
  try {
    const { PxgRetVal } = await session.call({
      operation: 'LicenseKeys.AcquireKeyUsageStatistics',
      arguments: { wstrSerial: key.serial },
      answer: z.object({ PxgRetVal: z.array(statisticsRow) }),
    })
    return toTotals(PxgRetVal, key.activeUses)
  } catch (error) {
    if (hasCode(error, 'KSC_METHOD_MISSING', 'KSC_ACCESS_DENIED')) return 'UNSUPPORTED'
    if (hasCode(error, 'KSC_NOT_FOUND', 'KSC_ANSWER_NOT_UNDERSTOOD')) return null
    throw error
  }
}

function toTotals(
  rows: readonly z.infer<typeof statisticsRow>[],
  total: number | null,
): ReadonlyMap<number, number> | null {
  const totals = new Map<number, number>()
  let sum = 0
  for (const { serverId, uses } of rows) {
    if (serverId === null || uses === null || totals.has(serverId)) return null
    totals.set(serverId, uses)
    sum += uses
  }
  return total === null || sum === total ? totals : null
}
