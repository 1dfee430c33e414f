import type { Switches } from '../../switches.ts'
import type { AnyRow } from '../entities/entity.ts'
import type { Field } from '../entities/fields.ts'

/** Whether a row meets a condition. */
export type Test = (row: AnyRow) => boolean

/** Makes the test of one operator for a field and a value. */
export type Condition = (field: Field<AnyRow>, value: unknown, switches: Switches) => Test

/** Comparable form of a value: text in lower case (the database compares without case), instants in milliseconds. */
type Comparable = string | number | boolean | null

const OPERATORS: Readonly<Record<string, Condition>> = {
  eq: comparing((one, other) => one === other),
  noteq: comparing((one, other) => one !== other),
  gt: comparing((one, other) => one > other),
  gte: comparing((one, other) => one >= other),
  lt: comparing((one, other) => one < other),
  lte: comparing((one, other) => one <= other),
  beginsWith: searching((text, part) => text.startsWith(part)),
  endsWith: searching((text, part) => text.endsWith(part)),
  contains: searching((text, part) => text.includes(part)),
  exist: (field, _value, switches) => (row) => field.read(row, switches) !== null,
  notExist: (field, _value, switches) => (row) => field.read(row, switches) === null,
  in: listed(true),
  notIn: listed(false),
}

/** The operator of exactly this spelling. The real server drops every other one without a word, and so does the parser. */
export function conditionOf(op: string): Condition | undefined {
  return Object.hasOwn(OPERATORS, op) ? OPERATORS[op] : undefined
}

function comparing(
  holds: (one: NonNullable<Comparable>, other: NonNullable<Comparable>) => boolean,
): Condition {
  return (field, value, switches) => {
    const other = given(field, value)
    // A value of the wrong type finds nothing; so does any comparison with a missing value.
    if (other === null) return () => false
    return (row) => {
      const one = stored(field, row, switches)
      return one !== null && holds(one, other)
    }
  }
}

function searching(holds: (text: string, part: string) => boolean): Condition {
  return (field, value, switches) => {
    if (typeof value !== 'string' || field.type !== 'string') return () => false
    const part = value.toLowerCase()
    return (row) => {
      const text = stored(field, row, switches)
      return typeof text === 'string' && holds(text, part)
    }
  }
}

function listed(wanted: boolean): Condition {
  return (field, value, switches) => {
    const list = Array.isArray(value) ? value : [value]
    const members = new Set(list.map((member) => given(field, member)).filter((m) => m !== null))
    return (row) => {
      const one = stored(field, row, switches)
      return one !== null && members.has(one) === wanted
    }
  }
}

function stored(field: Field<AnyRow>, row: AnyRow, switches: Switches): Comparable {
  const value = field.read(row, switches)
  if (typeof value !== 'string') return typeof value === 'object' ? null : value
  return isTime(field) ? Date.parse(value) : value.toLowerCase()
}

function given(field: Field<AnyRow>, value: unknown): Comparable {
  if (isTime(field)) return typeof value === 'string' ? instantOf(value) : null
  if (field.type === 'boolean') return typeof value === 'boolean' ? value : null
  if (field.type === 'string') return typeof value === 'string' ? value.toLowerCase() : null
  return typeof value === 'number' ? value : null
}

/** Times are UTC, with or without a Z. */
function instantOf(text: string): number | null {
  const hasZone = text.length <= 10 || /(?:Z|[+-]\d{2}:?\d{2})$/iu.test(text)
  const instant = Date.parse(hasZone ? text : `${text}Z`)
  return Number.isNaN(instant) ? null : instant
}

function isTime(field: Field<AnyRow>): boolean {
  return field.type === 'datetime' || field.type === 'day'
}
