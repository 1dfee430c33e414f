import type { UsageUnit } from '@trueup/core'
import type { Cell, LicenceReportProblem, Row } from '../problem.ts'
import { problemOf, showCell } from '../problem.ts'
import type { LicenceReportProfile } from '../profile.ts'
import { fold } from './fold.ts'

/** Where the columns of a profile stand in a file. */
export interface ColumnPlaces {
  /** The number of the header's row. */
  readonly row: number
  readonly width: number
  readonly titles: readonly string[]
  readonly company: number
  readonly application: number
  readonly quantities: readonly { readonly index: number; readonly unit: UsageUnit | null }[]
  readonly unit: number | null
  readonly limit: number | null
  readonly status: number | null
  readonly type: number | null
  readonly expiry: number | null
  /** `null` also where the day stands above the header. */
  readonly reportDay: number | null
  readonly licenceId: number | null
}

/** The header, or what is wrong with the one that comes nearest. */
export type HeaderSearch =
  | { readonly places: ColumnPlaces }
  | { readonly problems: readonly LicenceReportProblem[] }

/** How many of the profile's titles stand in the best of these rows. */
export function rateHead(head: readonly Row[], profile: LicenceReportProfile): number {
  return Math.max(0, ...head.map((row) => countFound(row, profile)))
}

/** Finds the row with the profile's titles. Every title has to be there, and once. */
export function findHeader(head: readonly Row[], profile: LicenceReportProfile): HeaderSearch {
  const [best] = head.toSorted(
    (one, other) =>
      countFound(other, profile) - countFound(one, profile) || one.number - other.number,
  )
  if (best === undefined) return { problems: [problemOf('REPORT_EMPTY')] }
  const folded = best.cells.map((cell) => fold(showCell(cell)))
  const problems = titlesOf(profile).flatMap((title) => {
    const count = folded.filter((cell) => cell === fold(title)).length
    const isAbove = title === profile.reportDay && count === 0 && hasDayAbove(head, best, title)
    if (count === 1 || isAbove) return []
    const code = count === 0 ? 'REPORT_COLUMN_MISSING' : 'REPORT_COLUMN_TWICE'
    return [problemOf(code, { column: title, row: count === 0 ? null : best.number })]
  })
  return problems.length > 0 ? { problems } : { places: toPlaces(best, folded, profile) }
}

/** The cell beside a title above the header, as reports do that name their day once. */
export function findAbove(head: readonly Row[], header: number, title: string): Cell | undefined {
  for (const { number, cells } of head) {
    if (number >= header) return undefined
    const index = cells.findIndex((cell) => fold(showCell(cell)) === fold(title))
    if (index >= 0) return cells.slice(index + 1).find((cell) => showCell(cell) !== '')
  }
  return undefined
}

function hasDayAbove(head: readonly Row[], header: Row, title: string): boolean {
  return findAbove(head, header.number, title) !== undefined
}

function toPlaces(
  header: Row,
  folded: readonly string[],
  profile: LicenceReportProfile,
): ColumnPlaces {
  const at = (title: string): number => folded.indexOf(fold(title))
  const optional = (title: string | null): number | null => {
    const index = title === null ? -1 : at(title)
    return index < 0 ? null : index
  }
  return {
    row: header.number,
    width: header.cells.length,
    titles: header.cells.map((cell) => showCell(cell)),
    company: at(profile.company),
    application: at(profile.application),
    quantities: profile.quantities.map(({ title, unit }) => ({ index: at(title), unit })),
    unit: optional(profile.unit),
    limit: optional(profile.limit),
    status: optional(profile.status),
    type: optional(profile.type),
    expiry: optional(profile.expiry),
    reportDay: optional(profile.reportDay),
    licenceId: optional(profile.licenceId),
  }
}

function countFound(row: Row, profile: LicenceReportProfile): number {
  const folded = new Set(row.cells.map((cell) => fold(showCell(cell))))
  return titlesOf(profile).filter((title) => folded.has(fold(title))).length
}

function titlesOf(profile: LicenceReportProfile): readonly string[] {
  const { company, application, quantities, unit, limit, status, type, expiry } = profile
  const optional = [unit, limit, status, type, expiry, profile.reportDay, profile.licenceId]
  const titles = [company, application, ...quantities.map(({ title }) => title), ...optional]
  return titles.filter((title) => title !== null)
}
