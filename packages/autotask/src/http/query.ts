import { z } from 'zod'
import type { ReadOptions } from '@trueup/core'
import type { Client } from './client.ts'
import { autotaskError } from './errors.ts'

/**
 * A condition of a query. The operators are closed because Autotask drops one that it does not know without a
 * word and answers as if the condition had not been asked (facts: section 2.4).
 */
export type Filter =
  | {
      readonly op: 'eq' | 'noteq' | 'gt' | 'gte' | 'lt' | 'lte'
      readonly field: string
      readonly value: string | number | boolean
    }
  | {
      readonly op: 'beginsWith' | 'endsWith' | 'contains'
      readonly field: string
      readonly value: string
    }
  | { readonly op: 'exist' | 'notExist'; readonly field: string }
  | {
      readonly op: 'in' | 'notIn'
      readonly field: string
      readonly value: readonly (string | number)[]
    }
  | { readonly op: 'and' | 'or'; readonly items: readonly Filter[] }

/** Entities that we query. Each has its own thread limit. */
export type EntityName =
  | 'Companies'
  | 'Contracts'
  | 'Services'
  | 'ContractServices'
  | 'ContractServiceUnits'

/** What to read: the fields asked for are exactly those of the schema. */
export interface Query<Row extends { readonly id: number }> {
  readonly entity: EntityName
  readonly row: z.ZodType<Row> & { readonly shape: Readonly<Record<string, unknown>> }
  /** All must hold. */
  readonly filter: readonly Filter[]
  /** When the filter can match this many rows at most (a list of ids): the walk ends there without another page. */
  readonly mostRows?: number
}

/** Most rows of a page, and most members of an `in` list together with every other OR condition of the call. */
export const PAGE_ROWS = 500
/** Documented as the limit of OR conditions in one call; members of `in` lists count (facts: section 2.4). */
export const MAXIMUM_OR_CONDITIONS = 500

/** A million rows: more than any billing reads; a walk that gets here goes in circles. */
const MAXIMUM_PAGES = 2_000

const pageSchema = z.object({
  items: z.array(z.unknown()),
  pageDetails: z.object({ count: z.int(), nextPageUrl: z.string().nullish() }),
})

/**
 * All rows that match, by repeating the query behind the last id until a page is not full. `nextPageUrl` is
 * never followed: it may name any host, and credentials would go there. That it exists on a short page still
 * means that there is more. Complete, in ascending order of id, or an error.
 */
export async function queryAll<Row extends { readonly id: number }>(
  client: Client,
  query: Query<Row>,
  options: ReadOptions,
): Promise<readonly Row[]> {
  const rows: Row[] = []
  let lastId: number | null = null
  for (let page = 1; page <= MAXIMUM_PAGES; page += 1) {
    const { items, hasMore }: Page = await readPage(client, query, lastId, options)
    for (const item of items) {
      const row: Row = parseRow(query, item)
      // A repeated or earlier id means that the cursor does not hold: rows may be missing or counted twice.
      if (lastId !== null && row.id <= lastId) throw outOfOrder(query, row.id, lastId)
      lastId = row.id
      rows.push(row)
    }
    if (!hasMore || rows.length === query.mostRows) return rows
    if (items.length === 0) throw inconsistent(query, 'an empty page promises another one')
  }
  throw inconsistent(query, `more than ${MAXIMUM_PAGES} pages`)
}

interface Page {
  readonly items: readonly unknown[]
  readonly hasMore: boolean
}

async function readPage<Row extends { readonly id: number }>(
  client: Client,
  query: Query<Row>,
  lastId: number | null,
  options: ReadOptions,
): Promise<Page> {
  const cursor: readonly Filter[] =
    lastId === null ? [] : [{ op: 'gt', field: 'id', value: lastId }]
  const { value } = await client.read(
    {
      operation: `${query.entity}.query`,
      lanes: [query.entity],
      path: `${query.entity}/query`,
      body: {
        maxRecords: PAGE_ROWS,
        includeFields: Object.keys(query.row.shape),
        filter: [...query.filter, ...cursor],
      },
    },
    options,
  )
  const page = pageSchema.safeParse(value)
  if (!page.success) throw invalid(query, 'page', page.error)
  const { items, pageDetails } = page.data
  if (items.length !== pageDetails.count || items.length > PAGE_ROWS) {
    throw inconsistent(query, `${items.length} rows in a page of ${pageDetails.count}`)
  }
  const hasMore = items.length === PAGE_ROWS || typeof pageDetails.nextPageUrl === 'string'
  return { items, hasMore }
}

function parseRow<Row extends { readonly id: number }>(query: Query<Row>, item: unknown): Row {
  const row = query.row.safeParse(item)
  if (row.success) return row.data
  throw invalid(query, describeRow(item), row.error)
}

function describeRow(item: unknown): string {
  const parsed = z.object({ id: z.int() }).safeParse(item)
  return parsed.success ? String(parsed.data.id) : 'without id'
}

/** Names the entity, the row and the field, so that a person can look the row up in Autotask. */
function invalid(query: { readonly entity: EntityName }, row: string, cause: z.ZodError) {
  const [issue] = cause.issues
  const field = issue?.path.join('.') ?? ''
  return autotaskError({
    operation: `${query.entity}.query`,
    code: 'AUTOTASK_ANSWER_INVALID',
    message: `${query.entity} ${row}: field "${field}": ${issue?.message ?? 'unreadable'}`,
    retryable: false,
    facts: { entity: query.entity, row, field, problem: issue?.message ?? null },
    cause,
  })
}

function outOfOrder(query: { readonly entity: EntityName }, id: number, lastId: number) {
  return inconsistent(query, `row ${id} comes after row ${lastId}`)
}

/** An answer that contradicts itself, the question, or another answer of the same reading. */
export function inconsistent(query: { readonly entity: EntityName }, problem: string) {
  return autotaskError({
    operation: `${query.entity}.query`,
    code: 'AUTOTASK_PAGES_INCONSISTENT',
    message: `${query.entity}: ${problem}`,
    retryable: true,
    facts: { entity: query.entity, problem },
  })
}

/** `values` in groups of `size`, in order. */
export function inGroups<T>(values: readonly T[], size: number): readonly (readonly T[])[] {
  const groups: T[][] = []
  for (let start = 0; start < values.length; start += size) {
    groups.push(values.slice(start, start + size))
  }
  return groups
}
