import { invariant } from '../invariant.ts'
import type { Contract, ContractService, UnitPeriod } from '../ledger.ts'
import type { UnitPrice } from '../planning/price.ts'
import type { Day } from '../values/day.ts'
import type { ContractId, LineId, ServiceId } from '../values/ids.ts'
import type { BillingCalendar } from '../values/period.ts'
import type { UnitBookRules } from './unit-rows.ts'
import { changeRows, isWhole } from './unit-rows.ts'

/** A change of one line from a day on. */
export interface LineChange {
  readonly contract: ContractId
  readonly service: ServiceId
  /** `null`: the line of that service on that contract, made when there is none. */
  readonly line: LineId | null
  readonly day: Day
  readonly units: number
  /** The price of a unit for one service period; `null` when the service has none. */
  readonly price: UnitPrice | null
}

/** Contracts, their lines and the units of each period. */
export interface UnitBook {
  readonly addContract: (contract: Contract) => void
  readonly addLine: (line: Omit<ContractService, 'id'>) => LineId
  readonly contracts: () => readonly Contract[]
  readonly lines: () => readonly ContractService[]
  readonly rows: (contract: ContractId, service: ServiceId) => readonly UnitPeriod[]
  readonly rowsOf: (line: LineId) => readonly UnitPeriod[]
  readonly unitsByPeriod: (
    contract: ContractId,
    service: ServiceId,
  ) => Readonly<Record<string, number>>
  /** Changes a line; gives the PSA's text when it refuses, and then nothing is changed. */
  readonly change: (change: LineChange) => string | null
  readonly post: (through: Day) => void
}

/** An empty book; see `changeRows` for what a change does. */
export function createUnitBook(given: Partial<UnitBookRules>): UnitBook {
  const rules: UnitBookRules = { insideRows: 'TOTAL', postedPeriod: 'SKIP', ...given }
  const contracts = new Map<ContractId, Contract>()
  const lines: ContractService[] = []
  const rowsOf = new Map<LineId, readonly UnitPeriod[]>()
  let lineNumber = 0

  const findLine = (contract: ContractId, service: ServiceId): ContractService | undefined =>
    lines.find((line) => line.contract === contract && line.service === service)
  const findRows = (contract: ContractId, service: ServiceId): readonly UnitPeriod[] => {
    const line = findLine(contract, service)
    return line === undefined ? [] : (rowsOf.get(line.id) ?? [])
  }
  const makeLine = (line: Omit<ContractService, 'id'>): ContractService => {
    lineNumber += 1
    return { ...line, id: `line-${lineNumber}` as LineId }
  }

  return {
    addContract: (contract) => contracts.set(contract.id, contract),
    addLine: (line) => {
      const made = makeLine(line)
      lines.push(made)
      return made.id
    },
    contracts: () => [...contracts.values()],
    lines: () => lines,
    rows: findRows,
    rowsOf: (line) => rowsOf.get(line) ?? [],
    unitsByPeriod: (contract, service) => {
      const calendar = toCalendar(contracts.get(contract))
      const whole = findRows(contract, service).filter((row) => isWhole(calendar, row))
      return Object.fromEntries(whole.map((row) => [row.startDay, row.units]))
    },
    change: ({ contract, service, line: id, day, units, price }) => {
      const known =
        id === null ? findLine(contract, service) : lines.find((candidate) => candidate.id === id)
      if (id !== null && known === undefined) return 'contractServiceID does not exist'
      const line = known ?? makeLine({ contract, service, unitPrice: price?.amount ?? null })
      const calendar = toCalendar(contracts.get(line.contract))
      const change = { line: line.id, calendar, day, units, price }
      const changed = changeRows(rowsOf.get(line.id) ?? [], change, rules)
      if (typeof changed === 'string') return changed
      if (known === undefined) lines.push(line)
      rowsOf.set(line.id, changed)
      return null
    },
    post: (through) => {
      for (const [line, rows] of rowsOf) {
        rowsOf.set(
          line,
          rows.map((row) => (isDue(row, through) ? { ...row, postedDay: through } : row)),
        )
      }
    },
  }
}

function isDue(row: UnitPeriod, through: Day): boolean {
  return row.postedDay === null && row.startDay <= through
}

function toCalendar(contract: Contract | undefined): BillingCalendar {
  const periodMonths = contract?.periodMonths ?? null
  invariant(contract !== undefined && periodMonths !== null, 'no such contract')
  return { startDay: contract.startDay, endDay: contract.endDay, periodMonths }
}
