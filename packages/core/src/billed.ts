import { invariant } from './invariant.ts'
import type { LineRecord } from './history.ts'
import type { Contract, ContractService, LedgerState, Service, UnitPeriod } from './ledger.ts'
import type { ContractId, LineId, ServiceId } from './values/ids.ts'

/** The PSA's contracts and our own journal, ready to be asked. */
export interface BilledIndex {
  readonly contracts: ReadonlyMap<ContractId, Contract>
  readonly services: ReadonlyMap<ServiceId, Service>
  /** What is billed on a contract; nothing when it has neither lines nor records. Put together anew at every call. */
  billedOn(contract: ContractId): BilledContract
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

/**
 * Indexes once what every contract asks for. The index is plain numbers: it has an entry for every line and row of the
 * provider, and objects that live as long as the plan would cost more than all of the planning.
 */
export function buildBilledIndex(
  { contracts, services, lines, unitPeriods }: LedgerState,
  lineRecords: readonly LineRecord[],
): BilledIndex {
  const linesOf = chainByContract(lines)
  const recordsOf = chainByContract(lineRecords)
  const rowsOf = chainRows(lines, unitPeriods)
  return {
    contracts: new Map(contracts.map((contract) => [contract.id, contract])),
    services: new Map(services.map((service) => [service.id, service])),
    billedOn: (contract) => ({
      lines: linesOf(contract, (line, position) => ({ line, rows: rowsOf(position) })),
      records: recordsOf(contract, (record) => record),
    }),
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
  const candidates = billed.lines.filter(({ line }) => line.service === service)
  const known = candidates.filter(({ line }) => line.id === record?.line)
  return { record, candidates: known.length === 1 ? known : candidates }
}

function findRecord(records: readonly LineRecord[], service: ServiceId): LineRecord | null {
  for (const record of records) if (record.service === service) return record
  return null
}

const NO_LINES: readonly LineWithRows[] = []
const END = -1

/** Gives, for a contract, what `toItem` makes of each of its values, in their order. */
type ContractChain<Value> = <Item>(
  contract: ContractId,
  toItem: (value: Value, position: number) => Item,
) => readonly Item[]

/** A first position for each contract and a next one for each value. */
function chainByContract<Value extends { readonly contract: ContractId }>(
  values: readonly Value[],
): ContractChain<Value> {
  const first = new Map<ContractId, number>()
  const next = new Int32Array(values.length)
  // Neighbours mostly belong together: only where the contract changes is the map asked.
  let contract: ContractId | null = null
  let head = END
  for (let position = values.length - 1; position >= 0; position -= 1) {
    const own = values[position]?.contract ?? null
    if (own !== contract) {
      if (contract !== null) first.set(contract, head)
      contract = own
      head = own === null ? END : (first.get(own) ?? END)
    }
    next[position] = head
    head = position
  }
  if (contract !== null) first.set(contract, head)
  return (wanted, toItem) =>
    followChain(first.get(wanted) ?? END, next, (position) =>
      toItem(at(values, position), position),
    )
}

/** Made at its full length: a list that grows by itself reserves many times what a line or a contract needs. */
function followChain<Item>(
  start: number,
  next: Int32Array,
  itemAt: (position: number) => Item,
): Item[] {
  let length = 0
  for (let position = start; position !== END; position = next[position] ?? END) length += 1
  // oxlint-disable-next-line unicorn/no-new-array -- Array.from is several times slower here, at every line
  const items = new Array<Item>(length)
  let position = start
  for (let index = 0; index < length; index += 1) {
    items[index] = itemAt(position)
    position = next[position] ?? END
  }
  return items
}

function at<Value>(values: readonly Value[], position: number): Value {
  const value = values[position]
  invariant(value !== undefined, 'an index names a value that is not there')
  return value
}

/** The rows of the line at a position, by their start. Rows whose line was not read belong to nobody. */
function chainRows(
  lines: readonly ContractService[],
  rows: readonly UnitPeriod[],
): (position: number) => readonly UnitPeriod[] {
  const findLine = createLineFinder(lines)
  const first = new Int32Array(lines.length).fill(END)
  const next = new Int32Array(rows.length)
  for (let position = rows.length - 1; position >= 0; position -= 1) {
    const row = rows[position]
    const line = row === undefined ? END : findLine(row.line)
    if (line === END) continue
    next[position] = first[line] ?? END
    first[line] = position
  }
  return (line) => {
    const found = followChain(first[line] ?? END, next, (position) => at(rows, position))
    return isInOrder(found) ? found : found.sort(compareRows)
  }
}

/**
 * Finds a line's position by its id. PSAs mostly list the rows of their lines in the order of the lines, and then it is
 * the line found last or the one before it (the rows are gone through backwards); only where it is not, an index is made.
 */
function createLineFinder(lines: readonly ContractService[]): (id: LineId) => number {
  let byId: ReadonlyMap<LineId, number> | null = null
  let last = lines.length
  return (id) => {
    if (lines[last]?.id === id) return last
    if (lines[last - 1]?.id === id) {
      last -= 1
      return last
    }
    byId ??= new Map(lines.map((line, position) => [line.id, position]))
    const found = byId.get(id) ?? END
    if (found !== END) last = found
    return found
  }
}

/** Rows mostly come by their start. */
function isInOrder(rows: readonly UnitPeriod[]): boolean {
  for (let index = 1; index < rows.length; index += 1) {
    const [before, row] = [rows[index - 1], rows[index]]
    if (before !== undefined && row !== undefined && compareRows(before, row) > 0) return false
  }
  return true
}

function compareRows(a: UnitPeriod, b: UnitPeriod): number {
  if (a.startDay !== b.startDay) return a.startDay < b.startDay ? -1 : 1
  if (a.endDay !== b.endDay) return a.endDay < b.endDay ? -1 : 1
  return a.units - b.units
}
