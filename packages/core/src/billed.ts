import type { LineRecord } from './history.ts'
import type { Contract, ContractService, LedgerState, Service, UnitPeriod } from './ledger.ts'
import type { ContractId, LineId, ServiceId } from './values/ids.ts'

/** The PSA's contracts and our own journal, ready to be asked for one line. */
export interface BilledIndex {
  readonly contracts: ReadonlyMap<ContractId, Contract>
  readonly services: ReadonlyMap<ServiceId, Service>
  readonly lines: ReadonlyMap<ContractId, readonly ContractService[]>
  readonly rows: ReadonlyMap<LineId, readonly UnitPeriod[]>
  readonly records: ReadonlyMap<ContractId, readonly LineRecord[]>
}

/** One (contract, service): the line it is in the PSA and what we know of it. */
export interface BilledLine {
  readonly service: ServiceId
  readonly record: LineRecord | null
  /** Every line it could be: none before the first adjustment, one normally, more when the service is repeated. */
  readonly candidates: readonly ContractService[]
}

/** Indexes once what every line asks for. Rows are sorted by their start when they are asked for. */
export function buildBilledIndex(
  ledger: LedgerState,
  lineRecords: readonly LineRecord[],
): BilledIndex {
  return {
    contracts: new Map(ledger.contracts.map((contract) => [contract.id, contract])),
    services: new Map(ledger.services.map((service) => [service.id, service])),
    lines: groupBy(ledger.lines, (line) => line.contract),
    rows: groupBy(ledger.unitPeriods, (row) => row.line),
    records: groupBy(lineRecords, (record) => record.contract),
  }
}

/**
 * The line of a contract's service. Where the service is on the contract more than once, the line in our record
 * decides; without one all of them are candidates and a person has to choose.
 */
export function findBilledLine(
  index: BilledIndex,
  contract: ContractId,
  service: ServiceId,
): BilledLine {
  const record =
    index.records.get(contract)?.find((candidate) => candidate.service === service) ?? null
  const lines = (index.lines.get(contract) ?? []).filter((line) => line.service === service)
  if (lines.length > 1 && record !== null && record.line !== null) {
    const known = lines.filter((line) => line.id === record.line)
    if (known.length === 1) return { service, record, candidates: known }
  }
  return { service, record, candidates: lines }
}

/** A line's rows by their start; rows that start on one day (there should be none) by their end. */
export function sortedRows(index: BilledIndex, line: LineId): readonly UnitPeriod[] {
  const rows = index.rows.get(line) ?? []
  for (let i = 1; i < rows.length; i += 1) {
    if (compareRows(rows[i - 1], rows[i]) > 0) return [...rows].sort(compareRows)
  }
  return rows
}

function compareRows(a: UnitPeriod | undefined, b: UnitPeriod | undefined): number {
  if (a === undefined || b === undefined) return 0
  if (a.startDay !== b.startDay) return a.startDay < b.startDay ? -1 : 1
  if (a.endDay !== b.endDay) return a.endDay < b.endDay ? -1 : 1
  return a.units - b.units
}

function groupBy<K, V>(values: readonly V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const value of values) {
    const key = keyOf(value)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [value])
    else group.push(value)
  }
  return groups
}
