import type { PageOrder } from './page.ts'

/** The two orders by name that every list of named things has. */
export type NameSort = 'NAME_ASC' | 'NAME_DESC'

/** By name; `DESC` is the same backwards. */
export function byName<Row extends { nameSort: string }>(sort: NameSort): PageOrder<Row> {
  return {
    name: sort,
    direction: sort === 'NAME_ASC' ? 'asc' : 'desc',
    path: ['nameSort'],
    read: (row) => row.nameSort,
  }
}
