import type { Row } from '../problem.ts'
import { UnreadableReport } from '../problem.ts'
import type { CountedBytes } from './bytes.ts'
import { peek } from './bytes.ts'
import type { Separator } from './csv.ts'
import { namedSeparator, readCsvRows, readFirstCsvRows, SEPARATORS } from './csv.ts'
import type { LegacyEncoding, TextEncoding } from './text.ts'
import { decodeText } from './text.ts'
import { countSheets, readXlsxRows } from './xlsx.ts'

/** A file as rows, whatever its form. */
export interface ReportTable {
  readonly format: 'CSV' | 'XLSX'
  /** Above and around the header, at most 30 rows. */
  readonly head: readonly Row[]
  /** All rows from the first. */
  readonly rows: AsyncGenerator<Row>
  readonly separator: Separator | null
  /** Known once the rows were read. */
  encoding(): TextEncoding | null
  /** Known once the rows were read: text that stops in the middle of a line. A workbook cannot be cut unnoticed. */
  isOpenEnded(): boolean
}

/** The header stands in one of these rows. */
const HEAD_ROWS = 30
const HEAD_CHARACTERS = 64 * 1024
const ZIP = 'PK\u0003\u0004'
/** The container of Excel 97 files, and of workbooks that ask for a password. */
const OLD_EXCEL = '\u00D0\u00CF\u0011\u00E0'

/** How the rows of a text file are found. */
export interface TableOptions {
  readonly maxBytes: number
  readonly legacyEncoding: LegacyEncoding
  /** How well first rows look under a separator; the best one is taken, and 0 is no table. */
  readonly rateHead: (head: readonly Row[]) => number
}

/** Opens a file. Throws {@link UnreadableReport} when it is neither CSV nor XLSX. */
export async function openTable(
  counted: CountedBytes,
  options: TableOptions,
): Promise<ReportTable> {
  const { first, all } = await peek(counted.bytes, (seen) => sizeOf(seen) >= 4)
  const mark = Buffer.concat(first).subarray(0, 4).toString('latin1')
  if (mark === '') throw new UnreadableReport('REPORT_EMPTY')
  if (mark === OLD_EXCEL) throw new UnreadableReport('REPORT_FORMAT_UNKNOWN', { value: 'XLS' })
  return mark === ZIP ? await openXlsx(all, options) : await openCsv(all, options)
}

async function openXlsx(
  bytes: AsyncGenerator<Buffer>,
  options: TableOptions,
): Promise<ReportTable> {
  // The directory of an archive stands at its end: nothing can be read of it before all of it is there.
  const parts: Buffer[] = []
  for await (const part of bytes) parts.push(part)
  const file = Buffer.concat(parts)
  const { first, all } = await peek(readXlsxRows(file, 0), (seen) => seen.length >= HEAD_ROWS)

  async function* rows(): AsyncGenerator<Row> {
    yield* all
    await refuseSecondTable(file, first, options)
  }

  return {
    format: 'XLSX',
    head: first,
    rows: rows(),
    separator: null,
    encoding: () => null,
    isOpenEnded: () => false,
  }
}

/** A second sheet under the same titles holds companies that would be missing from the first. */
async function refuseSecondTable(
  file: Buffer,
  head: readonly Row[],
  { rateHead }: TableOptions,
): Promise<void> {
  const rating = rateHead(head)
  const count = countSheets(file)
  for (let sheet = 1; sheet < count && rating > 0; sheet += 1) {
    const { first, all } = await peek(readXlsxRows(file, sheet), (seen) => seen.length >= HEAD_ROWS)
    await all.return(undefined)
    if (rateHead(first) >= rating)
      throw new UnreadableReport('REPORT_SHEETS_SEVERAL', { value: `${sheet + 1}` })
  }
}

async function openCsv(bytes: AsyncGenerator<Buffer>, options: TableOptions): Promise<ReportTable> {
  const decoded = decodeText(bytes, options.legacyEncoding)
  const { first, all } = await peek(decoded.text, (seen) => sizeOf(seen) >= HEAD_CHARACTERS)
  const text = first.join('')
  if (text.includes('\0')) throw new UnreadableReport('REPORT_FORMAT_UNKNOWN')
  const { separator, head } = chooseSeparator(text, options)
  const ending = watchEnding(all)
  const rows = readCsvRows(ending.text, separator)
  return {
    format: 'CSV',
    head,
    rows,
    separator,
    encoding: () => decoded.encoding(),
    isOpenEnded: () => ending.isOpen(),
  }
}

/** Lets text pass and remembers its last character. */
function watchEnding(source: AsyncGenerator<string>): {
  readonly text: AsyncGenerator<string>
  isOpen(): boolean
} {
  let last = ''

  async function* pass(): AsyncGenerator<string> {
    for await (const part of source) {
      last = part.at(-1) ?? last
      yield part
    }
  }

  return { text: pass(), isOpen: () => last !== '\n' && last !== '\r' }
}

function chooseSeparator(
  text: string,
  { rateHead }: TableOptions,
): { separator: Separator; head: readonly Row[] } {
  const named = namedSeparator(text)
  const candidates = (named === null ? SEPARATORS : [named]).map((separator) => {
    const head = readFirstCsvRows(text, {
      separator,
      rows: HEAD_ROWS,
      isCut: text.length >= HEAD_CHARACTERS,
    })
    return { separator, head, rating: rateHead(head), width: widest(head) }
  })
  // Some separator splits any text; only quotes that do not match leave nothing.
  if (candidates.every(({ head }) => head.length === 0))
    throw new UnreadableReport('REPORT_DAMAGED')
  const [best] = candidates.toSorted(
    (one, other) => other.rating - one.rating || other.width - one.width,
  )
  return best ?? { separator: ',', head: [] }
}

function widest(rows: readonly Row[]): number {
  return rows.reduce((most, row) => Math.max(most, row.cells.length), 0)
}

function sizeOf(parts: readonly { readonly length: number }[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}
