import { expect, test } from 'vitest'
import { parseInstant } from './instant.ts'

test.for([
  ['2025-01-31T22:00:00Z', Date.UTC(2025, 0, 31, 22)],
  ['2025-01-31T22:00:00', Date.UTC(2025, 0, 31, 22)],
  ['2025-01-31 22:00:00', Date.UTC(2025, 0, 31, 22)],
  ['2025-01-31T22:00:00.000Z', Date.UTC(2025, 0, 31, 22)],
  ['2025-01-31', Date.UTC(2025, 0, 31)],
  ['2025-13-31T22:00:00Z', null],
  ['31.01.2025', null],
  ['', null],
  [null, null],
  [undefined, null],
] as const)('"%s" is UTC %s', ([text, expected]) => {
  expect(parseInstant(text)).toBe(expected)
})
