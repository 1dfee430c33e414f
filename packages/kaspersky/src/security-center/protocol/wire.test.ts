import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson, writeJson } from './json.ts'
import type { WireValue } from './wire.ts'
import { binary, date, dateTime, decodeAnswer, double, encodeArguments, long } from './wire.ts'

test('a container as an argument is plain, and its members are wrapped', () => {
  const body = encodeArguments({
    pInData: { KLLIC_SERIAL: '1AAA', limit: long(5_000_000_000) },
    lTimeoutSec: 900,
  })
  expect(body).toEqual({
    pInData: { KLLIC_SERIAL: '1AAA', limit: { type: 'long', value: 5_000_000_000 } },
    lTimeoutSec: 900,
  })
})

test('containers in lists and in containers are wrapped', () => {
  expect(encodeArguments({ order: [{ Name: 'a', Asc: true }], p: { q: { r: 1 } } })).toEqual({
    order: [{ type: 'params', value: { Name: 'a', Asc: true } }],
    p: { q: { type: 'params', value: { r: 1 } } },
  })
})

test('typed values stand plain as an argument and wrapped in a container', () => {
  const values = {
    l: long(2n ** 62n),
    t: dateTime('2025-01-31T22:00:00Z'),
    d: date('2025-01-31'),
    b: binary('AAECAw=='),
    f: double(1.5),
  }
  expect(encodeArguments(values)).toEqual({
    l: 2n ** 62n,
    t: '2025-01-31T22:00:00Z',
    d: '2025-01-31',
    b: 'AAECAw==',
    f: 1.5,
  })
  expect(encodeArguments({ inside: values })).toEqual({
    inside: {
      l: { type: 'long', value: 2n ** 62n },
      t: { type: 'datetime', value: '2025-01-31T22:00:00Z' },
      d: { type: 'date', value: '2025-01-31' },
      b: { type: 'binary', value: 'AAECAw==' },
      f: { type: 'double', value: 1.5 },
    },
  })
})

test('a number beyond 32 bits is never sent as int, and null never inside a container', () => {
  expect(() => encodeArguments({ n: 2 ** 31 })).toThrow('long')
  expect(() => encodeArguments({ p: { n: 1.5 } })).toThrow('double')
  expect(() => encodeArguments({ p: { n: null } })).toThrow('null')
  expect(encodeArguments({ n: null, list: [null] })).toEqual({ n: null, list: [null] })
})

test('answers are unwrapped at any depth', () => {
  const answer = {
    PxgRetVal: [
      {
        type: 'params',
        value: {
          id: 7,
          size: { type: 'long', value: 5_000_000_000 },
          text: { type: 'long', value: '9007199254740993' },
          ends: { type: 'datetime', value: '2025-01-31T22:00:00Z' },
          never: { type: 'datetime', value: '' },
          nested: { type: 'params', value: { list: [{ type: 'float', value: 0.5 }, null] } },
        },
      },
    ],
  }
  expect(decodeAnswer(answer)).toEqual({
    PxgRetVal: [
      {
        id: 7,
        size: 5_000_000_000,
        text: 9007199254740993n,
        ends: '2025-01-31T22:00:00Z',
        never: null,
        nested: { list: [0.5, null] },
      },
    ],
  })
})

test('an object that only looks like a wrapper stays what it is', () => {
  const plain = [
    { type: 'server', value: 1 },
    { type: 'long' },
    { type: 'long', value: 1, more: 2 },
  ]
  expect(decodeAnswer(structuredClone(plain))).toEqual(plain)
})

test('an answer cannot reach the prototype of objects', () => {
  const answer = decodeAnswer(parseJson('{"__proto__":{"type":"params","value":{"isAdmin":true}}}'))
  expect(Object.getPrototypeOf(answer)).toBe(Object.prototype)
  expect('isAdmin' in {}).toBe(false)
})

test('an answer nested without end is refused and not followed', () => {
  const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`
  expect(() => decodeAnswer(parseJson(deep))).toThrow(RangeError)
})

const { value } = fc.letrec<{ value: WireValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.string(),
    fc.boolean(),
    fc.integer(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(long),
    fc.date({ noInvalidDate: true }).map((day) => dateTime(day.toISOString())),
    // JSON knows no negative zero.
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => double(number + 0)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
  ),
}))

test('whatever is wrapped is unwrapped to the same value', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value), (values) => {
      const sent = writeJson(encodeArguments({ sent: values }))
      expect(decodeAnswer(parseJson(sent))).toEqual({ sent: plain(values) })
    }),
  )
})

/** The value without its kinds, as the other side understands it. */
function plain(given: WireValue): unknown {
  if (Array.isArray(given)) return given.map((item) => plain(item as WireValue))
  if (typeof given !== 'object' || given === null) return given
  const kinds = Object.getOwnPropertySymbols(given)
  if (kinds.length === 0) {
    return Object.fromEntries(
      Object.entries(given).map(([name, member]) => [name, plain(member as WireValue)]),
    )
  }
  const inner = (given as { value: unknown }).value
  return typeof inner === 'bigint' && Number.isSafeInteger(Number(inner)) ? Number(inner) : inner
}
