import { invariant } from '../invariant.ts'
import type { Contract, ContractService, Service, UnitPeriod } from '../ledger.ts'
import type { ApplyOutcome, ContractLedger } from '../ports.ts'
import { VendorError } from '../ports.ts'
import { findUnitPrice } from '../planning/price.ts'
import type { Day } from '../values/day.ts'
import type { ContractId, LineId, ServiceId } from '../values/ids.ts'
import { showPromised } from './shown-rows.ts'
import type { LineChange, UnitBook } from './unit-book.ts'
import { createUnitBook } from './unit-book.ts'
import type { UnitBookRules } from './unit-rows.ts'

/**
 * What goes wrong with one call. `LOSE_ANSWER`: applied, and the answer never comes. `LOSE_POST`: neither applied nor
 * answered. `LATE`: not answered, and applied only when `applyLate` is called, as a PSA that goes on working does. `REFUSE`: the PSA says no. `NOT_SENT`: the call fails before anything left. `FAIL`: a reading fails.
 */
export type LedgerFault = 'LOSE_ANSWER' | 'LOSE_POST' | 'LATE' | 'REFUSE' | 'NOT_SENT' | 'FAIL'

/** A PSA in memory with Autotask's semantics in small, and with a person at its screen. */
export interface MemoryLedger extends ContractLedger {
  addContract(contract: Contract): void
  addService(service: Service): void
  /** Puts a line on a contract the way a person does, with these units from a day on; 0 makes a line without rows. */
  addLine(contract: ContractId, service: ServiceId, from: Day, units: number): LineId
  /** A person changes units on the screen. */
  edit(contract: ContractId, service: ServiceId, day: Day, change: number): void
  /** Approves and posts every period that starts on or before the day. */
  post(through: Day): void
  /** Units of each whole period, by its start; what an invoice run would bill. */
  unitsByPeriod(contract: ContractId, service: ServiceId): Readonly<Record<string, number>>
  rows(contract: ContractId, service: ServiceId): readonly UnitPeriod[]
  lines(): readonly ContractService[]
  /** Goes wrong with the next call of that kind, in the order given. */
  failNext(operation: 'post' | 'read', fault: LedgerFault): void
  /** Faults end here. */
  clearFaults(): void
  /** Applies every post that was to be applied late. */
  applyLate(): void
  /** Names of the port's calls since the start, in order. */
  calls(): readonly (keyof ContractLedger)[]
}

/** An empty PSA. See `UnitBookRules` for what Autotask leaves unknown. */
export function createMemoryLedger(rules: Partial<UnitBookRules> = {}): MemoryLedger {
  const book = createUnitBook(rules)
  const services = new Map<ServiceId, Service>()
  const faults = { post: [] as LedgerFault[], read: [] as LedgerFault[] }
  const calls: (keyof ContractLedger)[] = []
  const late: (() => string | null)[] = []

  function begin(operation: keyof ContractLedger): void {
    calls.push(operation)
    if (operation === 'applyAdjustment' || faults.read.shift() === undefined) return
    throw unreachable(operation)
  }

  function change(request: Omit<LineChange, 'price'>): string | null {
    const service = services.get(request.service)
    if (service === undefined) return 'Reference value on field: serviceID does not exist.'
    return book.change({ ...request, price: findUnitPrice(service, null) })
  }

  const port: ContractLedger = {
    ...readsOf(book, services, begin),
    applyAdjustment: async ({ contract, service, line, effectiveDay, unitChange }) => {
      begin('applyAdjustment')
      const request = { contract, service, line, day: effectiveDay, units: unitChange }
      const fault = faults.post.shift() ?? null
      if (fault === 'LATE') {
        late.push(() => change(request))
        return { kind: 'UNKNOWN', reason: 'ANSWER_LOST' }
      }
      return applyWithFault(() => change(request), fault)
    },
  }
  return {
    ...port,
    ...screenOf(book, services, change),
    failNext: (operation, fault) => faults[operation].push(fault),
    clearFaults: () => {
      faults.post.length = 0
      faults.read.length = 0
    },
    applyLate: () => {
      for (const apply of late.splice(0)) apply()
    },
    calls: () => calls,
  }
}

