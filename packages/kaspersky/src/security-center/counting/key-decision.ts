/** What decides whether a key counts; a field the server left out or wrote unreadably is `null`. */
export interface KeyFacts {
  /** `KLLIC_KEY_TYPE`. */
  readonly type: number | null
  /** `KLLIC_LICTYPE_IS_SUBSCRIPTION`. */
  readonly isSubscription: boolean | null
  /** `KLLIC_SUBSCRINFO_STATE`. */
  readonly subscriptionState: number | null
  /** `KLLIC_SUBSCRINFO_ENDDATETYPE`. */
  readonly subscriptionEndType: number | null
  /** `KLLIC_LIMIT_DATE` in milliseconds since the epoch. */
  readonly limitMs: number | null
  /** `KLLIC_USED_BY_ADM_SRV`. */
  readonly isUsedByServer: boolean | null
  /** `KLLIC_APP_ID` and the names in `KLLIC_APP_IDS`. */
  readonly applicationIds: readonly number[]
}

/** What an MSP may choose to count beyond commercial keys and running subscriptions. Both are off by default. */
export interface KeyOptions {
  readonly countOem: boolean
  readonly countSoftCancelled: boolean
}

/** `UNDECIDED`: something is missing, so nobody may say that the key does not count. */
export type KeyDecision =
  | { readonly kind: 'COUNTS' }
  | { readonly kind: 'EXCLUDED'; readonly because: KeyExclusion }
  | { readonly kind: 'UNDECIDED'; readonly missing: string }

/** Why a key does not count. */
export type KeyExclusion =
  | 'KEY_OF_SERVER'
  | 'BETA'
  | 'TRIAL'
  | 'TEST'
  | 'OEM'
  | 'PAUSED'
  | 'SOFT_CANCELLED'
  | 'HARD_CANCELLED'
  | 'EXPIRED'

const COUNTS: KeyDecision = { kind: 'COUNTS' }

const COMMERCIAL = 1
const OEM = 5
const SUBSCRIPTION = 6
const NEVER_COUNTED: Readonly<Record<number, KeyExclusion>> = { 2: 'BETA', 3: 'TRIAL', 4: 'TEST' }

const STATE_ACTIVE = 0
const STATE_SOFT_CANCELLED = 2
const STOPPED: Readonly<Record<number, KeyExclusion>> = { 1: 'PAUSED', 3: 'HARD_CANCELLED' }

const END_TYPE_UNLIMITED = 1
/** Kaspersky Security Center itself. */
const SERVER_APPLICATION = 1017

/**
 * Whether a key counts: active, unexpired, commercial or subscription (product.md, rule 1; the vendor's words in
 * support.kaspersky.com/MSP/3.0/160671.htm). `nowMs` is the instant of the reading.
 */
export function decideKey(key: KeyFacts, options: KeyOptions, nowMs: number): KeyDecision {
  if (key.isUsedByServer === true && isForServerOnly(key)) return excluded('KEY_OF_SERVER')
  return decideKind(key, options) ?? decideSubscription(key, options) ?? decideEnd(key, nowMs)
}

function decideKind(key: KeyFacts, options: KeyOptions): KeyDecision | null {
  const { type } = key
  const never = type === null ? undefined : NEVER_COUNTED[type]
  if (never !== undefined) return excluded(never)
  if (type === OEM) return options.countOem ? null : excluded('OEM')
  if (type === COMMERCIAL || type === SUBSCRIPTION || key.isSubscription === true) return null
  return { kind: 'UNDECIDED', missing: 'KLLIC_KEY_TYPE' }
}

function decideSubscription(key: KeyFacts, options: KeyOptions): KeyDecision | null {
  if (!isSubscription(key)) return null
  const state = key.subscriptionState
  const stopped = state === null ? undefined : STOPPED[state]
  if (stopped !== undefined) return excluded(stopped)
  if (state === STATE_SOFT_CANCELLED && !options.countSoftCancelled)
    return excluded('SOFT_CANCELLED')
  if (state === STATE_ACTIVE || state === STATE_SOFT_CANCELLED) return null
  return { kind: 'UNDECIDED', missing: 'KLLIC_SUBSCRINFO_STATE' }
}

function decideEnd(key: KeyFacts, nowMs: number): KeyDecision {
  if (isSubscription(key) && key.subscriptionEndType === END_TYPE_UNLIMITED) return COUNTS
  if (key.limitMs === null) return { kind: 'UNDECIDED', missing: 'KLLIC_LIMIT_DATE' }
  return key.limitMs > nowMs ? COUNTS : excluded('EXPIRED')
}

function isSubscription(key: KeyFacts): boolean {
  return key.type === SUBSCRIPTION || key.isSubscription === true
}

function isForServerOnly(key: KeyFacts): boolean {
  return (
    key.applicationIds.length > 0 && key.applicationIds.every((id) => id === SERVER_APPLICATION)
  )
}

function excluded(because: KeyExclusion): KeyDecision {
  return { kind: 'EXCLUDED', because }
}
