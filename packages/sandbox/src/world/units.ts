import { addDays, daysBetween, type Day } from '../calendar.ts'
import type { AdjustmentSwitches } from '../switches.ts'
import type { AutotaskState, Book, ContractRow, LineRow, UnitRow } from './autotask-state.ts'
import { shareOf, toAmount4 } from './money.ts'
import { monthsOf, periodsOf, type Period } from './periods.ts'
import { Refusal } from './refusal.ts'

/** A change of a line's units from a day on. */
export interface UnitChange {
  line: LineRow
  day: Day
  /** Signed difference. */
  change: number
  unitPrice: number | null
  unitCost: number | null
  adjustmentID: number | null
}

/** The text for an adjustment or an end date that would touch a posted period. */
export const POSTED_PERIOD_TEXT =
  'Unable to make changes as it would result in the deletion/modification of an already approved and posted contract period'

/** The text for a second change of one line on one day. */
export const DUPLICATE_TEXT = 'Attempt to insert duplicate data into contract_service_period'

/**
 * Applies a change to the unit rows of a line: the period that holds the day, and all later ones. All or nothing:
 * a refusal leaves every row as it was.
 *
 * ```
 * periods   |--- k ---|-- k+1 --|-- k+2 --|
 * day = start of k:  row k, k+1, k+2 change
 * day inside k:         [new row]  k+1, k+2 change
 * ```
 */
export function changeUnits(
  state: AutotaskState,
  book: Book,
  given: UnitChange,
  switches: AdjustmentSwitches,
): void {
  const contract = contractOf(state, given.line)
  const touched = periodsOf(contract).filter((period) => period.end >= given.day)
  const rates = ratesOf(book, contract, given)
  const drafts = touched.map((period) => {
    const rows = rowsOfPeriod(book, given.line, period).map((row) => ({ ...row }))
    changePeriod({ book, period, rows, given, rates, switches })
    priceRows(rows, period)
    return rows
  })
  refuseImpossible(drafts.flat(), given, switches)
  for (const row of drafts.flat()) {
    const known = book.units.get(row.id)
    if (known) Object.assign(known, row)
    else book.units.add(withoutId(row))
  }
  if (switches.zeroUnits === 'deleteRows') {
    const written = touched.flatMap((period) => rowsOfPeriod(book, given.line, period))
    for (const row of written.filter(isEmptied)) book.units.remove(row.id)
  }
  if (given.unitPrice !== null) given.line.adjustedPrice = given.unitPrice
  if (given.unitCost !== null) given.line.unitCost = given.unitCost
}

/** Units in force on a day: those of the latest row that has begun. 0 without rows. */
export function unitsOn(book: Book, line: LineRow, day: Day): number {
  const begun = sorted(book.units.by('lineID', line.id).filter((row) => row.startDate <= day))
  return begun.at(-1)?.total ?? 0
}

/** The rows of a line in one period, in order of time. */
function rowsOfPeriod(book: Book, line: LineRow, period: Period): UnitRow[] {
  return sorted(book.units.by('lineID', line.id).filter((row) => row.periodStart === period.start))
}

/** Works out totals and extended prices of one period's rows; posted rows keep their price. */
export function priceRows(rows: readonly UnitRow[], period: Period): void {
  let total = 0
  let rate = 0
  let costRate = 0
  const ordered = sorted(rows)
  for (const [index, row] of ordered.entries()) {
    const next = ordered[index + 1]
    row.cutDate = next && next.startDate > row.startDate ? addDays(next.startDate, -1) : null
    // The change row bills the difference that it makes; the period's own row bills all its units.
    const before = row.kind === 'change' ? total : 0
    total += row.delta
    row.total = total
    if (row.approveAndPostDate === null) {
      const days = daysBetween(row.startDate, row.endDate) + 1
      row.price = shareOf(total * row.rate - before * rate, days, period.fullDays)
      row.cost = shareOf(total * row.costRate - before * costRate, days, period.fullDays)
    }
    rate = row.rate
    costRate = row.costRate
  }
}

/**
 * Price and cost of one unit for a whole period of the contract: a service with a shorter period than the contract's
 * is billed as often as it fits in.
 */
