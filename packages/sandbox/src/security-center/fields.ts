import type { Rows } from './cursors.ts'
import { badFormat, notFound } from './pxg-error.ts'
import type { SecurityCenterSettings } from './settings.ts'
import type { Container, Inner } from './wire.ts'

/** How to read each attribute of a kind of thing; undefined where this one has none. */
export type FieldTable<Item> = Record<string, (item: Item) => Inner | undefined>

/** What is asked for: which attributes, in which order. */
export interface Wanted {
  fields: readonly string[]
  order: readonly { name: string; ascending: boolean }[]
}

/**
 * Freezes a result. An attribute that no list of Kaspersky's knows is an error, so that a misspelt name is heard; a known
 * one that the thing lacks is left out of its row.
 */
export function freezeRows<Item>(
  items: readonly Item[],
  table: FieldTable<Item>,
  wanted: Wanted,
  settings: SecurityCenterSettings,
): Rows {
  if (wanted.fields.length === 0) throw badFormat('no attribute was asked for')
  const readers = wanted.fields.map((name) => ({ name, read: readerOf(table, name) }))
  const sorted = sortItems(items, table, wanted.order)
  const missing = { ...settings.missingFields }
  const encode = (item: Item, position: number): Container => {
    const row: Container = {}
    for (const { name, read } of readers) {
      const every = missing[name]
      if (every !== undefined && (position + 1) % every === 0) continue
      const value = read(item)
      if (value !== undefined) row[name] = value
    }
    return row
  }
  return {
    count: sorted.length,
    page: (start, count) =>
      sorted.slice(start, start + count).map((item, position) => encode(item, start + position)),
  }
}

/** The attributes of one thing as a container. */
export function containerOf<Item>(
  item: Item,
  table: FieldTable<Item>,
  fields: readonly string[],
): Container {
  const row: Container = {}
  for (const name of fields) {
    const value = readerOf(table, name)(item)
    if (value !== undefined) row[name] = value
  }
  return row
}

/** Documented attributes that the imitation has no value for. */
export function withoutValue(names: readonly string[]): Record<string, () => undefined> {
  return Object.fromEntries(names.map((name) => [name, () => undefined]))
}

/** The bare value of an attribute, for comparing; containers and lists have none. */
export function bareValue(value: Inner | undefined): string | number | boolean | undefined {
  const bare = typeof value === 'object' && 'type' in value ? value.value : value
  return typeof bare === 'object' ? undefined : (bare as string | number | boolean | undefined)
}

function readerOf<Item>(table: FieldTable<Item>, name: string) {
  const read = table[name]
  if (!read) throw notFound(`attribute "${name}"`)
  return read
}

function sortItems<Item>(
  items: readonly Item[],
  table: FieldTable<Item>,
  order: Wanted['order'],
): readonly Item[] {
  const readers = order.map(({ name, ascending }) => ({ read: readerOf(table, name), ascending }))
  if (readers.length === 0) return items
  return items.toSorted((one, other) => {
    for (const { read, ascending } of readers) {
      const difference = compare(bareValue(read(one)), bareValue(read(other)))
      if (difference !== 0) return ascending ? difference : -difference
    }
    return 0
  })
}

type Bare = ReturnType<typeof bareValue>

function compare(one: Bare, other: Bare): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  const [left, right] = [String(one ?? ''), String(other ?? '')]
  if (left === right) return 0
  return left < right ? -1 : 1
}
