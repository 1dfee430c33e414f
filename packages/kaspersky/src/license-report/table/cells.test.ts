import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDayCell, parseQuantity } from './cells.ts'

const UNREADABLE = 'REPORT_NUMBER_UNREADABLE'
const AMBIGUOUS = 'REPORT_NUMBER_AMBIGUOUS'

function quantity(text: string | number, mark: '.' | ','): number | string {
  const parsed = parseQuantity(text, mark)
  return 'value' in parsed ? parsed.value : parsed.code
}

test.for<[text: string | number, withComma: number | string, withPoint: number | string]>([
  ['0', 0, 0],
  ['42', 42, 42],
  [' 42 ', 42, 42],
  [42, 42, 42],
  ['12,00', 12, UNREADABLE],
  ['12.00', UNREADABLE, 12],
  ['12,0', 12, UNREADABLE],
  ['1.234', 1_234, AMBIGUOUS],
  ['1,234', AMBIGUOUS, 1_234],
  ['1,000', AMBIGUOUS, 1_000],
  ['1.234,00', 1_234, UNREADABLE],
  ['1,234.00', UNREADABLE, 1_234],
  ['1.234.567', 1_234_567, UNREADABLE],
  ['1 234', 1_234, 1_234],
  ['1\u00A0234', 1_234, 1_234],
  ['1\u202F234,00', 1_234, UNREADABLE],
  ["1'234", 1_234, 1_234],
  ['1234,000', 1_234, UNREADABLE],
  ['12,5', UNREADABLE, UNREADABLE],
  ['12.34', UNREADABLE, UNREADABLE],
  ['1.23', UNREADABLE, UNREADABLE],
  ['-1', UNREADABLE, UNREADABLE],
  [-1, UNREADABLE, UNREADABLE],
  [1.5, UNREADABLE, UNREADABLE],
  [Number.NaN, UNREADABLE, UNREADABLE],
  [1e12, UNREADABLE, UNREADABLE],
  ['1e3', UNREADABLE, UNREADABLE],
  ['twelve', UNREADABLE, UNREADABLE],
  ['12 devices', UNREADABLE, UNREADABLE],
  ['1.2.3', UNREADABLE, UNREADABLE],
  ['', UNREADABLE, UNREADABLE],
])('"%s" is %s with a decimal comma and %s with a decimal point', ([text, comma, point]) => {
  expect(quantity(text, ',')).toBe(comma)
  expect(quantity(text, '.')).toBe(point)
})

test('a number written in one way is never read as another number in the other way', () => {
  const written = fc.record({
    number: fc.integer({ min: 0, max: 9_999_999 }),
    mark: fc.constantFrom('.', ','),
    grouped: fc.boolean(),
    decimals: fc.boolean(),
  })
  fc.assert(
    fc.property(written, ({ number, mark, grouped, decimals }) => {
      const group = mark === ',' ? '.' : ','
      const whole = grouped
        ? String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, group)
        : String(number)
      const text = decimals ? `${whole}${mark}00` : whole
      expect(quantity(text, mark as '.' | ',')).toBe(number)
      const otherwise = quantity(text, group)
      expect(typeof otherwise === 'string' || otherwise === number).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})

test.for([
  ['31.01.2026', 'DMY', '2026-01-31'],
  ['31/1/2026', 'DMY', '2026-01-31'],
  ['31-01-26', 'DMY', '2026-01-31'],
  ['31. 1. 2026', 'DMY', '2026-01-31'],
  ['31.01.2026.', 'DMY', '2026-01-31'],
  ['31.01.2026 23:59', 'DMY', '2026-01-31'],
  ['1/31/2026', 'MDY', '2026-01-31'],
  ['1/31/2026, 5:00 PM', 'MDY', '2026-01-31'],
  ['31/01/2026', 'MDY', null],
  ['1/31/2026', 'DMY', null],
  ['2026-01-31', 'DMY', '2026-01-31'],
  ['2026-01-31T22:00:00Z', 'MDY', '2026-01-31'],
  ['2026/01/31', 'YMD', '2026-01-31'],
  ['31.01.2026', 'YMD', null],
  ['29.02.2026', 'DMY', null],
  ['29.02.2028', 'DMY', '2028-02-29'],
  ['46053', 'DMY', null],
  ['soon', 'DMY', null],
] as const)('"%s" in the order %s is %s', ([text, order, expected]) => {
  const parsed = parseDayCell(text, order)
  expect('value' in parsed ? parsed.value : null).toBe(expected)
})

test('a cell that the file says is a day is that day, and a bare number is none', () => {
  expect(parseDayCell({ day: '2026-01-31' as never }, 'MDY')).toEqual({ value: '2026-01-31' })
  expect(parseDayCell(46_053, 'DMY')).toEqual({ code: 'REPORT_DAY_UNREADABLE' })
})
