import type { ReportBytes } from './file/bytes.ts'
import { countBytes } from './file/bytes.ts'
import type { Separator } from './file/csv.ts'
import type { ReportTable } from './file/table.ts'
import { openTable } from './file/table.ts'
import type { TextEncoding } from './file/text.ts'
import type { Cell, LicenceReportProblem, Row } from './problem.ts'
import { showCell, UnreadableReport } from './problem.ts'
import type { LicenceReportProfile, QuantityColumn } from './profile.ts'
import { PROFILE_DEFAULTS } from './profile.ts'
import type { ColumnRole } from './table/vocabulary.ts'
import { roleOfTitle, unitOfWord } from './table/vocabulary.ts'

/** What a person has to look at before a proposed profile is used: the file allows more than one answer. */
export type OpenChoice = 'DAY_ORDER' | 'DECIMAL_MARK' | 'LEGACY_ENCODING' | 'DEFAULT_UNIT'

/** A profile as far as a file's header and first rows tell, and those rows to look at. */
export interface ProfileProposal {
  /** `null` when a column that is needed was not recognised; then a person chooses from `header`. */
  readonly profile: LicenceReportProfile | null
  /** The columns recognised by their titles. */
  readonly columns: Partial<Record<Exclude<ColumnRole, 'quantity'>, string>> & {
    readonly quantities: readonly QuantityColumn[]
  }
  readonly open: readonly OpenChoice[]
  readonly header: readonly string[]
  /** The first rows below the header, as text. */
  readonly preview: readonly (readonly string[])[]
  readonly format: 'CSV' | 'XLSX' | null
  readonly separator: Separator | null
  readonly encoding: TextEncoding | null
  readonly problems: readonly LicenceReportProblem[]
}

const PREVIEW_ROWS = 10
/** Enough to tell most day orders apart: a day after the 12th is among them. */
const SAMPLE_ROWS = 2_000
const MAX_BYTES = 256 * 1024 * 1024

/**
 * Looks at the beginning of a licence report and proposes how to read it, by titles in a dozen languages. It reads no
 * further than it needs. Throws only what the stream itself throws.
 */
export async function proposeProfile(stream: ReportBytes): Promise<ProfileProposal> {
  try {
    const table = await openTable(countBytes(stream, MAX_BYTES), {
      maxBytes: MAX_BYTES,
      legacyEncoding: PROFILE_DEFAULTS.legacyEncoding,
      rateHead: (head) => rateRow(bestRow(head)),
    })
    const header = bestRow(table.head)
    const rows: Row[] = []
    for await (const row of table.rows) {
      if (row.number > (header?.number ?? 0)) rows.push(row)
      if (rows.length >= SAMPLE_ROWS) break
    }
    return propose(table, header, rows)
  } catch (error) {
    if (!(error instanceof UnreadableReport)) throw error
    return { ...NOTHING, problems: [error.problem] }
  }
}

const NOTHING: ProfileProposal = {
  profile: null,
  columns: { quantities: [] },
  open: [],
  header: [],
  preview: [],
  format: null,
  separator: null,
  encoding: null,
  problems: [],
}

function propose(
  table: ReportTable,
  header: Row | undefined,
  rows: readonly Row[],
): ProfileProposal {
  const { format, separator } = table
  const encoding = table.encoding()
  const titles = header?.cells.map((cell) => showCell(cell).trim()) ?? []
  const columns = recognise(titles, table.head.slice(0, table.head.indexOf(header as Row)))
  const sample = { rows, titles, separator }
  const days = dayOrder(sample, [columns.expiry, columns.reportDay])
  const decimals = decimalMark(sample, [
    ...columns.quantities.map(({ title }) => title),
    columns.limit,
  ])
  const saysUnit =
    columns.unit !== undefined || columns.quantities.every(({ unit }) => unit !== null)
  const open: OpenChoice[] = [
    ...(days.isOpen ? ['DAY_ORDER' as const] : []),
    ...(decimals.isOpen ? ['DECIMAL_MARK' as const] : []),
    ...(encoding?.startsWith('windows-') === true ? ['LEGACY_ENCODING' as const] : []),
    ...(saysUnit ? [] : ['DEFAULT_UNIT' as const]),
  ]
  return {
    profile: toProfile(columns, { dayOrder: days.order, decimalMark: decimals.mark }),
    columns,
    open,
    header: titles,
    preview: rows.slice(0, PREVIEW_ROWS).map(({ cells }) => cells.map(showCell)),
    format,
    separator,
    encoding,
    problems: [],
  }
}

