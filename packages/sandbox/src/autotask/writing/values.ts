import { dayOf, isDay } from '../../calendar.ts'
import { Refusal } from '../../world/refusal.ts'
import type { AnyEntity, AnyRow } from '../entities/entity.ts'
import type { Field } from '../entities/fields.ts'
import { keysLowered, unexpectedText } from '../reading/query.ts'

/** A body's values by the entity's own field names. Fields that the entity does not know are ignored, as the server does. */
export type Values = Readonly<Record<string, unknown>>

/** Reads a body for an entity; wrong JSON types and picklist values that do not exist are refused. */
export function readValues(entity: AnyEntity, body: unknown): Values {
  const given = keysLowered(body)
  const values: Record<string, unknown> = {}
  for (const field of entity.fields) {
    const value = given[field.name.toLowerCase()]
    if (value === undefined || field.type === 'list') continue
    values[field.name] = value === null ? null : readValue(field, value)
  }
  return values
}

/** Refuses a body that lacks a field which creation needs. */
export function requireFields(values: Values, names: readonly string[]): void {
  for (const name of names) {
    if (values[name] === undefined || values[name] === null || values[name] === '') {
      throw new Refusal(`Value does not exist for the required field ${name}`)
    }
  }
}

/** The number under a name, or null. */
export function numberOf(values: Values, name: string): number | null {
  const value = values[name]
  return typeof value === 'number' ? value : null
}

/** The text under a name, or null. */
export function textOf(values: Values, name: string): string | null {
  const value = values[name]
  return typeof value === 'string' ? value : null
}

function readValue(field: Field<AnyRow>, value: unknown): unknown {
  if (field.type === 'string') return typeof value === 'string' ? value : refuse(value)
  if (field.type === 'boolean') return typeof value === 'boolean' ? value : refuse(value)
  if (field.type === 'day' || field.type === 'datetime') return readTime(field, value)
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || Number.isNaN(number)) return refuse(value)
  const isWhole = field.type === 'integer' || field.type === 'long'
  if (isWhole && !Number.isInteger(number)) return refuse(value)
  if (field.picklist && !field.picklist.some((choice) => choice.value === number)) {
    throw new Refusal(`Picklist value [${number}] does not exist for ${field.name}`)
  }
  return number
}

/** Date-only fields keep the day of whatever is sent; a time with a zone is taken at its UTC day. */
function readTime(field: Field<AnyRow>, value: unknown): string {
  if (typeof value !== 'string') return refuse(value)
  if (isDay(value)) return field.type === 'day' ? value : `${value}T00:00:00Z`
  const instant = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/iu.test(value) ? value : `${value}Z`)
  if (Number.isNaN(instant)) return refuse(value)
  return field.type === 'day' ? dayOf(instant) : new Date(instant).toISOString()
}

function refuse(value: unknown): never {
  throw new Refusal(unexpectedText(value))
}