export function ratesOf(
  book: Book,
  contract: ContractRow,
  given: Pick<UnitChange, 'line' | 'unitPrice' | 'unitCost'>,
): { rate: number; costRate: number } {
  const item = book.items.get(given.line.itemID)
  const contractMonths = monthsOf(contract.contractPeriodType)
  const itemMonths = monthsOf(item?.periodType ?? null)
  const times = itemMonths < contractMonths ? contractMonths / itemMonths : 1
  return {
    rate: toAmount4(given.unitPrice ?? given.line.adjustedPrice) * times,
    costRate: toAmount4(given.unitCost ?? given.line.unitCost ?? 0) * times,
  }
}

/** A row of a line in a period, not yet priced and without an id. */
export function newRow(
  book: Book,
  line: LineRow,
  values: Pick<
    UnitRow,
    | 'periodStart'
    | 'startDate'
    | 'endDate'
    | 'kind'
    | 'delta'
    | 'rate'
    | 'costRate'
    | 'adjustmentID'
  >,
): UnitRow {
  const vendor = book.items.get(line.itemID)?.['vendorCompanyID']
  return {
    id: 0,
    contractID: line.contractID,
    lineID: line.id,
    itemID: line.itemID,
    ...values,
    cutDate: null,
    total: values.delta,
    price: 0,
    cost: 0,
    approveAndPostDate: null,
    vendorCompanyID: typeof vendor === 'number' ? vendor : null,
  }
}

/** A row as a table takes it. */
export function withoutId(row: UnitRow): Omit<UnitRow, 'id'> {
  const { id: _id, ...rest } = row
  return rest
}

interface PeriodChange {
  book: Book
  period: Period
  /** Drafts; new rows are appended. */
  rows: UnitRow[]
  given: UnitChange
  rates: { rate: number; costRate: number }
  switches: AdjustmentSwitches
}

function changePeriod(change: PeriodChange): void {
  const { period, rows, given, rates } = change
  const { postedPeriod } = change.switches
  const from = given.day > period.start ? given.day : period.start
  const posted = rows.some((row) => row.approveAndPostDate !== null)
  if (posted && postedPeriod === 'reject') throw new Refusal(POSTED_PERIOD_TEXT)
  if (posted && postedPeriod === 'skip') return
  if (given.unitPrice !== null || given.unitCost !== null) reprice(rows, from, rates)
  if (from === period.start && !posted) {
    const own = rows.find((row) => row.kind === 'period')
    if (own) own.delta += given.change
    else rows.push(rowFrom(change, from, 'period'))
    return
  }
  const sameDay = rows.find((row) => row.kind === 'change' && row.startDate === from)
  if (!sameDay) rows.push(rowFrom(change, from, 'change'))
  else if (from === given.day) throw new Refusal(DUPLICATE_TEXT)
  else if (sameDay.approveAndPostDate === null) sameDay.delta += given.change
}

function reprice(rows: readonly UnitRow[], from: Day, rates: PeriodChange['rates']): void {
  for (const row of rows) {
    if (row.startDate >= from && row.approveAndPostDate === null) Object.assign(row, rates)
  }
}

function rowFrom(change: PeriodChange, startDate: Day, kind: UnitRow['kind']): UnitRow {
  const { book, period, given, rates } = change
  const { adjustmentID } = given
  const delta = given.change
  return newRow(book, given.line, {
    periodStart: period.start,
    startDate,
    endDate: period.end,
    kind,
    delta,
    adjustmentID,
    ...rates,
  })
}

function refuseImpossible(
  drafts: readonly UnitRow[],
  given: UnitChange,
  switches: AdjustmentSwitches,
): void {
  // Both texts are invented; nobody has published what the real server says.
  if (drafts.some((row) => row.total < 0)) {
    throw new Refusal('The units of a contract service cannot be less than zero.')
  }
  const last = sorted(drafts).at(-1)
  if (switches.zeroUnits === 'refuse' && given.change < 0 && last?.total === 0) {
    throw new Refusal('The units of a contract service cannot be reduced to zero.')
  }
}

function isEmptied(row: UnitRow): boolean {
  return row.kind === 'period' && row.total === 0 && row.approveAndPostDate === null
}

function contractOf(state: AutotaskState, line: LineRow): ContractRow {
  const contract = state.contracts.get(line.contractID)
  if (!contract) throw new Error(`line ${line.id} has no contract`)
  return contract
}

/** By start; the period's own row before a change of the same day. */
function sorted(rows: readonly UnitRow[]): UnitRow[] {
  return rows.toSorted((one, other) => {
    if (one.startDate !== other.startDate) return one.startDate < other.startDate ? -1 : 1
    if (one.kind !== other.kind) return one.kind === 'period' ? -1 : 1
    return one.id - other.id
  })
}
