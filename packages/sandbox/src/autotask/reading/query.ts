import type { Switches } from '../../switches.ts'
import { Refusal } from '../../world/refusal.ts'
import type { AnyEntity, AnyRow } from '../entities/entity.ts'
import type { Field } from '../entities/fields.ts'
import { conditionOf, type Test } from './conditions.ts'

/** A query, understood. */
export interface Query {
  /** What the caller asked for, or 500. */
  pageSize: number
  /** Fields to answer with; null is all. */
  includeFields: readonly Field<AnyRow>[] | null
  matches: Test
  /** Rows cannot match unless this column has one of these values. */
  narrow: Narrowing | null
  /** Rows up to this id cannot match. */
  afterId: number
}

/** A condition that an index can answer. */
interface Narrowing {
  /** `id`, or the column of an index. */
  column: string
  values: readonly unknown[]
}

const PAGE_LIMIT = 500
const OR_LIMIT = 500

interface Parsing {
  entity: AnyEntity
  switches: Switches
  orConditions: number
  udfConditions: number
}

/** Understands a query body. Key names in any case, as clients spell them both ways. Throws `Refusal` with Autotask's text. */
export function parseQuery(entity: AnyEntity, body: unknown, switches: Switches): Query {
  const model = keysLowered(body)
  const filter = model['filter']
  if (!Array.isArray(filter))
    throw new Refusal('Value does not exist for the required field filter')
  const parsing: Parsing = { entity, switches, orConditions: 0, udfConditions: 0 }
  const parts = filter.map((item) => parseItem(parsing, item)).filter((part) => part !== null)
  if (parsing.orConditions > OR_LIMIT) {
    throw new Refusal("Invalid query syntax. Queries are limited to 500 or fewer 'OR' conditions.")
  }
  return {
    pageSize: parsePageSize(model['maxrecords']),
    includeFields: parseIncluded(entity, model['includefields']),
    matches: (row) => parts.every((part) => part.test(row)),
    narrow: narrowest(parts),
    afterId: Math.max(-1, ...parts.map((part) => part.afterId)),
  }
}

/** A condition understood: its test, and what an index can make of it. */
interface Part {
  test: Test
  narrow: Narrowing | null
  afterId: number
}

/** One condition or group; null is "as if it were not there", which is what happens to operators nobody knows. */
function parseItem(parsing: Parsing, item: unknown): Part | null {
  const node = keysLowered(item)
  const op = typeof node['op'] === 'string' ? node['op'] : ''
  if (op === 'and' || op === 'or') return parseGroup(parsing, op, node['items'])
  const condition = conditionOf(op)
  if (!condition) return null
  if (op === 'in') parsing.orConditions += Array.isArray(node['value']) ? node['value'].length : 1
  if (node['udf'] === true) refuseUdf(parsing)
  const field = findField(parsing.entity, node['field'])
  const test = condition(field, node['value'], parsing.switches)
  return {
    test,
    narrow: narrowingOf(field, op, node['value']),
    afterId: afterIdOf(field, op, node['value']),
  }
}

function parseGroup(parsing: Parsing, op: 'and' | 'or', items: unknown): Part | null {
  const given = Array.isArray(items) ? items : []
  if (op === 'or') parsing.orConditions += given.length
  const parts = given.map((item) => parseItem(parsing, item)).filter((part) => part !== null)
  if (parts.length === 0) return null
  if (op === 'or') {
    return { test: (row) => parts.some((part) => part.test(row)), narrow: null, afterId: -1 }
  }
  return {
    test: (row) => parts.every((part) => part.test(row)),
    narrow: narrowest(parts),
    afterId: Math.max(...parts.map((part) => part.afterId)),
  }
}

function narrowest(parts: readonly Part[]): Narrowing | null {
  const narrowings = parts.map((part) => part.narrow).filter((narrow) => narrow !== null)
  return narrowings.toSorted((one, other) => one.values.length - other.values.length)[0] ?? null
}

function afterIdOf(field: Field<AnyRow>, op: string, value: unknown): number {
  if (field.name !== 'id' || typeof value !== 'number') return -1
  if (op === 'gt') return value
  return op === 'gte' ? value - 1 : -1
}

function narrowingOf(field: Field<AnyRow>, op: string, value: unknown): Narrowing | null {
  const column = field.name === 'id' ? 'id' : field.index
  if (column === null) return null
  if (op === 'eq') return { column, values: [value] }
  return op === 'in' && Array.isArray(value) ? { column, values: value } : null
}

function refuseUdf(parsing: Parsing): void {
  parsing.udfConditions += 1
  if (parsing.udfConditions > 1) {
    throw new Refusal(
      'Invalid query syntax. Queries are limited to one user defined field condition.',
    )
  }
}

/** The field of that name in any case. */
function findField(entity: AnyEntity, name: unknown): Field<AnyRow> {
  const asked = typeof name === 'string' ? name.toLowerCase() : ''
  const found = entity.fields.find((field) => field.name.toLowerCase() === asked)
  if (!found?.isQueryable)
    throw new Refusal(`Unable to find ${String(name)} in the ${entity.name} Entity`)
  return found
}

function parsePageSize(value: unknown): number {
  if (value === undefined || value === null) return PAGE_LIMIT
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new Refusal(unexpectedText(value))
  }
  if (value < 1 || value > PAGE_LIMIT) {
    throw new Refusal('maxCountOfRecordsToReturn must be between 1 and 500')
  }
  return value
}

function parseIncluded(entity: AnyEntity, value: unknown): Field<AnyRow>[] | null {
  if (value === undefined || value === null) return null
  if (!Array.isArray(value)) throw new Refusal(unexpectedText(value))
  return value.length === 0 ? null : value.map((name) => findField(entity, name))
}

/** The server's text for a JSON value of the wrong type. */
export function unexpectedText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return `Unexpected character encountered while parsing value: ${text?.at(0) ?? ''}`
}

/** An object's entries under lower-case keys; anything else is an empty object. */
export function keysLowered(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key.toLowerCase(), entry]))
}