/** The reading half of the port. */
function readsOf(
  book: UnitBook,
  services: ReadonlyMap<ServiceId, Service>,
  begin: (operation: keyof ContractLedger) => void,
): Omit<ContractLedger, 'applyAdjustment'> {
  return {
    readDirectory: async () => {
      begin('readDirectory')
      const accounts = [...new Set(book.contracts().map(({ account }) => account))]
      return {
        accounts: accounts.map((id) => ({ id, name: id, isActive: true })),
        contracts: book.contracts(),
        services: [...services.values()],
      }
    },
    readLedger: async ({ contracts, fromDay }) => {
      begin('readLedger')
      const wanted = new Set(contracts)
      return {
        ...readLines(book, (line) => (wanted.has(line.contract) ? [fromDay] : [])),
        contracts: book.contracts().filter(({ id }) => wanted.has(id)),
        services: [...services.values()],
      }
    },
    readWritten: async ({ written, fromDay }) => {
      begin('readWritten')
      const wanted = new Map<string, Day[]>()
      for (const { contract, service, effectiveDay = fromDay } of written) {
        const days = wanted.get(`${contract}/${service}`) ?? []
        wanted.set(`${contract}/${service}`, [...days, effectiveDay])
      }
      return readLines(book, (line) => wanted.get(`${line.contract}/${line.service}`) ?? [])
    },
  }
}

type Screen = Omit<
  MemoryLedger,
  keyof ContractLedger | 'failNext' | 'clearFaults' | 'applyLate' | 'calls'
>

/** What a person does and sees. */
function screenOf(
  book: UnitBook,
  services: Map<ServiceId, Service>,
  change: (request: Omit<LineChange, 'price'>) => string | null,
): Screen {
  return {
    addContract: book.addContract,
    addService: (service) => services.set(service.id, service),
    addLine: (contract, service, day, units) => {
      const unitPrice = services.get(service)?.unitPrice ?? null
      const line = book.addLine({ contract, service, unitPrice })
      if (units !== 0) must(change({ contract, service, line, day, units }))
      return line
    },
    edit: (contract, service, day, units) =>
      must(change({ contract, service, line: null, day, units })),
    post: book.post,
    unitsByPeriod: book.unitsByPeriod,
    rows: book.rows,
    lines: book.lines,
  }
}

function applyWithFault(
  change: () => string | null,
  fault: Exclude<LedgerFault, 'LATE'> | null,
): ApplyOutcome {
  switch (fault) {
    case 'NOT_SENT':
    case 'FAIL':
      throw unreachable('applyAdjustment')
    case 'LOSE_POST':
      return { kind: 'UNKNOWN', reason: 'ANSWER_LOST' }
    case 'REFUSE':
      return { kind: 'REFUSED', reason: 'refused as asked' }
    case 'LOSE_ANSWER':
      change()
      return { kind: 'UNKNOWN', reason: 'ANSWER_LOST' }
    case null: {
      const refusal = change()
      return refusal === null ? { kind: 'ACCEPTED' } : { kind: 'REFUSED', reason: refusal }
    }
  }
}

/** The lines that are asked for from some days on, with the rows that have to be shown of them. */
function readLines(
  book: UnitBook,
  askedFrom: (line: ContractService) => readonly Day[],
): { lines: readonly ContractService[]; unitPeriods: readonly UnitPeriod[] } {
  const lines = book.lines().filter((line) => askedFrom(line).length > 0)
  const contracts = new Map(book.contracts().map((contract) => [contract.id, contract]))
  const unitPeriods = lines.flatMap((line) => {
    const contract = contracts.get(line.contract)
    if (contract === undefined) return []
    const rows = book.rowsOf(line.id)
    const shown = new Set(askedFrom(line).flatMap((day) => showPromised(rows, contract, day)))
    return rows.filter((row) => shown.has(row))
  })
  return { lines, unitPeriods }
}

function must(refusal: string | null): void {
  invariant(refusal === null, 'the person at the screen was refused', { refusal })
}

function unreachable(operation: string): VendorError {
  const message = 'the PSA cannot be reached'
  return new VendorError({
    vendor: 'memory',
    operation,
    code: 'UNREACHABLE',
    message,
    retryable: true,
  })
}