function toProfile(
  columns: ProfileProposal['columns'],
  choices: Pick<LicenceReportProfile, 'dayOrder' | 'decimalMark'>,
): LicenceReportProfile | null {
  const { company, application, quantities } = columns
  if (company === undefined || application === undefined || quantities.length === 0) return null
  return {
    ...PROFILE_DEFAULTS,
    ...choices,
    company,
    application,
    quantities,
    unit: columns.unit ?? null,
    limit: columns.limit ?? null,
    status: columns.status ?? null,
    type: columns.type ?? null,
    expiry: columns.expiry ?? null,
    reportDay: columns.reportDay ?? null,
    licenceId: columns.licenceId ?? null,
  }
}

/** The first title of each role; columns named after units are quantities when no other column is. */
function recognise(titles: readonly string[], above: readonly Row[]): ProfileProposal['columns'] {
  const columns: Partial<Record<Exclude<ColumnRole, 'quantity'>, string>> = {}
  const named: QuantityColumn[] = []
  const byUnit: QuantityColumn[] = []
  for (const title of titles) {
    const role = roleOfTitle(title)
    const unit = unitOfWord(title)
    if (role === 'quantity') named.push({ title, unit: null })
    else if (role !== null) columns[role] ??= title
    else if (unit !== null) byUnit.push({ title, unit })
  }
  if (columns.reportDay === undefined) {
    const title = above.map(({ cells }) => showCell(cells[0])).find(isReportDay)
    if (title !== undefined) columns.reportDay = title
  }
  return { ...columns, quantities: named.length > 0 ? named.slice(0, 1) : byUnit }
}

function isReportDay(title: string): boolean {
  return roleOfTitle(title) === 'reportDay'
}

interface Sample {
  readonly rows: readonly Row[]
  readonly titles: readonly string[]
  readonly separator: Separator | null
}

function texts({ rows, titles }: Sample, wanted: readonly (string | undefined)[]): string[] {
  const places = wanted.map((title) => (title === undefined ? -1 : titles.indexOf(title)))
  return rows.flatMap(({ cells }) =>
    places.map((place) => cells[place]).filter((cell) => typeof cell === 'string'),
  )
}

/** A number above 12 tells which of the first two is the day. */
function dayOrder(
  sample: Sample,
  titles: readonly (string | undefined)[],
): { order: LicenceReportProfile['dayOrder']; isOpen: boolean } {
  const days = texts(sample, titles).flatMap((text) => {
    const match = /^\s*(\d{1,2})([-/.])\s?(\d{1,2})[-/.]\s?\d{2,4}/.exec(text)
    return match === null
      ? []
      : [{ first: Number(match[1]), mark: match[2], second: Number(match[3]) }]
  })
  if (days.some(({ first }) => first > 12)) return { order: 'DMY', isOpen: false }
  if (days.some(({ second }) => second > 12)) return { order: 'MDY', isOpen: false }
  // With commas between cells and slashes in days the file is probably American; a person says.
  const isAmerican = days.some(({ mark }) => mark === '/') && sample.separator === ','
  return { order: isAmerican ? 'MDY' : 'DMY', isOpen: days.length > 0 }
}

/** Two digits behind a mark are decimals; three are thousands, unless nothing else was seen. */
function decimalMark(
  sample: Sample,
  titles: readonly (string | undefined)[],
): { mark: '.' | ','; isOpen: boolean } {
  const numbers = texts(sample, titles)
  for (const mark of ['.', ','] as const) {
    const other = mark === '.' ? ',' : '.'
    const decimals = new RegExp(`\\d\\${mark}\\d{1,2}$`)
    const both = new RegExp(`\\${other}\\d{3}\\${mark}`)
    if (numbers.some((text) => decimals.test(text) || both.test(text)))
      return { mark, isOpen: false }
  }
  const isOpen = numbers.some((text) => /\d[.,]\d/.test(text))
  return { mark: sample.separator === ',' ? '.' : ',', isOpen }
}

function bestRow(head: readonly Row[]): Row | undefined {
  return head.toSorted(
    (one, other) => rateRow(other) - rateRow(one) || one.number - other.number,
  )[0]
}

/** How many different roles the cells of a row are titles of. */
function rateRow(row: Row | undefined): number {
  const roles = new Set((row?.cells ?? []).map((cell: Cell) => roleIn(showCell(cell))))
  roles.delete(null)
  return roles.size
}

function roleIn(title: string): string | null {
  return roleOfTitle(title) ?? unitOfWord(title)
}
