import type { EntityName, FilterQuery, QueryOrderMap } from '@mikro-orm/core'
import type { Em } from '../database/orm.ts'
import { RequestError } from '../errors.ts'

/** Most rows of one page. */
const MAX_PAGE_SIZE = 500

/** What a client asks of a connection. */
export interface PageRequest {
  readonly first: number
  readonly after: string | null
}

/** One page in the shape of a connection. */
export interface Page<Node> {
  /** Counted only when asked for. */
  totalCount(): Promise<number>
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  readonly nodes: readonly Node[]
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[]
}

/** An order in which pages can be read: by one column, then by id, both in the same direction. */
export interface PageOrder<Row> {
  /** Name of the order; a cursor of one order means nothing in another. */
  readonly name: string
  readonly direction: 'asc' | 'desc'
  /** The column as MikroORM finds it from the row, for example `['tenant', 'nameSort']`; empty: by id alone. */
  readonly path: readonly string[]
  readonly read: (row: Row) => string
  /** The id that decides between equals, when it is not the row's own: an index can then give the whole order. */
  readonly idPath?: readonly string[]
  readonly readId?: (row: Row) => string
}

/** What to read a page of. */
export interface PageQuery<Row extends object> {
  readonly entity: EntityName<Row>
  readonly where: FilterQuery<Row>
  readonly order: PageOrder<Row>
  /** To-one relations that come along in the same SQL query. */
  readonly populate?: readonly string[]
}

/**
 * Reads one page with one SQL query, and the total with a second one when it is asked for. Pages begin after a
 * cursor's place in the order, so rows that come or go in between neither repeat nor vanish.
 */
export async function readPage<Row extends { id: string }>(
  em: Em,
  query: PageQuery<Row>,
  request: PageRequest,
): Promise<Page<Row>> {
  const { entity, where, order, populate = [] } = query
  const { first, after } = request
  if (first < 0 || first > MAX_PAGE_SIZE)
    throw new RequestError('PAGE_SIZE_INVALID', `\`first\` must be from 0 to ${MAX_PAGE_SIZE}.`, {
      first,
      maximum: MAX_PAGE_SIZE,
    })
  const conditions = after === null ? [where] : [where, beyond(order, parseCursor(order, after))]
  const rows = await em.find(entity, { $and: conditions } as FilterQuery<Row>, {
    orderBy: toOrderBy(order) as QueryOrderMap<Row>,
    limit: first + 1,
    populate: populate as never,
  })
  const edges = rows
    .slice(0, first)
    .map((node) => ({ cursor: toCursor(order, node as Row), node: node as Row }))
  return {
    totalCount: () => em.count(entity, where),
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    nodes: edges.map((edge) => edge.node),
    edges,
  }
}

/** The same page with other nodes: for rows that stand for something else. */
export function mapPage<From, To>(page: Page<From>, convert: (node: From) => To): Page<To> {
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: convert(node) }))
  return { ...page, edges, nodes: edges.map((edge) => edge.node) }
}

/** Rows in the order they were stored; the newest first. */
export function newestFirst<Row extends { id: string }>(): PageOrder<Row> {
  return { name: 'NEWEST_FIRST', direction: 'desc', path: [], read: () => '' }
}

interface Place {
  readonly value: string
  readonly id: string
}

function toCursor<Row extends { id: string }>(order: PageOrder<Row>, row: Row): string {
  return Buffer.from(
    JSON.stringify([order.name, order.read(row), order.readId?.(row) ?? row.id]),
  ).toString('base64url')
}

function parseCursor(order: PageOrder<never>, cursor: string): Place {
  const parts = parseJson(Buffer.from(cursor, 'base64url').toString('utf8'))
  const [name, value, id]: unknown[] = Array.isArray(parts) ? parts : []
  if (name !== order.name || typeof value !== 'string' || typeof id !== 'string')
    throw new RequestError(
      'CURSOR_INVALID',
      '`after` must be an `endCursor` or `cursor` of the same list in the same order.',
    )
  return { value, id }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** Everything that stands after a place. */
function beyond(order: PageOrder<never>, { value, id }: Place): object {
  const { path, direction, idPath = ['id'] } = order
  const operator = direction === 'asc' ? '$gt' : '$lt'
  const byId = nest(idPath, { [operator]: id })
  if (path.length === 0) return byId
  return { $or: [nest(path, { [operator]: value }), { $and: [nest(path, value), byId] }] }
}

function toOrderBy({ path, direction, idPath = ['id'] }: PageOrder<never>): object[] {
  const byId = nest(idPath, direction)
  return path.length === 0 ? [byId] : [nest(path, direction), byId]
}

function nest(path: readonly string[], value: unknown): object {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value) as object
}
