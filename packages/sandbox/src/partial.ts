import type { z } from 'zod'

/** Parses any part of an object. Members are there or not there, never there and undefined. */
export function parsePartial<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  value: unknown,
): Partial<z.output<z.ZodObject<Shape, z.core.$strict>>> {
  const entries = Object.entries(schema.partial().parse(value))
  const present = entries.filter(([, entry]) => entry !== undefined)
  return Object.fromEntries(present) as Partial<z.output<z.ZodObject<Shape, z.core.$strict>>>
}
