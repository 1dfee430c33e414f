import type { ApplicationUsage } from '@trueup/core'
import { VendorError } from '@trueup/core'
import type { KeyDecision, KeyExclusion, KeyOptions } from '../counting/key-decision.ts'
import { decideKey } from '../counting/key-decision.ts'
import type { SecurityCenterCode } from '../protocol/failure.ts'
import { hasCode } from '../protocol/failure.ts'
import type { Session } from '../protocol/session.ts'
import type { Key, KeyRow } from './keys.ts'
import { readKeyRows, readKeys } from './keys.ts'

/** What both plans need to know. */
export interface PlanOptions {
  readonly keys: KeyOptions
  readonly pageSize: number
  /** The instant of the reading: keys that end before it do not count. */
  readonly nowMs: number
  /** Compares the keys of every virtual server, with a call for each. */
  readonly isThorough: boolean
}

/** What speaks against a reading although no call failed; each has a heading in docs/errors.md. */
export type DoubtCode =
  | 'KSC_FIELD_MISSING'
  | 'KSC_KEY_TOTAL_DIFFERS'
  | 'KSC_KEYS_HIDDEN'
  | 'KSC_DEVICES_HIDDEN'
  | 'KSC_DEVICES_SHARED'
  | 'KSC_DEVICE_NOT_LISTED'
  | 'KSC_DEVICE_UNPLACED'

/** Why something could not be read with certainty; becomes the reason of an incomplete reading. */
export interface Doubt {
  readonly code: DoubtCode | SecurityCenterCode
  readonly facts: Readonly<Record<string, string | number | null>>
}

/** Stands for all virtual servers where doubts are kept by the id of a virtual server. */
export const ALL = -1

/** Failures after which nothing more can be read from this server, whatever is tried. */
const ENDS_ANY_READING: readonly SecurityCenterCode[] = [
  'KSC_CANCELLED',
  'KSC_UNREACHABLE',
  'KSC_CERTIFICATE_CHANGED',
  'KSC_CERTIFICATE_UNTRUSTED',
  'KSC_SIGN_IN_REFUSED',
  'KSC_ACCOUNT_BLOCKED',
]

/** Failures that end the session of the main server; in the session of one virtual server they concern only that. */
const ENDS_MAIN_READING: readonly SecurityCenterCode[] = [
  ...ENDS_ANY_READING,
  'KSC_TIMEOUT',
  'KSC_CONNECTION_LOST',
  'KSC_SESSION_ENDED',
  'KSC_UNEXPECTED_STATUS',
  'KSC_ANSWER_TOO_LARGE',
]

/** The doubt that a failure leaves behind; failures that end the whole reading, and bugs, are thrown on. */
export function toDoubt(error: unknown, session: 'MAIN' | 'VIRTUAL'): Doubt {
  const ends = session === 'MAIN' ? ENDS_MAIN_READING : ENDS_ANY_READING
  if (!(error instanceof VendorError) || hasCode(error, ...ends)) throw error
  return { code: error.code as SecurityCenterCode, facts: error.facts }
}

/** What became of one virtual server. */
export type ServerOutcome =
  | { readonly kind: 'COUNTED'; readonly applications: readonly ApplicationUsage[] }
  | { readonly kind: 'DOUBTED'; readonly doubt: Doubt }

/** A key with the devices on which it is active, or may be. */
export interface KeyWithRows {
  readonly key: Key
  readonly decision: Exclude<KeyDecision, { kind: 'EXCLUDED' }>
  readonly rows: readonly KeyRow[]
}

/** Which keys there are, and the devices of those that count or may count. */
export interface KeyReading {
  readonly keys: readonly Key[]
  readonly used: readonly KeyWithRows[]
}

/**
 * Reads all keys and the devices of those that are neither excluded nor unused. Where the rows do not agree with
 * the server's own totals, they are read once more: devices take and lose keys while a reading goes on.
 */
