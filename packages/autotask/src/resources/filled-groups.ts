import { inGroups, PAGE_ROWS } from '../http/query.ts'

/** How many rows each contract had when it was last read, by kind. It only saves calls: a wrong number costs a page. */
export interface RowMemory {
  readonly lines: Map<number, number>
  readonly units: Map<number, number>
}

/** Nothing was read yet. */
export function createRowMemory(): RowMemory {
  return { lines: new Map(), units: new Map() }
}

/** Remembers how many rows each contract has now. */
export function rememberRows(
  known: Map<number, number>,
  contracts: readonly number[],
  rows: readonly { readonly contractID: number }[],
): void {
  for (const contract of contracts) known.set(contract, 0)
  for (const { contractID } of rows) known.set(contractID, (known.get(contractID) ?? 0) + 1)
}

/**
 * `values`, each different, in groups of at most `size`, so that the rows of a group fill its pages but for one row: a page that is not
 * full is a call half used, and one that is exactly full costs a closing one. Where nothing is known of the rows, groups are
 * as large as they may be.
 */
export function inFilledGroups<T>(
  values: readonly T[],
  size: number,
  rowsOf: (value: T) => number | undefined,
): readonly (readonly T[])[] {
  if (!values.some((value) => (rowsOf(value) ?? 0) > 0)) return inGroups(values, size)
  const groups: (readonly T[])[] = []
  let rest = [...values]
  while (rest.length > 0) {
    const group = fillGroup(rest, size, (value) => rowsOf(value) ?? 1)
    groups.push(group)
    const taken = new Set(group)
    rest = rest.filter((value) => !taken.has(value))
  }
  return groups
}

function fillGroup<T>(
  rest: readonly T[],
  size: number,
  rowsOf: (value: T) => number,
): readonly T[] {
  const largest = rest.slice(0, size)
  const rows = largest.reduce((sum, value) => sum + rowsOf(value), 0)
  const fullPages = Math.floor((rows + 1) / PAGE_ROWS)
  if (largest.length === rest.length || fullPages === 0) return largest
  let room = fullPages * PAGE_ROWS - 1
  const group: T[] = []
  // One pass in order; whoever does not fit any more leaves its place to a smaller one behind it.
  for (const value of rest) {
    if (group.length === size || room === 0) break
    if (rowsOf(value) > room) continue
    group.push(value)
    room -= rowsOf(value)
  }
  return group.length === 0 ? largest : group
}
