import { z } from 'zod'
import { parseInstant } from '../protocol/instant.ts'

// A field that was asked for may be absent from a row; that means "unknown" and never zero. It becomes `null`.

/** A text, or `null`. */
export const text = z.string().nullish().transform(orNull)
/** A text with something in it, or `null`. */
export const name = z
  .string()
  .nullish()
  .transform((value) => (value?.trim() ? value : null))
/** A 32-bit integer, or `null`. */
export const integer = z.int().nullish().transform(orNull)
/** True, false, or `null`. The attribute tables call some of these numbers and others bool. */
export const flag = z
  .union([z.boolean(), z.int()])
  .nullish()
  .transform((value) => (typeof value === 'number' ? value !== 0 : (value ?? null)))
/** An instant in milliseconds since the epoch, or `null`. */
export const instant = z.string().nullish().transform(parseInstant)
/** A group id, which some calls give as text, or `null`. */
export const groupId = z
  .union([z.int(), z.string()])
  .nullish()
  .transform((value) => {
    if (typeof value !== 'string') return value ?? null
    return /^\d{1,9}$/.test(value) ? Number(value) : null
  })

function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null
}
