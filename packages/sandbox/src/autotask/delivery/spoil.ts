import type { Faults } from '../../faults.ts'
import type { Answer } from '../answers.ts'

/** A page of rows, as an answer carries it. */
interface PageBody {
  items: Record<string, unknown>[]
  pageDetails: Record<string, unknown>
}

type Rows = PageBody['items']

/** Faults that change the rows of a page. */
const ROW_FAULTS = {
  wrongTypes: (rows: Rows) => rows.map(withWrongTypes),
  duplicateIds: (rows: Rows) =>
    rows.map((row, index) => (index === 1 ? { ...row, id: rows[0]?.['id'] } : row)),
  repeatedRows: (rows: Rows) => [...rows.slice(0, 1), ...rows],
  skippedRows: (rows: Rows) => rows.toSpliced(Math.floor(rows.length / 2), 1),
  yearOneDates: (rows: Rows) => rows.map(withYearOne),
} as const

/** A page as an armed fault makes it; any other answer stays as it is. */
export function spoilPage(answer: Answer, faults: Faults, subject: string): Answer {
  const { body } = answer
  if (!isPage(body)) return answer
  let { items, pageDetails } = body
  for (const [name, spoil] of Object.entries(ROW_FAULTS)) {
    if (items.length === 0) break
    if (faults.strikes(name as keyof typeof ROW_FAULTS, subject)) items = spoil(items)
  }
  const next = pageDetails['nextPageUrl']
  if (typeof next === 'string' && faults.strikes('foreignNextPage', subject)) {
    pageDetails = { ...pageDetails, nextPageUrl: foreignAddress(next) }
  }
  return { ...answer, body: { items, pageDetails: { ...pageDetails, count: items.length } } }
}

/**
 * The same address on another host. It is this machine under another name, so that a client which goes there shows
 * up in the call log (as `unknown`, below `/foreign`).
 */
export function foreignAddress(address: string): string {
  const url = new URL(address)
  url.hostname = 'localhost'
  url.pathname = `/foreign${url.pathname}`
  return url.href
}

/** Whether an answer's body is a page of rows. */
export function isPage(body: unknown): body is PageBody {
  return typeof body === 'object' && body !== null && 'items' in body && 'pageDetails' in body
}

function withWrongTypes(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === 'number' ? `#${value}` : value,
    ]),
  )
}

function withYearOne(row: Record<string, unknown>): Record<string, unknown> {
  return 'endDate' in row ? { ...row, endDate: '0001-01-01T00:00:00' } : row
}
