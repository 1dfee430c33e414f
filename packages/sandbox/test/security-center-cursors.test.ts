import { expect, it } from 'vitest'
import { createCursors } from '../src/security-center/cursors.ts'

const rows = { count: 1, page: () => [{ KLLIC_SERIAL: 'A' }] }

it('a result set lives as many seconds as it was opened for, and no longer', () => {
  let elapsedMs = 0
  const cursors = createCursors(() => elapsedMs)
  const id = cursors.open('iterator', rows, 60)
  elapsedMs = 59_999
  expect(cursors.read('iterator', id, null).rows.count).toBe(1)
  elapsedMs = 60_000
  expect(() => cursors.read('iterator', id, null)).toThrow('Object was not found')
})

it('a result set is read only by the class that opened it', () => {
  const cursors = createCursors(() => 0)
  const id = cursors.open('accessor', rows, 60)
  expect(() => cursors.read('iterator', id, null)).toThrow('Object was not found')
  expect(cursors.read('accessor', id, null).rows.count).toBe(1)
})
