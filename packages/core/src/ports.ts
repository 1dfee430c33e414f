import type { Finding } from './issue.ts'
import type { Contract, LedgerState, Service } from './ledger.ts'
import type { LineRecord } from './history.ts'
import type { TenantReading, UsageUnit } from './usage.ts'
import type { Day } from './values/day.ts'
import type {
  AccountId,
  ApplicationName,
  ContractId,
  LineId,
  ServiceId,
  TenantId,
} from './values/ids.ts'

/** What failed in the world outside. `retryable` says whether the same call may be repeated safely. */
export class VendorError extends Error {
  override readonly name = 'VendorError'
  readonly vendor: string
  readonly operation: string
  /** UPPER_SNAKE, documented in docs/errors.md. */
  readonly code: string
  readonly retryable: boolean
  readonly status: number | null
  /** What a person needs to act, beside the message: both fingerprints, both totals, the page that failed. */
  readonly facts: Readonly<Record<string, string | number | null>>

  constructor(facts: {
    vendor: string
    operation: string
    code: string
    message: string
    retryable: boolean
    status?: number | null
    facts?: Readonly<Record<string, string | number | null>>
    cause?: unknown
  }) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.vendor = facts.vendor
    this.operation = facts.operation
    this.code = facts.code
    this.retryable = facts.retryable
    this.status = facts.status ?? null
    this.facts = facts.facts ?? {}
  }
}

/** A tenant as the usage source lists it. */
export interface TenantListing {
  readonly id: TenantId
  readonly kind: 'VIRTUAL_SERVER' | 'WORKSPACE'
  readonly name: string
  readonly isEnabled: boolean
}

/** One complete pass over a usage source. Tenants that could not be read completely say so themselves. */
export interface UsageReading {
  readonly tenants: readonly TenantListing[]
  readonly readings: readonly TenantReading[]
  /** Every application seen, also those without a counted device. */
  readonly applications: readonly { readonly name: ApplicationName; readonly unit: UsageUnit }[]
  /** What the source noticed that concerns no tenant. It changes no plan. */
  readonly findings?: readonly Finding[]
}

/**
 * Where usage comes from. Reading changes nothing at the source. A failure to read the source at all throws
 * {@link VendorError}; a failure that concerns one tenant makes that tenant's reading incomplete.
 */
export interface UsageSource {
  readTenants(options: ReadOptions): Promise<readonly TenantListing[]>
  readUsage(options: ReadOptions): Promise<UsageReading>
}

/** Cancels what is under way; adapters stop at the next safe point. */
export interface ReadOptions {
  readonly signal?: AbortSignalLike
}

