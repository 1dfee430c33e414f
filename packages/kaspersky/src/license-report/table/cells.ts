import type { Day } from '@trueup/core'
import { parseDay } from '@trueup/core'
import type { Cell, LicenceReportProblemCode } from '../problem.ts'
import type { LicenceReportProfile } from '../profile.ts'

/** A value, or what is wrong with the cell. */
export type Parsed<T> = { readonly value: T } | { readonly code: LicenceReportProblemCode }

/** More than any customer has; a number beyond it stands in the wrong column. */
const LARGEST_QUANTITY = 10_000_000

const UNREADABLE = { code: 'REPORT_NUMBER_UNREADABLE' } as const

/**
 * A whole number of units, 0 or more. Text is read by the profile's decimal mark: `1.234,00` is 1234 with a comma.
 * Decimals have to be zero. Three digits after the decimal mark could as well be thousands of somebody else's
 * spreadsheet; such a number is refused and never read as a thousandth or a thousandfold.
 */
export function parseQuantity(cell: Cell, decimalMark: '.' | ','): Parsed<number> {
  if (typeof cell === 'object') return UNREADABLE
  if (typeof cell === 'number') return toQuantity(cell)
  const text = cell.trim()
  const group = decimalMark === ',' ? '.' : ','
  const shape = decimalMark === ',' ? COMMA_SHAPE : POINT_SHAPE
  const match = shape.exec(text)
  if (match === null) return UNREADABLE
  const [, whole = '', decimals = ''] = match
  if (decimals.length === 3 && /^[1-9]\d{0,2}$/.test(whole)) {
    return { code: 'REPORT_NUMBER_AMBIGUOUS' }
  }
  if (/[1-9]/.test(decimals)) return UNREADABLE
  return toQuantity(Number(whole.replaceAll(group, '').replaceAll(BLANKS, '')))
}

/** Blanks of every width, and the apostrophe of Switzerland, group digits in any locale. */
const BLANKS = /[\s'\u2019]/gu
const COMMA_SHAPE = /^(\d{1,3}(?:[.\s'\u2019]\d{3})+|\d+)(?:,(\d+))?$/u
const POINT_SHAPE = /^(\d{1,3}(?:[,\s'\u2019]\d{3})+|\d+)(?:\.(\d+))?$/u

function toQuantity(number: number): Parsed<number> {
  const isQuantity = Number.isInteger(number) && number >= 0 && number <= LARGEST_QUANTITY
  return isQuantity ? { value: number } : UNREADABLE
}

const ISO_DAY = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\.?(?:[T ,].*)?$/
const LOCAL_DAY = /^(\d{1,2})[-/.]\s?(\d{1,2})[-/.]\s?(\d{4}|\d{2})\.?(?:[T ,].*)?$/

/** A calendar day; a time of day behind it is left out, because reports are of days. */
export function parseDayCell(cell: Cell, order: LicenceReportProfile['dayOrder']): Parsed<Day> {
  if (typeof cell === 'object') return { value: cell.day }
  const text = typeof cell === 'string' ? cell.trim() : ''
  const iso = ISO_DAY.exec(text)
  if (iso !== null) return toDay(iso[1], iso[2], iso[3])
  const local = LOCAL_DAY.exec(text)
  if (local === null || order === 'YMD') return { code: 'REPORT_DAY_UNREADABLE' }
  const [, first, second, year = ''] = local
  const full = year.length === 2 ? `20${year}` : year
  return order === 'DMY' ? toDay(full, second, first) : toDay(full, first, second)
}

function toDay(year = '', month = '', day = ''): Parsed<Day> {
  const value = parseDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`)
  return value === null ? { code: 'REPORT_DAY_UNREADABLE' } : { value }
}
