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
      }[]
      readonly fromDay: Day
    },
    options: ReadOptions,
  ): Promise<Pick<LedgerState, 'lines' | 'unitPeriods'>>
  /** Posts once. Never repeats by itself. Throws only when it is certain that nothing was sent. */
  applyAdjustment(request: AdjustmentRequest, options: ReadOptions): Promise<ApplyOutcome>
}

/** An intent to write, stored before the write. */
export interface AdjustmentIntent {
  readonly key: string
  readonly contract: ContractId
  readonly service: ServiceId
  readonly line: LineId | null
  readonly effectiveDay: Day
  readonly before: number
  readonly after: number
  /** 1 for the first post of this intent, 2 for its one repeat. */
  readonly attempt: number
}

/** How an intent ended. */
export type Settlement =
  | { readonly kind: 'CONFIRMED'; readonly line: LineId; readonly units: number }
  | { readonly kind: 'REFUSED'; readonly reason: string }
  | { readonly kind: 'UNKNOWN'; readonly reason: string; readonly unitsSeen: number | null }

/**
 * The memory of the run. Every call is durable when it resolves. `recordIntent` rejects with
 * {@link IntentConflict} when the key exists or the line has another unsettled intent: the database
 * decides between two writers, not the code.
 */
export interface Journal {
  readLineRecords(contracts: readonly ContractId[]): Promise<readonly LineRecord[]>
  readUnsettled(): Promise<readonly AdjustmentIntent[]>
  recordIntent(intent: AdjustmentIntent): Promise<void>
  settle(key: string, settlement: Settlement): Promise<void>
  /** Takes the right to write to a contract; `null` when another writer has it. Ends by itself when its holder dies. */
  lockContract(contract: ContractId): Promise<{ release(): Promise<void> } | null>
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
