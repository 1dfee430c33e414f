import { z } from 'zod'
import { parseInstant } from '../protocol/instant.ts'

/** The members of one row. Those that were asked for may be absent; that means "unknown" and never zero. */
export type Fields = Readonly<Record<string, unknown>>

/**
 * The form of a row. Its members are read by the functions below and not by a schema each: a large server has
 * hundreds of thousands of rows, and a schema for each member makes five times as much garbage as the row.
 */
export function rowOf<T>(read: (fields: Fields) => T): z.ZodType<T> {
  return z.unknown().transform((value, context): T => {
    try {
      if (typeof value !== 'object' || value === null) throw new FieldError('row', 'object')
      return read(value as Fields)
    } catch (error) {
      if (!(error instanceof FieldError)) throw error
      context.addIssue({ code: 'custom', message: error.message, path: [error.field] })
      return z.NEVER
    }
  })
}

/** A text that has to be there. */
export function requiredText(fields: Fields, field: string): string {
  const value = fields[field]
  if (typeof value !== 'string' || value === '') throw new FieldError(field, 'text')
  return value
}

/** A 32-bit integer that has to be there. */
export function requiredInteger(fields: Fields, field: string): number {
  const value = integer(fields, field)
  if (value === null) throw new FieldError(field, 'integer')
  return value
}

/** A text with something in it, or `null`. */
export function text(fields: Fields, field: string): string | null {
  const value = fields[field] ?? null
  if (value === null) return null
  if (typeof value !== 'string') throw new FieldError(field, 'text')
  return value.trim() === '' ? null : value
}

/** A 32-bit integer, or `null`. */
export function integer(fields: Fields, field: string): number | null {
  const value = fields[field] ?? null
  if (value === null) return null
  if (!Number.isSafeInteger(value)) throw new FieldError(field, 'integer')
  return value as number
}

/** True, false, or `null`. The attribute tables call some of these numbers and others bool. */
export function flag(fields: Fields, field: string): boolean | null {
  const value = fields[field]
  return typeof value === 'boolean' ? value : toFlag(integer(fields, field))
}

/** An instant in milliseconds since the epoch, or `null`. */
export function instant(fields: Fields, field: string): number | null {
  return parseInstant(text(fields, field))
}

/** The id of a group, which some calls give as text, or `null`. */
export function groupId(fields: Fields, field: string): number | null {
  const value = fields[field]
  if (typeof value !== 'string') return integer(fields, field)
  return /^\d{1,9}$/.test(value) ? Number(value) : null
}

/** A member that is not what the reference says; becomes an answer that is not understood. */
class FieldError extends Error {
  override readonly name = 'FieldError'
  readonly field: string

  constructor(field: string, expected: string) {
    super(`expected ${expected}`)
    this.field = field
  }
}

function toFlag(value: number | null): boolean | null {
  return value === null ? null : value !== 0
}
