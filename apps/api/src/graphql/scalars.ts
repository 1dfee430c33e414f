import { parseDay, type Day, type DecimalText } from '@trueup/core'
import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql'

const DECIMAL = /^-?\d{1,15}(\.\d{1,10})?$/

/** A calendar day, `YYYY-MM-DD`. */
export const DayScalar = textScalar(
  'Day',
  "A calendar day, `YYYY-MM-DD`, in the integration's time zone.",
  (text): Day => parseDay(text) ?? refuse('a calendar day like 2026-01-31', text),
)

/** An amount of money or a price as decimal text. */
export const DecimalScalar = textScalar(
  'Decimal',
  'An amount of money or a price as decimal text, for example `12.5000`. Never a float.',
  (text): DecimalText =>
    DECIMAL.test(text)
      ? (text as DecimalText)
      : refuse('a decimal number as text like "12.50"', text),
)

/** An instant. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'An instant, ISO 8601 in UTC.',
  serialize: (value) => {
    if (value instanceof Date) return value.toISOString()
    throw new TypeError('DateTime serializes dates only')
  },
  parseValue: (value) => toDate(value),
  parseLiteral: (node) => toDate(readText(node)),
})

function textScalar<T extends string>(
  name: string,
  description: string,
  parse: (text: string) => T,
): GraphQLScalarType<T, string> {
  const parseUnknown = (value: unknown): T =>
    typeof value === 'string' ? parse(value) : refuse('a text', typeof value)
  return new GraphQLScalarType<T, string>({
    name,
    description,
    serialize: (value) => String(value),
    parseValue: parseUnknown,
    parseLiteral: (node) => parseUnknown(readText(node)),
  })
}

function readText(node: ValueNode): unknown {
  return node.kind === Kind.STRING ? node.value : null
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/

function toDate(value: unknown): Date {
  if (typeof value !== 'string' || !INSTANT.test(value))
    return refuse('an instant like 2026-01-31T09:00:00Z', typeof value)
  const date = new Date(value)
  return Number.isNaN(date.getTime()) ? refuse('an instant that exists', value) : date
}

function refuse(expected: string, got: string): never {
  throw new GraphQLError(`Expected ${expected}, got ${got.slice(0, 40)}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  })
}
