import type { LineRecord } from './history.ts'
import type { Contract, ContractService, LedgerState, Service, UnitPeriod } from './ledger.ts'
import type { CreateSections } from './planning/sections.ts'
import { chainSections } from './planning/sections.ts'
import type { ContractId, ServiceId } from './values/ids.ts'

/** The PSA's contracts and our own journal, ready to be asked. */
export interface BilledIndex {
  readonly services: ReadonlyMap<ServiceId, Service>
  /** The contract, or `null` when it was not read. */
  contractOf(id: ContractId): Contract | null
  /** What is billed on a contract; nothing when it has neither lines nor records. */
  billedOn(contract: ContractId): BilledContract
  /** Nothing more will be asked; see {@link Sections}. */
  finish(): void
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

/** Lines and rows as they were read; see `ContractLedger.readWritten`. */
export type WrittenState = Pick<LedgerState, 'lines' | 'unitPeriods'>

/** One (contract, service): the line it is in the PSA and what we know of it. */
export interface BilledLine {
  readonly record: LineRecord | null
  /** Every line it could be: none before the first adjustment, one normally, more when the service is repeated. */
  readonly candidates: readonly LineWithRows[]
}

/** Makes ready what every contract asks for, its lists in the way that is given. */
export function buildBilledIndex(
  { contracts, services, lines, unitPeriods }: LedgerState,
  lineRecords: readonly LineRecord[],
  createSections: CreateSections = chainSections,
): BilledIndex {
  const contractsById = createSections(contracts, ({ id }) => id)
  const linesByContract = createSections(lines, ({ contract }) => contract)
  const recordsByContract = createSections(lineRecords, ({ contract }) => contract)
  const rowsByLine = createSections(unitPeriods, ({ line }) => line)
  let last: { readonly contract: ContractId; readonly billed: BilledContract } | null = null

  function putTogether(contract: ContractId): BilledContract {
    return {
      lines: linesByContract
        .of(contract)
        .map((line) => ({ line, rows: byStart(rowsByLine.of(line.id)) })),
      records: recordsByContract.of(contract),
    }
  }

  return {
    services: new Map(services.map((service) => [service.id, service])),
    contractOf: (id) => contractsById.of(id)[0] ?? null,
    billedOn: (contract) => {
      if (last?.contract !== contract) last = { contract, billed: putTogether(contract) }
      return last.billed
    },
    finish: () => {
      for (const list of [contractsById, linesByContract, recordsByContract, rowsByLine]) {
        list.finish()
      }
    },
  }
}

/**
 * The line of a contract's service. Where the service is on the contract more than once, the line in our record
 * decides; without one all of them are candidates and a person has to choose.
 */
export function findBilledLine(billed: BilledContract, service: ServiceId): BilledLine {
  const record = findRecord(billed.records, service)
  let first: LineWithRows | null = null
  let isRepeated = false
  for (const candidate of billed.lines) {
    if (candidate.line.service !== service) continue
    if (first !== null) isRepeated = true
    first ??= candidate
  }
  if (first === null) return { record, candidates: NO_LINES }
  if (!isRepeated) return { record, candidates: [first] }
  const candidates = billed.lines
    .filter(({ line }) => line.service === service)
    .sort((a, b) => (a.line.id < b.line.id ? -1 : 1))
  const known = candidates.filter(({ line }) => line.id === record?.line)
  return { record, candidates: known.length === 1 ? known : candidates }
}

function findRecord(records: readonly LineRecord[], service: ServiceId): LineRecord | null {
  for (const record of records) if (record.service === service) return record
  return null
}

const NO_LINES: readonly LineWithRows[] = []

/** Rows mostly come by their start. */
function byStart(rows: readonly UnitPeriod[]): readonly UnitPeriod[] {
  for (let index = 1; index < rows.length; index += 1) {
    const [before, row] = [rows[index - 1], rows[index]]
    if (before !== undefined && row !== undefined && compareRows(before, row) > 0) {
      return rows.toSorted(compareRows)
    }
  }
  return rows
}

function compareRows(a: UnitPeriod, b: UnitPeriod): number {
  if (a.startDay !== b.startDay) return a.startDay < b.startDay ? -1 : 1
  if (a.endDay !== b.endDay) return a.endDay < b.endDay ? -1 : 1
  return a.units - b.units
}

/** A reading's lines with their rows, contract by contract: what is done for each contract then costs the same among few and many. */
export function splitByContract({
  lines,
  unitPeriods,
}: WrittenState): (contract: ContractId) => WrittenState {
  const linesByContract = chainSections(lines, ({ contract }) => contract)
  const rowsByLine = chainSections(unitPeriods, ({ line }) => line)
  return (contract) => {
    const own = linesByContract.of(contract)
    return { lines: own, unitPeriods: own.flatMap(({ id }) => rowsByLine.of(id)) }
  }
}
