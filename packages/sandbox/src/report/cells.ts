import type { Day } from '../calendar.ts'
import {
  statusOn,
  type Workspace,
  type WorkspaceLicence,
} from '../world/workspaces/workspace-state.ts'
import { REPORT_LOCALES, type ReportColumn, type ReportLocale } from './locales.ts'
import type { ReportOptions } from './options.ts'

/** A cell before it is written: a number, a day, or text. */
export type ReportCell = { number: number } | { day: Day } | { text: string }

const EMPTY: ReportCell = { text: '' }

/** The lines of a report: what stands above the header is shorter than the rest. */
export function reportLines(
  workspaces: readonly Workspace[],
  day: Day,
  options: ReportOptions,
): ReportCell[][] {
  const locale: ReportLocale = REPORT_LOCALES[options.locale]
  const columns = columnsOf(options)
  const rows = workspaces.flatMap(({ company, licences }) =>
    licences.map((licence) =>
      columns.map((column) => cellOf(column, { company, licence, day, locale })),
    ),
  )
  return [
    ...(options.preamble ? preambleLines(locale, day) : []),
    columns.map((column) => ({ text: locale.headers[column] })),
    ...rows,
    ...(options.totals ? [totalLine(columns, rows, locale)] : []),
  ]
}

function columnsOf({ units, preamble }: ReportOptions): ReportColumn[] {
  const quantities: ReportColumn[] =
    units === 'column' ? ['unit', 'used'] : ['devices', 'users', 'mailboxes']
  const columns: ReportColumn[] = ['company', 'application', 'licenceId', 'type', 'status']
  return [
    ...columns,
    ...quantities,
    'limit',
    'expiresOn',
    ...(preamble ? [] : ['reportDay' as const]),
  ]
}

function preambleLines(locale: ReportLocale, day: Day): ReportCell[][] {
  return [[{ text: locale.title }], [{ text: locale.headers.reportDay }, { day }], [EMPTY]]
}

function cellOf(
  column: ReportColumn,
  given: { company: string; licence: WorkspaceLicence; day: Day; locale: ReportLocale },
): ReportCell {
  const { company, licence, day, locale } = given
  const quantityOf = (unit: WorkspaceLicence['unit']): ReportCell =>
    licence.unit === unit ? { number: licence.used } : EMPTY
  switch (column) {
    case 'company':
      return { text: company }
    case 'application':
      return { text: licence.application }
    case 'licenceId':
      return { text: licence.id }
    case 'type':
      return { text: locale.types[licence.type] }
    case 'status':
      return { text: locale.statuses[statusOn(licence, day)] }
    case 'unit':
      return { text: locale.units[licence.unit] }
    case 'used':
      return { number: licence.used }
    case 'devices':
      return quantityOf('device')
    case 'users':
      return quantityOf('user')
    case 'mailboxes':
      return quantityOf('mailbox')
    case 'limit':
      return { number: licence.limit }
    case 'expiresOn':
      return licence.expiresOn === null ? { text: locale.unlimited } : { day: licence.expiresOn }
    case 'reportDay':
      return { day }
  }
}

const SUMMED: readonly ReportColumn[] = ['used', 'devices', 'users', 'mailboxes', 'limit']

function totalLine(
  columns: readonly ReportColumn[],
  rows: readonly ReportCell[][],
  locale: ReportLocale,
): ReportCell[] {
  return columns.map((column, position) => {
    if (position === 0) return { text: locale.total }
    if (!SUMMED.includes(column)) return EMPTY
    const cells = rows.map((row) => row[position] ?? EMPTY)
    return { number: cells.reduce((sum, cell) => sum + ('number' in cell ? cell.number : 0), 0) }
  })
}
