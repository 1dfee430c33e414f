import type { Day, UsageReading } from '@trueup/core'
import type { Notes } from './notes.ts'
import { createNotes } from './notes.ts'
import type { LicenceReportProblem, Row } from './problem.ts'
import { problemOf, showCell } from './problem.ts'
import { parseQuantity } from './table/cells.ts'
import type { RowContext } from './table/licence-row.ts'
import { readLicenceRow } from './table/licence-row.ts'
import { isTotal } from './table/vocabulary.ts'
import { createReportTally } from './tally-report.ts'

/** What the rows were. A quantity over the limit in most rows means that two columns were taken for each other. */
export interface RowCounts {
  readonly read: number
  readonly counted: number
  readonly wrong: number
  readonly overLimit: number
}

/** Takes in the rows below the header, one after the other. */
export interface RowIntake {
  readonly notes: Notes
  take(row: Row): void
  /** After the last row. */
  finish(): {
    readonly reading: UsageReading
    /** The day that the rows name; `null` when they name none. */
    readonly rowsDay: Day | null
    readonly rows: RowCounts
    /** The last row is a line of totals. */
    readonly hasTotals: boolean
  }
}

/** Nothing taken in yet. */
export function createIntake(context: RowContext): RowIntake {
  const notes = createNotes()
  const tally = createReportTally()
  const days = new Set<Day>()
  const rows = { read: 0, counted: 0, wrong: 0, overLimit: 0 }
  let total: Row | null = null

  function take(row: Row): void {
    if (isBlank(row)) return
    // A line of totals is the last one; before others it is a row of a company without an application.
    if (total !== null) takeLicence(total)
    total = isTotalRow(row, context) ? row : null
    if (total === null) takeLicence(row)
  }

  function takeLicence(row: Row): void {
    rows.read += 1
    const result = readLicenceRow(row, context)
    if ('problems' in result) {
      reject(result.company, result.problems)
      return
    }
    const { licence } = result
    const problems = tally.add(licence, row)
    if (problems.length > 0) reject(licence.company, problems)
    if (licence.reportDay !== null) days.add(licence.reportDay)
    if (licence.counts) rows.counted += 1
    if (licence.isOverLimit) rows.overLimit += 1
  }

  function reject(company: string | null, problems: readonly LicenceReportProblem[]): void {
    rows.wrong += 1
    for (const problem of problems) notes.add(problem)
    // Whose row it is cannot be known, so any company could be missing one.
    if (company === null) notes.spoilFile()
    else tally.spoil(company)
  }

  function finish(): ReturnType<RowIntake['finish']> {
    const expected = total === null || rows.wrong > 0 ? tally.sum : sumOf(total, context)
    if (expected !== tally.sum) {
      const value = `${expected} / ${tally.sum}`
      notes.spoilFile(problemOf('REPORT_TOTAL_DIFFERS', { row: total?.number ?? null, value }))
    }
    if (rows.read === 0) notes.spoilFile(problemOf('REPORT_EMPTY'))
    if (days.size > 1) {
      const value = [...days].toSorted().join(', ')
      notes.spoilFile(problemOf('REPORT_DAYS_DIFFER', { value }))
    }
    return {
      reading: tally.reading(),
      rowsDay: [...days][0] ?? null,
      rows,
      hasTotals: total !== null,
    }
  }

  return { notes, take, finish }
}

/** The control total of a report that has one. */
function sumOf({ cells }: Row, { places, profile }: RowContext): number {
  return places.quantities.reduce((sum, { index }) => {
    const parsed = parseQuantity(cells[index] ?? '', profile.decimalMark)
    return sum + ('value' in parsed ? parsed.value : 0)
  }, 0)
}

function isTotalRow({ cells }: Row, { places }: RowContext): boolean {
  const application = showCell(cells[places.application]).trim()
  return isTotal(showCell(cells[places.company])) && application === ''
}

function isBlank({ cells }: Row): boolean {
  return cells.every((cell) => showCell(cell).trim() === '')
}
