import type { LineRecord } from './history.ts'
import type { Contract, ContractService, LedgerState, Service, UnitPeriod } from './ledger.ts'
import type { ContractId, LineId, ServiceId } from './values/ids.ts'

/** The PSA's contracts and our own journal, ready to be asked. */
export interface BilledIndex {
  readonly contracts: ReadonlyMap<ContractId, Contract>
  readonly services: ReadonlyMap<ServiceId, Service>
  /** Contracts without a line and without a record are not in it. */
  readonly byContract: ReadonlyMap<ContractId, BilledContract>
}

/** Everything that is billed on one contract, as the PSA shows it and as we remember it. */
export interface BilledContract {
  readonly lines: readonly LineWithRows[]
  readonly records: readonly LineRecord[]
}

/** A line with its unit periods. */
export interface LineWithRows {
  readonly line: ContractService
  /** By their start. */
  readonly rows: readonly UnitPeriod[]
}

/** One (contract, service): the line it is in the PSA and what we know of it. */
export interface BilledLine {
  readonly record: LineRecord | null
  /** Every line it could be: none before the first adjustment, one normally, more when the service is repeated. */
  readonly candidates: readonly LineWithRows[]
}

const NOTHING_BILLED: BilledContract = { lines: [], records: [] }

/** Indexes once what every line asks for. Rows whose line was not read belong to nobody and are left out. */
export function buildBilledIndex(
  ledger: LedgerState,
  lineRecords: readonly LineRecord[],
): BilledIndex {
  const byContract = new Map<ContractId, { lines: LineWithRows[]; records: LineRecord[] }>()
  const contractOf = keepLast((id: ContractId) => {
    const known = byContract.get(id) ?? { lines: [], records: [] }
    byContract.set(id, known)
    return known
  })
  const lines = ledger.lines.map((line) => ({ line, rows: [] as UnitPeriod[] }))
  for (const entry of lines) contractOf(entry.line.contract).lines.push(entry)
  const findLine = createLineFinder(lines)
  for (const row of ledger.unitPeriods) insertByStart(findLine(row.line)?.rows, row)
  for (const record of lineRecords) contractOf(record.contract).records.push(record)
  return {
    contracts: new Map(ledger.contracts.map((contract) => [contract.id, contract])),
    services: new Map(ledger.services.map((service) => [service.id, service])),
    byContract,
  }
}

/** What is billed on a contract; nothing when it has neither lines nor records. */
export function findBilledContract(index: BilledIndex, contract: ContractId): BilledContract {
  return index.byContract.get(contract) ?? NOTHING_BILLED
}

/**
 * The line of a contract's service. Where the service is on the contract more than once, the line in our record
 * decides; without one all of them are candidates and a person has to choose.
 */
export function findBilledLine(billed: BilledContract, service: ServiceId): BilledLine {
  const record = billed.records.find((candidate) => candidate.service === service) ?? null
  const candidates = billed.lines.filter(({ line }) => line.service === service)
  if (candidates.length > 1 && record !== null && record.line !== null) {
    const known = candidates.filter(({ line }) => line.id === record.line)
    if (known.length === 1) return { record, candidates: known }
  }
  return { record, candidates }
}

/**
 * Finds lines by id. PSAs mostly list the rows of their lines in the order of the lines, and then the line is the last
 * one found or the one after it; only where it is not, an index is made.
 */
function createLineFinder<Entry extends LineWithRows>(
  lines: readonly Entry[],
): (id: LineId) => Entry | undefined {
  let byId: ReadonlyMap<LineId, number> | null = null
  let position = 0
  return (id) => {
    if (lines[position]?.line.id === id) return lines[position]
    if (lines[position + 1]?.line.id === id) {
      position += 1
      return lines[position]
    }
    byId ??= new Map(lines.map(({ line }, index) => [line.id, index]))
    const found = byId.get(id)
    if (found !== undefined) position = found
    return found === undefined ? undefined : lines[found]
  }
}

/** Rows mostly come by their start, so that the place is nearly always the end. */
function insertByStart(rows: UnitPeriod[] | undefined, row: UnitPeriod): void {
  if (rows === undefined) return
  let place = rows.length
  while (place > 0 && compareRows(rows[place - 1], row) > 0) place -= 1
  if (place === rows.length) rows.push(row)
  else rows.splice(place, 0, row)
}

function compareRows(a: UnitPeriod | undefined, b: UnitPeriod): number {
  if (a === undefined) return -1
  if (a.startDay !== b.startDay) return a.startDay < b.startDay ? -1 : 1
  if (a.endDay !== b.endDay) return a.endDay < b.endDay ? -1 : 1
  return a.units - b.units
}

/** Neighbours in a PSA's lists mostly belong together, and then cost no look-up. */
function keepLast<Key, Value>(find: (key: Key) => Value): (key: Key) => Value {
  let last: { readonly key: Key; readonly value: Value } | null = null
  return (key) => {
    if (last === null || last.key !== key) last = { key, value: find(key) }
    return last.value
  }
}
