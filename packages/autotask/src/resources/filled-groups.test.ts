import { describe, expect, test } from 'vitest'
import { inFilledGroups } from './filled-groups.ts'

const pagesOf = (rows: number): number => Math.floor(rows / 500) + 1

/** Contracts numbered from 0, in groups; `rows` says how many rows each has. */
function group(rows: readonly number[], size = 499) {
  const contracts = rows.map((_, contract) => contract)
  const groups = inFilledGroups(contracts, size, (contract) => rows[contract])
  const rowsOf = (one: readonly number[]): number =>
    one.reduce((sum, contract) => sum + (rows[contract] ?? 0), 0)
  return {
    sizes: groups.map((one) => one.length),
    contracts: groups.flat().toSorted((one, other) => one - other),
    pages: groups.reduce((sum, one) => sum + pagesOf(rowsOf(one)), 0),
  }
}

describe('groups of contracts by their rows', () => {
  test.each([1, 2, 3, 4, 5, 6, 7])(
    'take no more pages than all rows fill, for contracts of up to %i lines',
    (most) => {
      const rows = Array.from({ length: 2_400 }, (_, index) => 1 + ((index * 7) % most))
      const { sizes, contracts, pages } = group(rows)
      expect(contracts).toEqual(rows.map((_, contract) => contract))
      expect(Math.max(...sizes)).toBeLessThanOrEqual(499)
      expect(pages).toBe(pagesOf(rows.reduce((sum, one) => sum + one, 0)))
    },
  )

  test('are as large as they may be where no page can be filled', () => {
    const rows = Array.from({ length: 1_000 }, (_, index) => (index % 5 === 0 ? 1 : 0))
    expect(group(rows).sizes).toEqual([499, 499, 2])
  })

  test('keep a contract that has rows for several pages', () => {
    expect(group([3_000, 1, 1, 1], 2).contracts).toEqual([0, 1, 2, 3])
  })

  test('are plain while nothing is known', () => {
    const values = Array.from({ length: 1_000 }, (_, index) => index)
    const groups = inFilledGroups(values, 499, () => undefined)
    expect(groups.map((one) => one.length)).toEqual([499, 499, 2])
  })
})