export async function readKeysWithRows(
  session: Session,
  options: PlanOptions,
): Promise<KeyReading> {
  const first = await readAllKeys(session, options)
  if (findDisagreement(first.used) === undefined) return first
  return await readAllKeys(session, options)
}

async function readAllKeys(session: Session, options: PlanOptions): Promise<KeyReading> {
  const keys = await readKeys(session, options.pageSize)
  const used: KeyWithRows[] = []
  for (const key of keys) {
    const decision = decideKey(key.facts, options.keys, options.nowMs)
    if (decision.kind === 'EXCLUDED' || key.activeUses === 0) continue
    const rows = await readKeyRows(session, key.serial, options.pageSize)
    // Reserve keys count nowhere; what is not said to be one is kept, for it may be active.
    used.push({ key, decision, rows: rows.filter((row) => row.isActive !== false) })
  }
  return { keys, used }
}

/**
 * A key whose rows do not add up to the server's own total; `undefined` when all do. Older servers count installed
 * products, newer ones devices (the attribute tables of 13.1 and 15.4 differ): all keys have to agree in one of
 * the two ways.
 */
export function findDisagreement(used: readonly KeyWithRows[]): Doubt | undefined {
  const unknown = used.find(({ key }) => key.activeUses === null)
  if (unknown !== undefined) return missingField(unknown.key, 'KLLIC_NHOSTS_ASCURRENT')
  const byProduct = used.find(({ key, rows }) => key.activeUses !== countActive(rows).rows)
  const byDevice = used.find(({ key, rows }) => key.activeUses !== countActive(rows).devices)
  if (byProduct === undefined || byDevice === undefined) return undefined
  const { key, rows } = byDevice
  return {
    code: 'KSC_KEY_TOTAL_DIFFERS',
    facts: {
      key: key.serial,
      application: key.application,
      expected: key.activeUses,
      read: countActive(rows).devices,
    },
  }
}

function countActive(rows: readonly KeyRow[]): { rows: number; devices: number } {
  return {
    rows: rows.filter((row) => row.isActive === true).length,
    devices: activeDevices(rows).size,
  }
}

/** Ids of the devices on which the key is the active one. */
export function activeDevices(rows: readonly KeyRow[]): ReadonlySet<string> {
  return new Set(rows.filter((row) => row.isActive === true).map((row) => row.deviceId))
}

/**
 * Whether a device's row of a key counts: active on it, and not ended there. A doubt where that cannot be said, in
 * which case its tenant has no reading.
 */
export function decideRow(row: KeyRow, use: KeyWithRows, nowMs: number): boolean | Doubt {
  const { key, decision } = use
  if (row.isActive === null) return missingField(key, 'KLLICSRV_HOST_CURRENT')
  if (decision.kind === 'UNDECIDED') return missingField(key, decision.missing)
  if (key.application === null) return missingField(key, 'KLLIC_PROD_NAME')
  // The device may have lost a key that others still have, also one without an end of its own.
  return row.endsAtMs === null || row.endsAtMs > nowMs
}

function missingField(key: Key, field: string): Doubt {
  return { code: 'KSC_FIELD_MISSING', facts: { key: key.serial, field } }
}

/** Exclusions that may pass, unlike the kind of a key: its application is one that can be billed. */
const MAY_COUNT_AGAIN: readonly KeyExclusion[] = [
  'EXPIRED',
  'PAUSED',
  'SOFT_CANCELLED',
  'HARD_CANCELLED',
]

/** Names of the applications that can be billed, whether or not anybody uses them now. */
export function billableApplications(
  keys: readonly Key[],
  { keys: options, nowMs }: PlanOptions,
): readonly string[] {
  return keys.flatMap(({ application, facts }) => {
    const decision = decideKey(facts, options, nowMs)
    const isBillable = decision.kind !== 'EXCLUDED' || MAY_COUNT_AGAIN.includes(decision.because)
    return application !== null && isBillable ? [application] : []
  })
}
