import type { Day, UsageUnit } from '@trueup/core'
import type { Cell, LicenceReportProblem, LicenceReportProblemCode, Row } from '../problem.ts'
import { problemOf, showCell } from '../problem.ts'
import type { LicenceReportProfile } from '../profile.ts'
import type { Parsed } from './cells.ts'
import { parseDayCell, parseQuantity } from './cells.ts'
import { cleanName, fold } from './fold.ts'
import type { ColumnPlaces } from './header.ts'
import { isUnlimited, meaningOfStatus, meaningOfType, unitOfWord } from './vocabulary.ts'

/** One licence of one company, as its row says. */
export interface LicenceRow {
  readonly company: string
  readonly application: string
  readonly quantity: number
  /** `null` for a quantity of 0 whose unit no column says. */
  readonly unit: UsageUnit | null
  /** Running, and of a kind that counts. */
  readonly counts: boolean
  readonly isOverLimit: boolean
  readonly licenceId: string | null
  readonly reportDay: Day | null
}

/** A row, or what is wrong with it and the company it is about, where that can be read. */
export type RowReading =
  | { readonly licence: LicenceRow }
  | { readonly company: string | null; readonly problems: readonly LicenceReportProblem[] }

/** What reading a row needs to know. */
export interface RowContext {
  readonly places: ColumnPlaces
  readonly profile: LicenceReportProfile
  /** The day the report is of, where its rows do not say. */
  readonly reportDay: Day
  /** Every row is written as wide as the header; a shorter one was cut. So it is in CSV, not in XLSX. */
  readonly isPadded: boolean
}

/** Reads a row completely: every wrong cell is found, not only the first. */
export function readLicenceRow(row: Row, context: RowContext): RowReading {
  const { places, profile } = context
  const cells = createCells(row, places)
  const company = cells.text(places.company)
  const application = cells.text(places.application)
  const { quantity, unit } = readQuantity(cells, application, context)
  const limit = readLimit(cells, context)
  const reportDay = cells.optional(places.reportDay, (cell) => parseDayCell(cell, profile.dayOrder))
  const expiry = cells.optional(places.expiry, (cell) => parseExpiry(cell, profile))
  const status = cells.optional(places.status, (cell) =>
    toMeaning(cell, profile.statusWords, meaningOfStatus),
  )
  const type = cells.optional(places.type, (cell) =>
    toMeaning(cell, profile.typeWords, meaningOfType),
  )
  cells.requireWidth(places.width, context.isPadded)
  if (cells.problems.length > 0) return { company: company || null, problems: cells.problems }
  const hasEnded = typeof expiry === 'string' && expiry < (reportDay ?? context.reportDay)
  return {
    licence: {
      company,
      application,
      quantity,
      unit,
      counts: type !== 'NEVER_COUNTED' && status !== 'NOT_RUNNING' && !hasEnded,
      isOverLimit: limit !== null && quantity > limit,
      licenceId: cells.optional(places.licenceId, (cell) => ({ value: showCell(cell).trim() })),
      reportDay,
    },
  }
}

/** The cells of one row; what is wrong with them gathers. */
interface RowCells {
  readonly problems: LicenceReportProblem[]
  /** A name that has to be there; empty after it was found missing. */
  text(index: number): string
  /** `null` for a cell that is empty, wrong, or in no column. */
  optional<T>(index: number | null, parse: (cell: Cell) => Parsed<T>): T | null
  isEmpty(index: number): boolean
  report(code: LicenceReportProblemCode, index: number): void
  requireWidth(width: number, isPadded: boolean): void
}

function createCells({ number, cells }: Row, { titles }: ColumnPlaces): RowCells {
  const problems: LicenceReportProblem[] = []
  const shown = (index: number): string => showCell(cells[index]).trim()
  const report = (code: LicenceReportProblemCode, index: number): void => {
    const column = titles[index] ?? null
    problems.push(problemOf(code, { row: number, column, value: shown(index) }))
  }
  return {
    problems,
    report,
    isEmpty: (index) => shown(index) === '',
    text: (index) => {
      const name = cleanName(shown(index))
      if (name === '') report('REPORT_CELL_EMPTY', index)
      return name
    },
    optional: (index, parse) => {
      if (index === null || shown(index) === '') return null
      const parsed = parse(cells[index] ?? '')
      if ('value' in parsed) return parsed.value
      report(parsed.code, index)
      return null
    },
    requireWidth: (width, isPadded) => {
      if (isPadded && cells.length < width) report('REPORT_ROW_TOO_SHORT', cells.length - 1)
      const index = cells.findIndex((cell, place) => place >= width && showCell(cell).trim() !== '')
      if (index >= 0) report('REPORT_ROW_TOO_LONG', index)
    },
  }
}

/** A row fills one of the columns of quantities; a quantity in two of them has two units. */
function readQuantity(
  cells: RowCells,
  application: string,
  { places, profile }: RowContext,
): { readonly quantity: number; readonly unit: UsageUnit | null } {
  const filled = places.quantities.filter(({ index }) => !cells.isEmpty(index))
  const [first] = places.quantities
  if (filled.length === 0 && first !== undefined) cells.report('REPORT_CELL_EMPTY', first.index)
  const read = filled.map(({ index, unit }) => ({
    index,
    unit,
    quantity: cells.optional(index, (cell) => parseQuantity(cell, profile.decimalMark)) ?? 0,
  }))
  const used = read.filter(({ quantity }) => quantity > 0)
  const [only, second] = used
  if (second !== undefined) cells.report('REPORT_UNIT_DIFFERS', second.index)
  const word = cells.optional(places.unit, (cell) => toMeaning(cell, profile.unitWords, unitOfWord))
  const chosen = only ?? (read.length === 1 ? read[0] : undefined)
  const isOpen = chosen === undefined
  const unit = chosen?.unit ?? word ?? (isOpen ? null : unitOf(application, profile))
  return { quantity: only?.quantity ?? 0, unit }
}

/** Microsoft 365 applications count protected mailboxes (product.md, rule 2). */
function unitOf(application: string, { defaultUnit }: LicenceReportProfile): UsageUnit {
  return /\b(?:microsoft|office)\s*365\b/i.test(application) ? 'MAILBOX' : defaultUnit
}

function readLimit(cells: RowCells, { places, profile }: RowContext): number | null {
  return cells.optional<number | null>(places.limit, (cell) =>
    typeof cell === 'string' && isUnlimited(cell)
      ? { value: null }
      : parseQuantity(cell, profile.decimalMark),
  )
}

function parseExpiry(cell: Cell, profile: LicenceReportProfile): Parsed<Day | null> {
  if (typeof cell === 'string' && isUnlimited(cell)) return { value: null }
  return parseDayCell(cell, profile.dayOrder)
}

function toMeaning<T>(
  cell: Cell,
  own: Readonly<Record<string, T>>,
  known: (word: string) => T | null,
): Parsed<T> {
  const word = fold(showCell(cell))
  const mine = Object.entries(own).find(([key]) => fold(key) === word)?.[1]
  const value = mine ?? known(word)
  return value === null ? { code: 'REPORT_WORD_UNKNOWN' } : { value }
}