/** The part of the platform's AbortSignal that ports need; core knows no platform. */
export interface AbortSignalLike {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

/** A customer as the PSA lists it. */
export interface AccountListing {
  readonly id: AccountId
  readonly name: string
  readonly isActive: boolean
}

/** Everything there is to choose from when mapping. */
export interface Directory {
  readonly accounts: readonly AccountListing[]
  readonly contracts: readonly Contract[]
  readonly services: readonly Service[]
}

/** The write: one Contract Service Adjustment. */
export interface AdjustmentRequest {
  readonly contract: ContractId
  readonly service: ServiceId
  /** Named when the line exists; otherwise contract and service create it. */
  readonly line: LineId | null
  readonly effectiveDay: Day
  readonly unitChange: number
}

/**
 * What became of a write as far as its answer tells. `UNKNOWN` when the answer was lost or was a server
 * fault: it may have been applied, so only reading the units decides.
 */
export type ApplyOutcome =
  | { readonly kind: 'ACCEPTED' }
  | { readonly kind: 'REFUSED'; readonly reason: string }
  | { readonly kind: 'UNKNOWN'; readonly reason: string }

/** A PSA's contracts: read in batches, written one adjustment at a time. */
export interface ContractLedger {
  /** Everything to choose from. Throws {@link VendorError}; an empty list means there is none. */
  readDirectory(options: ReadOptions): Promise<Directory>
  /**
   * The contracts asked for with their lines and the unit periods that end on or after `fromDay`, of those at
   * least the current and the next one. Complete or {@link VendorError}.
   */
  readLedger(
    request: { readonly contracts: readonly ContractId[]; readonly fromDay: Day },
    options: ReadOptions,
  ): Promise<LedgerState>
  /** The same for the contracts and services just written, in the fewest calls: what settles intents. */
  readWritten(
    request: {
      readonly written: readonly {
        readonly contract: ContractId
        readonly service: ServiceId
        readonly line: LineId | null
        /** When told, only the period of this day and the next one have to be read for this line; it may be named with several. */
        readonly effectiveDay?: Day
      }[]
      readonly fromDay: Day
    },
    options: ReadOptions,
  ): Promise<Pick<LedgerState, 'lines' | 'unitPeriods'>>
  /** Posts once. Never repeats by itself. Throws only when it is certain that nothing was sent. */
  applyAdjustment(request: AdjustmentRequest, options: ReadOptions): Promise<ApplyOutcome>
}

/**
 * An intent to write, stored before the write. One intent is one post, ever: the repeat that rule 17 allows is a
 * new intent with the next ordinal and `attempt` 2, after the first was settled as lapsed.
 */
export interface AdjustmentIntent {
  readonly key: string
  /** The record's ordinal plus one; see {@link Journal.recordIntent}. */
  readonly ordinal: number
  readonly contract: ContractId
  readonly service: ServiceId
  readonly line: LineId | null
  readonly effectiveDay: Day
  readonly before: number
  readonly after: number
  /** 1, or 2 when it repeats one that lapsed. */
  readonly attempt: number
  /** When it was stored, in milliseconds since the epoch. */
  readonly recordedAtMs: number
  /** Key of the confirmed adjustment this one undoes; `null` for ordinary ones. */
  readonly takesBack: string | null
}

/**
 * How an intent ended, or, for `UNKNOWN`, what is known of one that has not ended.
 * `CONFIRMED`: the units read back are `after`. `REFUSED`: the PSA said no and the units are unchanged.
 * `NOT_SENT`: it is certain that nothing left the house. `LAPSED`: read after the vendor's cut-off, the units are
 * unchanged, so the post never arrived. `RESOLVED`: a person looked and said that what the PSA shows is the outcome.
 */
export type Settlement =
  | { readonly kind: 'CONFIRMED'; readonly line: LineId; readonly units: number }
  | { readonly kind: 'REFUSED'; readonly reason: string }
  | { readonly kind: 'NOT_SENT'; readonly reason: string }
  | { readonly kind: 'LAPSED'; readonly reason: string }
  | { readonly kind: 'UNKNOWN'; readonly reason: string; readonly unitsSeen: number | null }
  | { readonly kind: 'RESOLVED'; readonly reason: string }

/** The memory of the run. Every call is durable when it resolves. */
export interface Journal {
  /** All records of these contracts' lines, also of lines that are not mapped any more. */
  readLineRecords(contracts: readonly ContractId[]): Promise<readonly LineRecord[]>
  /** Intents that are neither settled nor resolved, oldest first; those settled as `UNKNOWN` are among them. */
  readUnsettled(): Promise<readonly AdjustmentIntent[]>
  /**
   * Stores an intent and makes it the line's newest: the record's `ordinal` becomes the intent's, `unsettledKey` its key.
   * Rejects with {@link IntentConflict} and stores nothing when the intent's ordinal is not the record's plus one,
   * the key exists, the line has an unsettled intent, or `takesBack` names an adjustment that another intent takes or
   * took back (a refused, lapsed or unsent one does not count). The database decides between two writers, not the code.
   */
  recordIntent(intent: AdjustmentIntent): Promise<void>
  /**
   * Stores how an intent ended and moves its line's record: `CONFIRMED` sets `confirmed`, `line`, ownership `OWNED` and
   * `lapsedInARow` 0; `RESOLVED` clears `confirmed` and `lapsedInARow` and sets `OWNED`; `LAPSED` adds one to
   * `lapsedInARow`; all of these, `REFUSED` and `NOT_SENT` clear `unsettledKey`; `UNKNOWN` leaves the record alone.
   * Ownership `STOPPED` stays whatever ends: a person said hands off, and only a person takes that back.
   * Settling what has ended already changes nothing.
   */
  settle(key: string, settlement: Settlement): Promise<void>
  /** Takes the right to write to a contract; `null` when another writer has it. Ends by itself when its holder dies. */
  lockContract(contract: ContractId): Promise<ContractLock | null>
}

/** The right to write to one contract. */
export interface ContractLock {
  release(): Promise<void>
}

/** Another writer was there first; nothing was stored, nothing may be posted. */
export class IntentConflict extends Error {
  override readonly name = 'IntentConflict'
}

/** Time, handed in. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignalLike): Promise<void>
}
