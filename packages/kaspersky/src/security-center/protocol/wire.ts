import { invariant } from '@trueup/core'
import type { JsonValue } from './json.ts'

/**
 * How Kaspersky Security Center writes values (KSC Open API reference, "Data types"; KSCAPI/13/a00390, a00397).
 *
 * Inside a container or an array, everything JSON has no word for is wrapped: `{"type":"long","value":5}`.
 * As an argument or result of a call, the same value stands plain; a container is then a plain object whose
 * members are still wrapped.
 */
export type WireValue =
  | string
  | boolean
  | number
  | null
  | WrappedValue
  | readonly WireValue[]
  | WireContainer

/** Named values: Kaspersky's `params`. `null` is not allowed inside. */
export interface WireContainer {
  readonly [name: string]: WireValue
}

/** A value that JSON alone cannot tell from another type. Made by the functions below. */
export interface WrappedValue {
  readonly [KIND]: 'long' | 'datetime' | 'date' | 'binary' | 'double'
  readonly value: string | number | bigint
}

const KIND = Symbol('kind of wrapped value')
const WRAPPER_TYPES: ReadonlySet<string> = new Set([
  'long',
  'datetime',
  'date',
  'binary',
  'float',
  'double',
  'params',
])
const MAX_DEPTH = 64
const MAX_INT = 2 ** 31 - 1
const MIN_INT = -(2 ** 31)

/** A 64-bit integer. */
export const long = (value: number | bigint): WrappedValue => ({ [KIND]: 'long', value })
/** An instant in UTC, whole seconds: `2025-01-31T22:00:00Z`; empty for no date. */
export const dateTime = (value: string): WrappedValue => ({ [KIND]: 'datetime', value })
/** A calendar day: `2025-01-31`; empty for no date. */
export const date = (value: string): WrappedValue => ({ [KIND]: 'date', value })
/** Bytes, base64. */
export const binary = (value: string): WrappedValue => ({ [KIND]: 'binary', value })
/** A floating-point number. */
export const double = (value: number): WrappedValue => ({ [KIND]: 'double', value })

/** The body of a call: its named arguments. Integers beyond 32 bits have to be said to be `long`. */
export function encodeArguments(values: WireContainer): JsonValue {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, encodeArgument(value)]),
  )
}

/** An answer with every wrapper removed, at any depth. A date without a value becomes `null`. */
export function decodeAnswer(answer: JsonValue): JsonValue {
  return decodeAt(answer, 0)
}

function encodeArgument(value: WireValue): JsonValue {
  if (isWrapped(value)) return value.value
  if (isContainer(value)) return encodeMembers(value)
  return encodeMember(value)
}

function encodeMember(value: WireValue): JsonValue {
  if (typeof value === 'number') {
    const isInt = Number.isInteger(value) && value >= MIN_INT && value <= MAX_INT
    invariant(isInt, 'a number beyond int has to be sent as long or double', { value })
    return value
  }
  if (isWrapped(value)) return { type: value[KIND], value: value.value }
  if (isContainer(value)) return { type: 'params', value: encodeMembers(value) }
  if (isList(value)) return value.map(encodeMember)
  return value
}

function encodeMembers(container: WireContainer): { [name: string]: JsonValue } {
  return Object.fromEntries(
    Object.entries(container).map(([name, value]) => {
      invariant(value !== null, 'null is not allowed inside params', { name })
      return [name, encodeMember(value)]
    }),
  )
}

function decodeAt(value: JsonValue, depth: number): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  if (depth > MAX_DEPTH) throw new RangeError('answer is nested too deeply')
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      value[index] = decodeAt(value[index] as JsonValue, depth + 1)
    }
    return value
  }
  const names = Object.keys(value)
  const inner = names.length === 2 ? unwrap(value) : undefined
  if (inner !== undefined) return decodeAt(inner, depth + 1)
  // In place: an own member named __proto__ stays a member, and large pages are not copied.
  for (const name of names) value[name] = decodeAt(value[name] as JsonValue, depth + 1)
  return value
}

/** The value inside a wrapper; `undefined` when the object is none. */
function unwrap(object: { [name: string]: JsonValue }): JsonValue | undefined {
  const { type, value } = object
  if (typeof type !== 'string' || value === undefined || !WRAPPER_TYPES.has(type)) return undefined
  if (type === 'long') return toLong(value)
  if (typeof value === 'bigint' && type !== 'params') return Number(value)
  if ((type === 'datetime' || type === 'date') && value === '') return null
  return value
}

/** A comment in Kaspersky's own wrapper shows longs written as decimal text; both are read. */
function toLong(value: JsonValue): JsonValue {
  if (typeof value !== 'string' || !/^-?\d{1,20}$/.test(value)) return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : BigInt(value)
}

function isWrapped(value: WireValue): value is WrappedValue {
  return typeof value === 'object' && value !== null && KIND in value
}

function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value)
}

function isContainer(value: WireValue): value is WireContainer {
  return typeof value === 'object' && value !== null && !isList(value) && !isWrapped(value)
}
