import { addDays, type Day } from '../calendar.ts'
import type { AutotaskState, Book, ContractRow, LineRow, UnitRow } from './autotask-state.ts'
import { addLine } from './adjust.ts'
import { periodsOf, type Period } from './periods.ts'
import { Refusal } from './refusal.ts'
import { newRow, POSTED_PERIOD_TEXT, priceRows, ratesOf, unitsOn, withoutId } from './units.ts'

/**
 * Moves a contract's end. Later: periods appear with the last units. Earlier: periods after it vanish and the last one is
 * cut; refused when that would touch a posted row.
 */
export function moveEnd(state: AutotaskState, contract: ContractRow, endDate: Day): void {
  if (endDate < contract.startDate) {
    throw new Refusal('The Contract endDate must be on or after its startDate.')
  }
  const books = [state.services, state.bundles]
  const rows = books.flatMap((book) => book.units.by('contractID', contract.id))
  if (rows.some((row) => row.approveAndPostDate !== null && row.endDate > endDate)) {
    throw new Refusal(POSTED_PERIOD_TEXT)
  }
  const before = contract.endDate
  contract.endDate = endDate
  for (const book of books) {
    for (const line of book.lines.by('contractID', contract.id)) {
      if (endDate < before) cutRows(book, line, contract)
      else extendRows(book, line, { contract, before })
    }
  }
}

/**
 * Renews a contract as the screen does: a new contract with new line ids begins on the day after the old one's end, or on
 * the given day, and carries the units over; the old one ends the day before and becomes inactive.
 */
export function renew(
  state: AutotaskState,
  old: ContractRow,
  given: { startDate?: Day | undefined; endDate: Day; at: string },
): ContractRow {
  if (state.contracts.all().some((contract) => contract.renewedContractID === old.id)) {
    throw new Refusal('The Contract has already been renewed.')
  }
  const startDate = given.startDate ?? addDays(old.endDate, 1)
  const carried = [state.services, state.bundles].flatMap((book) =>
    book.lines
      .by('contractID', old.id)
      .map((line) => ({ book, line, units: unitsOn(book, line, addDays(startDate, -1)) })),
  )
  if (startDate <= old.endDate) moveEnd(state, old, addDays(startDate, -1))
  old.status = 0
  const { id: oldID, ...values } = old
  const renewal = state.contracts.add({
    ...values,
    status: 1,
    startDate,
    endDate: given.endDate,
    renewedContractID: oldID,
    lastModifiedDateTime: given.at,
  })
  for (const { book, line, units } of carried) {
    const copy = addLine(book, { contractID: renewal.id, itemID: line.itemID })
    Object.assign(copy, { unitPrice: line.unitPrice, adjustedPrice: line.adjustedPrice })
    fillRows(book, copy, { contract: renewal, periods: periodsOf(renewal), units })
  }
  return renewal
}

/** Writes one row for each of the periods. */
export function fillRows(
  book: Book,
  line: LineRow,
  given: { contract: ContractRow; periods: readonly Period[]; units: number },
): void {
  const rates = ratesOf(book, given.contract, { line, unitPrice: null, unitCost: null })
  for (const period of given.periods) {
    const row = newRow(book, line, {
      periodStart: period.start,
      startDate: period.start,
      endDate: period.end,
      kind: 'period',
      delta: given.units,
      adjustmentID: null,
      ...rates,
    })
    priceRows([row], period)
    book.units.add(withoutId(row))
  }
}

function cutRows(book: Book, line: LineRow, contract: ContractRow): void {
  for (const row of book.units.by('lineID', line.id).slice()) {
    if (row.startDate > contract.endDate) book.units.remove(row.id)
    else if (row.endDate > contract.endDate) row.endDate = contract.endDate
  }
  reprice(book, line, periodsOf(contract).at(-1))
}

function extendRows(
  book: Book,
  line: LineRow,
  given: { contract: ContractRow; before: Day },
): void {
  const { contract, before } = given
  if (book.units.by('lineID', line.id).length === 0) return
  const units = unitsOn(book, line, before)
  const periods = periodsOf(contract)
  const last = periods.findLast((period) => period.start <= before)
  if (last && last.end > before) stretchRows(book, line, { contract, period: last, before })
  const later = periods.filter((period) => period.start > before)
  fillRows(book, line, { contract, periods: later, units })
}

/** The period that the old end had cut: its rows grow; after a posted one, a row for the remaining days is added. */
function stretchRows(
  book: Book,
  line: LineRow,
  given: { contract: ContractRow; period: Period; before: Day },
): void {
  const { contract, period, before } = given
  const rows = book.units.by('lineID', line.id).filter((row) => row.endDate === before)
  if (rows.some((row) => row.approveAndPostDate !== null)) {
    const rates = ratesOf(book, contract, { line, unitPrice: null, unitCost: null })
    const rest = newRow(book, line, {
      periodStart: period.start,
      startDate: addDays(before, 1),
      endDate: period.end,
      kind: 'period',
      delta: 0,
      adjustmentID: null,
      ...rates,
    })
    book.units.add(withoutId(rest))
  } else for (const row of rows) row.endDate = period.end
  reprice(book, line, period)
}

function reprice(book: Book, line: LineRow, period: Period | undefined): void {
  if (!period) return
  const isOfPeriod = (row: UnitRow) => row.periodStart === period.start
  priceRows(book.units.by('lineID', line.id).filter(isOfPeriod), period)
}
