/** Rows in ascending id order with look-ups by id and by chosen columns. Indexed columns never change. */
export interface Table<Row extends { id: number }> {
  readonly size: number
  /** All rows by ascending id. */
  all(): readonly Row[]
  get(id: number): Row | undefined
  /** Rows whose column has this value, by ascending id. */
  by(column: keyof Row & string, value: unknown): readonly Row[]
  hasIndex(column: string): boolean
  /** Adds a row under the next free id. */
  add(row: Omit<Row, 'id'>): Row
  /** Adds a row under its own id, which must be above all others. */
  insert(row: Row): Row
  remove(id: number): void
}

/** An empty table whose first free id is `firstId`. */
export function createTable<Row extends { id: number }>(
  firstId: number,
  indexed: readonly (keyof Row & string)[] = [],
): Table<Row> {
  const rows: Row[] = []
  const byId = new Map<number, Row>()
  const indexes = new Map(indexed.map((column) => [column as string, new Map<unknown, Row[]>()]))
  let nextId = firstId

  function insert(row: Row): Row {
    const last = rows.at(-1)
    if (last && last.id >= row.id) throw new RangeError(`id ${row.id} is not above ${last.id}`)
    rows.push(row)
    byId.set(row.id, row)
    for (const [column, index] of indexes) {
      const value = row[column as keyof Row]
      const found = index.get(value)
      if (found) found.push(row)
      else index.set(value, [row])
    }
    nextId = Math.max(nextId, row.id + 1)
    return row
  }

  function remove(id: number): void {
    const row = byId.get(id)
    if (!row) return
    byId.delete(id)
    rows.splice(positionAfter(rows, id) - 1, 1)
    for (const [column, index] of indexes) {
      const found = index.get(row[column as keyof Row])
      found?.splice(found.indexOf(row), 1)
    }
  }

  return {
    get size() {
      return rows.length
    },
    all: () => rows,
    get: (id) => byId.get(id),
    by: (column, value) => indexes.get(column)?.get(value) ?? [],
    hasIndex: (column) => indexes.has(column),
    add: (row) => insert({ id: nextId, ...row } as Row),
    insert,
    remove,
  }
}

/** Where the first row with an id above `id` stands. */
export function positionAfter(rows: readonly { id: number }[], id: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle]?.id ?? Infinity) <= id) low = middle + 1
    else high = middle
  }
  return low
}
