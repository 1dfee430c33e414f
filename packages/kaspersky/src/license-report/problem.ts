import type { Day } from '@trueup/core'

/** What can be wrong with a licence report; each has a heading in docs/errors.md. */
export type LicenceReportProblemCode =
  | 'REPORT_EMPTY'
  | 'REPORT_FORMAT_UNKNOWN'
  | 'REPORT_TOO_LARGE'
  | 'REPORT_DAMAGED'
  | 'REPORT_ENCODING_BROKEN'
  | 'REPORT_SHEETS_SEVERAL'
  | 'REPORT_COLUMN_MISSING'
  | 'REPORT_COLUMN_TWICE'
  | 'REPORT_TOTAL_DIFFERS'
  | 'REPORT_DAYS_DIFFER'
  | 'REPORT_CELL_EMPTY'
  | 'REPORT_NUMBER_UNREADABLE'
  | 'REPORT_NUMBER_AMBIGUOUS'
  | 'REPORT_DAY_UNREADABLE'
  | 'REPORT_WORD_UNKNOWN'
  | 'REPORT_UNIT_DIFFERS'
  | 'REPORT_ROW_REPEATED'
  | 'REPORT_ROW_TOO_LONG'
  | 'REPORT_ROW_TOO_SHORT'

/** One thing that is wrong, and where a person finds it. */
export interface LicenceReportProblem {
  readonly code: LicenceReportProblemCode
  /** Counted from 1 as a spreadsheet does; `null` for the file as a whole. */
  readonly row: number | null
  /** The column's title; `null` for the row or the file as a whole. */
  readonly column: string | null
  /** What stands there, shortened. */
  readonly value: string | null
}

/** A cell: text, a number, or a day where the file says that it is one. Empty cells are empty texts. */
export type Cell = string | number | { readonly day: Day }

/** A line of the file with its number. */
export interface Row {
  readonly number: number
  readonly cells: readonly Cell[]
}

/** Ends the reading of a file that cannot be read on, also when its stream throws it; becomes a problem of the file as a whole. */
export class UnreadableReport extends Error {
  override readonly name = 'UnreadableReport'
  readonly problem: LicenceReportProblem

  constructor(code: LicenceReportProblemCode, details: Partial<LicenceReportProblem> = {}) {
    super(code)
    this.problem = problemOf(code, details)
  }
}

const LONGEST_VALUE = 200

/** A problem; what is not said concerns the file as a whole. */
export function problemOf(
  code: LicenceReportProblemCode,
  { row = null, column = null, value = null }: Partial<LicenceReportProblem> = {},
): LicenceReportProblem {
  return { code, row, column, value: value === null ? null : value.slice(0, LONGEST_VALUE) }
}

/** What a person sees in a cell. */
export function showCell(cell: Cell | undefined): string {
  if (typeof cell === 'object') return cell.day
  return String(cell ?? '')
}
