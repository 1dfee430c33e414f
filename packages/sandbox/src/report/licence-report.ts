import { stringify } from 'csv-stringify/sync'
import iconv from 'iconv-lite'
import writeXlsxFile, { type Cell } from 'write-excel-file/node'
import type { Day } from '../calendar.ts'
import type { Clock } from '../clock.ts'
import type { WorkspaceState } from '../world/workspaces/workspace-state.ts'
import { type ReportCell, reportLines } from './cells.ts'
import { REPORT_LOCALES, type ReportLocale } from './locales.ts'
import { type ReportOptions, type ReportOptionsInput, reportOptionsSchema } from './options.ts'

/**
 * A licence report of today as the cloud console might export it: a row for each licence of each company. The real
 * columns are not known, so languages, layout, marks, separators and encodings are all options. Throws a ZodError for
 * options that do not exist.
 */
export async function writeLicenceReport(
  world: { workspaces: WorkspaceState; clock: Clock },
  options: ReportOptionsInput = {},
): Promise<Buffer> {
  const chosen = reportOptionsSchema.parse(options)
  const lines = reportLines(world.workspaces.workspaces, world.clock.day(), chosen)
  return chosen.format === 'xlsx' ? toXlsx(lines, chosen) : toCsv(lines, chosen)
}

function toCsv(lines: readonly ReportCell[][], options: ReportOptions): Buffer {
  const locale: ReportLocale = REPORT_LOCALES[options.locale]
  const text = stringify(
    lines.map((line) => line.map((cell) => toText(cell, options))),
    {
      delimiter: options.separator ?? locale.separator,
      quoted: options.quoted === 'all',
      record_delimiter: options.lineEnd === 'crlf' ? '\r\n' : '\n',
    },
  )
  switch (options.encoding) {
    case 'utf-8':
      return iconv.encode(text, 'utf8')
    case 'utf-8-bom':
      return iconv.encode(text, 'utf8', { addBOM: true })
    case 'utf-16le-bom':
      return iconv.encode(text, 'utf-16le', { addBOM: true })
    case 'windows-1252':
      return iconv.encode(text, 'windows-1252')
  }
}

function toXlsx(lines: readonly ReportCell[][], options: ReportOptions): Promise<Buffer> {
  const locale: ReportLocale = REPORT_LOCALES[options.locale]
  const data = lines.map((line) =>
    line.map((cell): Cell => {
      if (options.cells === 'text' || 'text' in cell) {
        const text = toText(cell, options)
        return text === '' ? null : { value: text, type: String }
      }
      if ('number' in cell) return { value: cell.number, type: Number }
      const value = new Date(`${cell.day}T00:00:00Z`)
      return { value, type: Date, format: locale.datePattern.toLowerCase() }
    }),
  )
  return writeXlsxFile(data, { sheet: locale.sheet }).toBuffer()
}

function toText(cell: ReportCell, options: ReportOptions): string {
  const locale: ReportLocale = REPORT_LOCALES[options.locale]
  if ('text' in cell) return cell.text
  if ('day' in cell) return options.dates === 'iso' ? cell.day : dateText(cell.day, locale)
  if (options.numbers === 'decimals') return `${cell.number}${locale.decimalMark}00`
  if (options.numbers === 'plain') return String(cell.number)
  return String(cell.number).replaceAll(/\B(?=(?:\d{3})+$)/gu, locale.groupMark)
}

function dateText(day: Day, { datePattern }: ReportLocale): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return datePattern
    .replace('YYYY', year)
    .replace('MM', month)
    .replace('DD', date)
    .replace(/\bM\b/u, String(Number(month)))
    .replace(/\bD\b/u, String(Number(date)))
}
