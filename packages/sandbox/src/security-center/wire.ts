import { badFormat } from './pxg-error.ts'

/** A value of a type that JSON does not have, or a nested container, as it stands inside containers and arrays. */
export interface Wrapped {
  readonly type: 'long' | 'datetime' | 'date' | 'binary' | 'float' | 'double' | 'params'
  readonly value: unknown
}

/** A value inside a container or an array. */
export type Inner = string | number | boolean | Wrapped | readonly (Inner | null)[]

/** A container's members. */
export type Container = Record<string, Inner>

/** A top-level argument or result: containers stand plain there, longs are numbers, dates are strings. */
export type Outer = string | number | boolean | null | readonly (Inner | null)[] | Container

/** A 64-bit number inside a container: a number, or its decimal digits as text. */
export function long(value: number, form: 'number' | 'text'): Wrapped {
  return { type: 'long', value: form === 'text' ? String(value) : value }
}

/** An instant inside a container: UTC, whole seconds; null becomes an empty string, which means no date. */
export function datetime(instant: string | null): Wrapped {
  return { type: 'datetime', value: instant ?? '' }
}

/** A container inside a container or an array. */
export function params(value: Container): Wrapped {
  return { type: 'params', value }
}

/** The arguments of a call, read by name; whatever is absent or of another type is error 1192. */
export interface Arguments {
  text(name: string): string
  /** A whole number of 32 bits. */
  whole(name: string): number
  /** A list of attribute names. */
  names(name: string): string[]
  /** A list of wrapped containers. */
  containers(name: string): Record<string, unknown>[]
  /** A plain container with its members unwrapped. */
  container(name: string): Record<string, unknown>
  /** An ordering: wrapped {Name, Asc}, or bare names. */
  order(name: string): { name: string; ascending: boolean }[]
}

/** Reads the arguments out of a parsed body. */
export function argumentsOf(body: Record<string, unknown>): Arguments {
  const given = (name: string): unknown => {
    const value = body[name]
    if (value === undefined) throw badFormat(`argument "${name}" is missing`)
    return value
  }
  const list = (name: string): unknown[] => {
    const value = given(name)
    if (!Array.isArray(value)) throw badFormat(`argument "${name}" must be an array`)
    return value
  }
  return {
    text: (name) => asText(given(name), name),
    whole: (name) => {
      const value = given(name)
      if (typeof value !== 'number' || (value | 0) !== value)
        throw badFormat(`argument "${name}" must be an int`)
      return value
    },
    names: (name) => list(name).map((value) => asText(value, name)),
    containers: (name) => list(name).map((value) => asContainer(unwrapParams(value, name), name)),
    container: (name) => {
      const value = given(name)
      if (isWrapped(value))
        throw badFormat(`argument "${name}" is a top-level container: it must stand plain`)
      return asContainer(value, name)
    },
    order: (name) => list(name).map((value) => asOrder(value, name)),
  }
}

function asOrder(value: unknown, name: string): { name: string; ascending: boolean } {
  if (typeof value === 'string') return { name: value, ascending: true }
  const { Name, Asc } = asContainer(unwrapParams(value, name), name)
  if (typeof Name !== 'string' || (Asc !== undefined && typeof Asc !== 'boolean'))
    throw badFormat(`"${name}" must hold containers of Name and Asc`)
  return { name: Name, ascending: Asc ?? true }
}

function asText(value: unknown, name: string): string {
  if (typeof value !== 'string') throw badFormat(`"${name}" must hold text`)
  return value
}

function asContainer(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badFormat(`"${name}" must be a container`)
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [member, unwrap(inner, `${name}.${member}`)]),
  )
}

function unwrapParams(value: unknown, name: string): unknown {
  if (!isWrapped(value) || value.type !== 'params')
    throw badFormat(`"${name}" must hold wrapped containers`)
  return value.value
}

/** A member of a container: null is not allowed there, and a nested container must be wrapped. */
function unwrap(value: unknown, name: string): unknown {
  if (value === null || value === undefined) throw badFormat(`"${name}" must not be null`)
  if (Array.isArray(value)) return value.map((item) => (item === null ? null : unwrap(item, name)))
  if (typeof value !== 'object') return value
  if (!isWrapped(value)) throw badFormat(`"${name}" must be wrapped in type and value`)
  return value.type === 'params' ? asContainer(value.value, name) : value.value
}

const WRAPPED_TYPES = new Set(['long', 'datetime', 'date', 'binary', 'float', 'double', 'params'])

function isWrapped(value: unknown): value is Wrapped {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  if (!('type' in value) || !('value' in value) || Object.keys(value).length !== 2) return false
  return typeof value.type === 'string' && WRAPPED_TYPES.has(value.type)
}
