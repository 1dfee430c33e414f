import type { Day, UsageReading } from '@trueup/core'
import type { ReportBytes } from './file/bytes.ts'
import { countBytes } from './file/bytes.ts'
import type { ReportTable } from './file/table.ts'
import { openTable } from './file/table.ts'
import type { TextEncoding } from './file/text.ts'
import type { LicenceReportProblem } from './problem.ts'
import { problemOf, showCell, UnreadableReport } from './problem.ts'
import type { LicenceReportProfile } from './profile.ts'
import type { RowCounts } from './row-intake.ts'
import { createIntake } from './row-intake.ts'
import { parseDayCell } from './table/cells.ts'
import type { ColumnPlaces } from './table/header.ts'
import { findAbove, findHeader, rateHead } from './table/header.ts'

/** How a report is taken in. */
export interface ReadReportOptions {
  /** The day the file was received on, in the integration's time zone: its day where it names none. */
  readonly receivedDay: Day
  /**
   * Takes the companies whose rows are all right and leaves the others without a reading. Rows of no readable
   * company, and faults of the file as a whole, are never accepted.
   */
  readonly acceptPartial?: boolean
  readonly maxBytes?: number
}

/** What became of a file. */
export interface LicenceReport {
  /** Companies as workspaces with what they use; `null` when the file is not accepted. */
  readonly reading: UsageReading | null
  /** What is wrong, in the order of the file; at most a thousand of `problemCount`. */
  readonly problems: readonly LicenceReportProblem[]
  readonly problemCount: number
  /** The same for the same bytes, so that a file taken in twice is known. `null` when it was not read to its end. */
  readonly contentSha256: string | null
  /** The day it is of: its own, else the day it was received on. */
  readonly reportDay: Day
  /** Whether it names its day itself. */
  readonly namesDay: boolean
  readonly rows: RowCounts
  /**
   * The file may have been longer: its last line has no end, and no line of totals vouches for the rows. Some programs
   * write files so; a file that was cut between two rows looks the same.
   */
  readonly mayBeCut: boolean
  /** Not accepted as it is, but `acceptPartial` would take the companies whose rows are all right. */
  readonly canAcceptPartial: boolean
  readonly format: 'CSV' | 'XLSX' | null
  readonly encoding: TextEncoding | null
}

const MAX_BYTES = 256 * 1024 * 1024
/** What a spreadsheet can hold. */
const MAX_ROWS = 1_048_576

/**
 * Reads a licence report (CSV or XLSX) row by row. Nothing is accepted when any row is wrong, unless
 * `acceptPartial` says so. Throws only what the stream itself throws; everything wrong with the file is a problem.
 */
export async function readLicenceReport(
  stream: ReportBytes,
  profile: LicenceReportProfile,
  options: ReadReportOptions,
): Promise<LicenceReport> {
  const maxBytes = options.maxBytes ?? MAX_BYTES
  const counted = countBytes(stream, maxBytes)
  try {
    const table = await openTable(counted, {
      maxBytes,
      legacyEncoding: profile.legacyEncoding,
      rateHead: (head) => rateHead(head, profile),
    })
    const found = findHeader(table.head, profile)
    if ('problems' in found) {
      await table.rows.return(undefined)
      return refused(found.problems, options, table)
    }
    const report = await readRows(table, { ...options, profile, places: found.places })
    return { ...report, contentSha256: counted.sha256() }
  } catch (error) {
    if (!(error instanceof UnreadableReport)) throw error
    return refused([error.problem], options, null)
  }
}

interface RowsOptions extends ReadReportOptions {
  readonly profile: LicenceReportProfile
  readonly places: ColumnPlaces
}

async function readRows(
  table: ReportTable,
  options: RowsOptions,
): Promise<Omit<LicenceReport, 'contentSha256'>> {
  const { places, profile, receivedDay, acceptPartial = false } = options
  const day = readDay(table, options)
  const reportDay = ('day' in day ? day.day : null) ?? receivedDay
  const intake = createIntake({ places, profile, reportDay, isPadded: table.format === 'CSV' })
  if ('problem' in day) intake.notes.spoilFile(day.problem)
  for await (const row of table.rows) {
    if (row.number > MAX_ROWS) throw new UnreadableReport('REPORT_TOO_LARGE', { row: row.number })
    if (row.number > places.row) intake.take(row)
  }
  const { reading, rowsDay, rows, hasTotals } = intake.finish()
  const { problems, problemCount, isFileSpoilt } = intake.notes
  const isAccepted = problemCount === 0 || (acceptPartial && !isFileSpoilt)
  return {
    reading: isAccepted ? reading : null,
    problems,
    problemCount,
    reportDay: rowsDay ?? reportDay,
    namesDay: rowsDay !== null || ('day' in day && day.day !== null),
    rows,
    mayBeCut: table.isOpenEnded() && !hasTotals,
    canAcceptPartial: !isAccepted && !isFileSpoilt,
    format: table.format,
    encoding: table.encoding(),
  }
}

/** The day above the header, where the profile's title for it stands there; else `null`. */
function readDay(
  { head }: ReportTable,
  { places, profile }: RowsOptions,
): { readonly day: Day | null } | { readonly problem: LicenceReportProblem } {
  const title = places.reportDay === null ? profile.reportDay : null
  const cell = title === null ? undefined : findAbove(head, places.row, title)
  if (cell === undefined) return { day: null }
  const parsed = parseDayCell(cell, profile.dayOrder)
  if ('value' in parsed) return { day: parsed.value }
  return { problem: problemOf(parsed.code, { column: title, value: showCell(cell) }) }
}

function refused(
  problems: readonly LicenceReportProblem[],
  { receivedDay }: ReadReportOptions,
  table: ReportTable | null,
): LicenceReport {
  return {
    reading: null,
    problems,
    problemCount: problems.length,
    contentSha256: null,
    reportDay: receivedDay,
    namesDay: false,
    rows: { read: 0, counted: 0, wrong: 0, overLimit: 0 },
    mayBeCut: false,
    canAcceptPartial: false,
    format: table?.format ?? null,
    encoding: table?.encoding() ?? null,
  }
}
