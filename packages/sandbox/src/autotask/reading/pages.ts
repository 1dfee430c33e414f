import type { Switches } from '../../switches.ts'
import type { Table } from '../../world/table.ts'
import { positionAfter } from '../../world/table.ts'
import type { AnyEntity, AnyRow } from '../entities/entity.ts'
import type { Field, FieldValue } from '../entities/fields.ts'
import type { Query } from './query.ts'
import { Refusal } from '../../world/refusal.ts'

/** Where a walk stands: the last ids of the pages before, the latest last. */
export interface Cursor {
  pageSize: number
  previousIds: readonly number[]
  nextIds: readonly number[]
}

/** One page of rows. */
export interface Page {
  rows: readonly AnyRow[]
  cursor: Cursor
  hasMore: boolean
}

const PAGES_KEPT = 50

/** The cursor before the first page. */
export function firstCursor(pageSize: number): Cursor {
  return { pageSize, previousIds: [], nextIds: [-1] }
}

/** Reads the `paging` parameter of a cursor URL. */
export function parseCursor(text: string | null): Cursor {
  try {
    const { pageSize, previousIds, nextIds } = JSON.parse(text ?? '') as Cursor
    const ids = [...previousIds, ...nextIds, pageSize]
    if (ids.every((id) => Number.isInteger(id)) && nextIds.length > 0 && pageSize > 0) {
      return { pageSize, previousIds, nextIds }
    }
  } catch {
    // Falls through to the refusal: a cursor that was tampered with is no server fault.
  }
  throw new Refusal('The paging parameter is not valid.')
}

/** The rows after the cursor that match, in ascending id order. */
export function readPage(
  table: Table<AnyRow>,
  query: Query,
  given: { cursor: Cursor; switches: Switches },
): Page {
  const { cursor, switches } = given
  const after = Math.max(cursor.nextIds.at(-1) ?? -1, query.afterId)
  const candidates = candidatesOf(table, query)
  const rows: AnyRow[] = []
  for (let at = positionAfter(candidates, after); at < candidates.length; at += 1) {
    const row = candidates[at]
    if (!row || !query.matches(row)) continue
    if (rows.length === cursor.pageSize) return { rows, cursor, hasMore: true }
    rows.push(row)
  }
  const isFull = rows.length === cursor.pageSize
  return { rows, cursor, hasMore: isFull && switches.fullLastPage === 'open' }
}

/** How many rows match. */
export function countRows(table: Table<AnyRow>, query: Query): number {
  return candidatesOf(table, query).filter((row) => query.matches(row)).length
}

/** The cursors of the pages before and after a page; null where there is none. */
export function neighbours(page: Page): { previous: Cursor | null; next: Cursor | null } {
  const { pageSize, previousIds, nextIds } = page.cursor
  const lastId = page.rows.at(-1)?.id
  const own = nextIds.at(-1) ?? -1
  const previous =
    previousIds.length === 0
      ? null
      : { pageSize, previousIds: previousIds.slice(0, -1), nextIds: previousIds.slice(-1) }
  const next =
    page.hasMore && lastId !== undefined
      ? { pageSize, previousIds: [...previousIds, own].slice(-PAGES_KEPT), nextIds: [lastId] }
      : null
  return { previous, next }
}

/** A row as an answer shows it. */
export function presentRow(
  entity: AnyEntity,
  row: AnyRow,
  given: { switches: Switches; only?: readonly Field<AnyRow>[] | null },
): Record<string, FieldValue> {
  const shown: Record<string, FieldValue> = {}
  for (const field of given.only ?? entity.fields) {
    const value = field.read(row, given.switches)
    shown[field.name] =
      typeof value === 'string' ? presentText(field, value, given.switches) : value
  }
  return shown
}

function presentText(field: Field<AnyRow>, value: string, switches: Switches): string {
  if (field.type !== 'day' && field.type !== 'datetime') return value
  const instant = field.type === 'day' ? `${value}T00:00:00Z` : value
  return switches.dateZone === 'Z' ? instant : instant.replace(/Z$/u, '')
}

function candidatesOf(table: Table<AnyRow>, query: Query): readonly AnyRow[] {
  const { narrow } = query
  if (!narrow) return table.all()
  const values = [...new Set(narrow.values)]
  if (narrow.column !== 'id') {
    if (values.length === 1) return table.by(narrow.column, values[0])
    return byId(values.flatMap((value) => table.by(narrow.column, value)))
  }
  return byId(values.flatMap((id) => (typeof id === 'number' ? (table.get(id) ?? []) : [])))
}

function byId(rows: AnyRow[]): AnyRow[] {
  return rows.sort((one, other) => one.id - other.id)
}
