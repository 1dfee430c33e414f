import { Readable, pipeline } from 'node:stream'
import type { Options } from 'csv-parse'
import { CsvError, parse } from 'csv-parse'
import { parse as parseWhole } from 'csv-parse/sync'
import type { Row } from '../problem.ts'
import { UnreadableReport } from '../problem.ts'

/** What stands between cells. */
export type Separator = ',' | ';' | '\t'

/** In the order in which they are tried; a tab is in no title, a semicolon in few. */
export const SEPARATORS: readonly Separator[] = ['\t', ';', ',']

/** Excel's own hint in a first line of its own. */
const SEPARATOR_LINE = /^\uFEFF?"?sep=([;,\t])"?\r?\n/

const LONGEST_RECORD = 1_000_000

/** The separator that the file names itself, if it does. */
export function namedSeparator(head: string): Separator | null {
  return (SEPARATOR_LINE.exec(head)?.[1] as Separator | undefined) ?? null
}

/** The first rows of a file under the assumption of a separator; none when it cannot be read that way. */
export function readFirstCsvRows(head: string, request: HeadRequest): Row[] {
  // The last line of a head that goes on is cut.
  const whole = request.isCut ? head.slice(0, head.lastIndexOf('\n') + 1) : head
  try {
    return toRows(parseWhole(whole, { ...optionsFor(request.separator), to: request.rows }))
  } catch (error) {
    if (error instanceof CsvError) return []
    throw error
  }
}

/** How to read the head of a file. */
export interface HeadRequest {
  readonly separator: Separator
  readonly rows: number
  /** The file goes on where the head ends. */
  readonly isCut: boolean
}

/** All rows, as they come. Throws {@link UnreadableReport} when quotes do not match. */
export async function* readCsvRows(
  text: AsyncGenerator<string>,
  separator: Separator,
): AsyncGenerator<Row> {
  const parser = parse(optionsFor(separator))
  // Failures of the source arrive through the parser, which the pipeline destroys with them.
  pipeline(Readable.from(text, { objectMode: false }), parser, () => undefined)
  let number = 0
  try {
    for await (const record of parser) {
      number += 1
      yield toRow(record as string[], number)
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw new UnreadableReport('REPORT_DAMAGED', { row: number + 1, value: error.code })
  }
}

function optionsFor(separator: Separator): Options {
  return {
    delimiter: separator,
    bom: true,
    // Titles above the header are shorter than the rows; rows that are too long are told apart later.
    relax_column_count: true,
    // Empty lines count, as they do in a spreadsheet.
    skip_empty_lines: false,
    max_record_size: LONGEST_RECORD,
  }
}

function toRows(records: readonly string[][]): Row[] {
  return records.map((record, index) => toRow(record, index + 1))
}

function toRow(cells: readonly string[], number: number): Row {
  return { number, cells }
}
