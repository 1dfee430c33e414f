import type { LineRecord } from '../history.ts'
import { invariant } from '../invariant.ts'
import type { AdjustmentIntent, Journal, Settlement } from '../ports.ts'
import { IntentConflict } from '../ports.ts'
import type { ContractId, ServiceId } from '../values/ids.ts'

/** An intent with how it ended, or `null` while nothing is known. */
export interface JournalEntry {
  readonly intent: AdjustmentIntent
  readonly settlement: Settlement | null
}

/** A journal in memory, with what a test wants to see and do. */
export interface MemoryJournal extends Journal {
  /** Every intent, oldest first. */
  entries(): readonly JournalEntry[]
  /** The record of a line; a fresh one when there is none. */
  record(contract: ContractId, service: ServiceId): LineRecord
  /** Stores a record as if it had come about: an owned line, a baseline, a decision of a person. */
  putRecord(record: Partial<LineRecord> & Pick<LineRecord, 'contract' | 'service'>): void
  /** What happens to locks when their holder dies. */
  dropLocks(): void
}

/** The record of a line that nobody has touched yet. */
export function freshRecord(contract: ContractId, service: ServiceId): LineRecord {
  return {
    contract,
    service,
    line: null,
    ordinal: 0,
    ownership: 'UNDECIDED',
    baselineUnits: 0,
    confirmed: null,
    unsettledKey: null,
    lapsedInARow: 0,
  }
}

/** Keeps every promise of {@link Journal}, except that it forgets when the process ends. */
export function createMemoryJournal(): MemoryJournal {
  const records = new Map<string, LineRecord>()
  const entries = new Map<string, JournalEntry>()
  let locks = new Map<ContractId, symbol>()

  const lineOf = (contract: ContractId, service: ServiceId): string => `${contract}/${service}`
  const record = (contract: ContractId, service: ServiceId): LineRecord =>
    records.get(lineOf(contract, service)) ?? freshRecord(contract, service)
  const put = (value: LineRecord): void => {
    records.set(lineOf(value.contract, value.service), value)
  }

  return {
    readLineRecords: async (contracts) => {
      const wanted = new Set(contracts)
      return [...records.values()].filter(({ contract }) => wanted.has(contract))
    },
    readUnsettled: async () =>
      [...entries.values()]
        .filter(({ settlement }) => settlement === null || settlement.kind === 'UNKNOWN')
        .map(({ intent }) => intent),
    recordIntent: async (intent) => {
      const known = record(intent.contract, intent.service)
      const isTaken = [...entries.values()].some((entry) => takesBackSame(entry, intent))
      if (
        intent.ordinal !== known.ordinal + 1 ||
        known.unsettledKey !== null ||
        entries.has(intent.key) ||
        isTaken
      ) {
        throw new IntentConflict(`the line has moved on: ${intent.key}`)
      }
      entries.set(intent.key, { intent, settlement: null })
      put({ ...known, ordinal: intent.ordinal, unsettledKey: intent.key })
    },
    settle: async (key, settlement) => {
      const entry = entries.get(key)
      invariant(entry !== undefined, 'no such intent', { key })
      if (entry.settlement !== null && entry.settlement.kind !== 'UNKNOWN') return
      entries.set(key, { ...entry, settlement })
      const { intent } = entry
      put(moveRecord(record(intent.contract, intent.service), intent, settlement))
    },
    lockContract: async (contract) => {
      if (locks.has(contract)) return null
      const mine = Symbol(contract)
      locks.set(contract, mine)
      return {
        release: async () => {
          if (locks.get(contract) === mine) locks.delete(contract)
        },
      }
    },
    entries: () => [...entries.values()],
    record,
    putRecord: (partial) => put({ ...record(partial.contract, partial.service), ...partial }),
    dropLocks: () => {
      locks = new Map()
    },
  }
}

function takesBackSame({ intent, settlement }: JournalEntry, other: AdjustmentIntent): boolean {
  if (other.takesBack === null || intent.takesBack !== other.takesBack) return false
  const endedWithout =
    settlement?.kind === 'REFUSED' ||
    settlement?.kind === 'LAPSED' ||
    settlement?.kind === 'NOT_SENT'
  return !endedWithout
}

/** The line's record after its newest intent ended; the rules are those of `Journal.settle`. */
function moveRecord(
  record: LineRecord,
  intent: AdjustmentIntent,
  settlement: Settlement,
): LineRecord {
  const settled: LineRecord = { ...record, unsettledKey: null }
  switch (settlement.kind) {
    case 'CONFIRMED':
      return {
        ...settled,
        line: settlement.line,
        ownership: ownershipAfter(record),
        confirmed: { units: settlement.units, effectiveDay: intent.effectiveDay },
        lapsedInARow: 0,
      }
    case 'RESOLVED':
      return {
        ...settled,
        ownership: ownershipAfter(record),
        confirmed: null,
        lapsedInARow: 0,
      }
    case 'LAPSED':
      return { ...settled, lapsedInARow: record.lapsedInARow + 1 }
    case 'REFUSED':
    case 'NOT_SENT':
      return settled
    case 'UNKNOWN':
      return record
  }
}

/** A person's hands-off outlives what was still on its way. */
function ownershipAfter({ ownership }: LineRecord): LineRecord['ownership'] {
  return ownership === 'STOPPED' ? 'STOPPED' : 'OWNED'
}
