/** What JSON text becomes: plain values, with integers beyond 2^53 as `bigint`. */
export type JsonValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | JsonValue[]
  | { [name: string]: JsonValue }

/** A run of 16 digits may be an integer that a double cannot hold; in ids and totals a lost digit is a wrong answer. */
const LONG_INTEGER = /\d{16}/
const INTEGER = /^-?\d+$/

// The reviver's third argument and rawJSON are part of the platform (V8 11.4) but not of the es2023 types.
type Reviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown
const parse = JSON.parse as (text: string, reviver?: Reviver) => JsonValue
const { rawJSON } = JSON as unknown as { rawJSON(this: void, text: string): unknown }

/**
 * Parses JSON without losing digits of 64-bit integers. Throws `SyntaxError` as `JSON.parse` does.
 * The reviver is only paid for when the text holds a long run of digits at all.
 */
export function parseJson(text: string): JsonValue {
  return LONG_INTEGER.test(text) ? parse(text, keepDigits) : parse(text)
}

/** Writes JSON with every `bigint` as a plain number. */
export function writeJson(value: JsonValue): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'bigint' ? rawJSON(member.toString()) : member,
  )
}

const keepDigits: Reviver = (_key, value, { source }) => {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  return source !== undefined && INTEGER.test(source) ? BigInt(source) : value
}
