import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson, writeJson } from './json.ts'

test('64-bit integers keep every digit, in both directions', () => {
  const text = '{"a":9223372036854775807,"b":[-9007199254740993,5],"c":1.5}'
  expect(parseJson(text)).toEqual({ a: 9223372036854775807n, b: [-9007199254740993n, 5], c: 1.5 })
  expect(writeJson(parseJson(text))).toBe(text)
})

test('digits in texts stay texts, and numbers with an exponent stay numbers', () => {
  expect(parseJson('{"serial":"12345678901234567890","big":1e300}')).toEqual({
    serial: '12345678901234567890',
    big: 1e300,
  })
})

test('any integer of 64 bits comes back as it was', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (number) => {
      expect(BigInt(parseJson(writeJson([number]).slice(1, -1)) as number | bigint)).toBe(number)
    }),
  )
})

test('what is not JSON is refused', () => {
  expect(() => parseJson('<html>')).toThrow(SyntaxError)
  expect(() => parseJson('{"PxgRetVal":')).toThrow(SyntaxError)
})
