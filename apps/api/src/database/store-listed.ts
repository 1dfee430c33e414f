import { Reference, type EntityName } from '@mikro-orm/core'
import { newId } from './id.ts'
import type { Em } from './orm.ts'

// The rows of any of the four tables: what MikroORM would want to know of their types is known to `ListedRow` only,
// hence `as never` where rows and conditions are handed to it.

/** Keeps the parameters of one statement below what either database takes. */
const ROWS_PER_STATEMENT = 500

/** What every table of listed things has. */
interface ListedRow {
  id: string
  integrationId: string
  externalId: string
  isPresent: boolean
}

/** What the outside lists: the row's columns without its id and integration; relations by id. */
export type Listing = Readonly<Record<string, unknown>> & { readonly externalId: string }

/** How the table has changed. */
export interface ListedChange {
  readonly listed: number
  readonly added: number
  readonly changed: number
  readonly vanished: number
}

/**
 * Brings one integration's rows of a table to what the outside lists now: new ones are added, changed ones changed,
 * those that are gone marked and kept. Rows keep their ids, so nothing that points at them is lost. `once` holds
 * columns that are set when a row is added and never again. Only rows that differ are written.
 */
export async function storeListed<Row extends ListedRow>(
  em: Em,
  entity: EntityName<Row>,
  listing: {
    readonly integrationId: string
    readonly rows: readonly Listing[]
    readonly once?: Readonly<Record<string, unknown>>
  },
): Promise<ListedChange> {
  const { integrationId, once = {} } = listing
  const known = await em.find(entity, { integrationId } as never, {
    disableIdentityMap: true,
  })
  const byExternalId = new Map<string, ListedRow>(known.map((row) => [row.externalId, row]))
  const added = listing.rows.filter((row) => !byExternalId.has(row.externalId))
  const changed = listing.rows.filter((row) => isChanged(byExternalId.get(row.externalId), row))
  for (const rows of inChunks([...added, ...changed]))
    await em.upsertMany(
      entity,
      rows.map((row) => ({
        id: newId(),
        integrationId,
        isPresent: true,
        ...once,
        ...row,
      })) as never,
      {
        onConflictFields: ['integrationId', 'externalId'] as never,
        onConflictExcludeFields: ['id', ...Object.keys(once)] as never,
        disableIdentityMap: true,
      },
    )
  const listed = new Set(listing.rows.map((row) => row.externalId))
  const vanished = known.filter((row) => row.isPresent && !listed.has(row.externalId))
  for (const rows of inChunks(vanished))
    await em.nativeUpdate(
      entity,
      { id: { $in: rows.map((row) => row.id) } } as never,
      { isPresent: false } as never,
    )
  return {
    listed: listing.rows.length,
    added: added.length,
    changed: changed.length,
    vanished: vanished.length,
  }
}

/** Cuts a list into parts that one statement takes. */
export function inChunks<Item>(items: readonly Item[]): Item[][] {
  const chunks: Item[][] = []
  for (let from = 0; from < items.length; from += ROWS_PER_STATEMENT)
    chunks.push(items.slice(from, from + ROWS_PER_STATEMENT))
  return chunks
}

function isChanged(known: ListedRow | undefined, listed: Listing): boolean {
  if (known === undefined) return false
  const stored = new Map<string, unknown>(Object.entries(known))
  return (
    !known.isPresent ||
    Object.entries(listed).some(([name, value]) => toPlain(stored.get(name)) !== value)
  )
}

function toPlain(value: unknown): unknown {
  return Reference.isReference(value) ? (value.unwrap() as { id: string }).id : value
}
