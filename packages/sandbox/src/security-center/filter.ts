import { bareValue, type FieldTable } from './fields.ts'
import { badFormat, notFound } from './pxg-error.ts'

/** A compiled search filter. */
export type Filter<Item> = (item: Item) => boolean

/** Attributes that can be searched but not asked for. Several values: any of them may match. */
export type SearchTable<Item> = Record<string, (item: Item) => readonly number[]>

interface Reading<Item> {
  text: string
  at: number
  valueOf: (name: string) => (item: Item) => readonly unknown[]
  now: Date
}

type Operand = { kind: 'number'; value: number } | { kind: 'text'; pattern: RegExp; value: string }

const COMPARISON =
  /^\s*(\w+)\s*(?:&\s*(\d+)\s*)?(<=|>=|<>|=|<|>)\s*(T?"[^"]*"|CURTIME\(-?\d+\)|0x[0-9A-Fa-f]+|-?\d+)\s*\)/u

/**
 * Compiles the vendor's search filter, which resembles RFC 2254: `(&(..)(..))`, `(|(..)(..))`, `(!(..))`, comparisons
 * with = <> < > <= >=, a bit test `(ATTR & 4 <> 0)`, text with wildcards, `T"…"` and `CURTIME(-86400)`. An empty filter
 * matches everything. What cannot be read is error 1192, an unknown attribute 1186.
 */
export function compileFilter<Item>(
  text: string,
  given: { fields: FieldTable<Item>; search?: SearchTable<Item>; now: Date },
): Filter<Item> {
  if (text.trim() === '') return () => true
  const valueOf = (name: string) => {
    const search = given.search?.[name]
    if (search) return search
    const field = given.fields[name]
    if (!field) throw notFound(`attribute "${name}"`)
    return (item: Item) => {
      const value = bareValue(field(item))
      return value === undefined ? [] : [value]
    }
  }
  const reading: Reading<Item> = { text, at: 0, valueOf, now: given.now }
  const filter = readGroup(reading)
  skipSpace(reading)
  if (reading.at < text.length) throw badFormat(`filter goes on after its end at ${reading.at}`)
  return filter
}

function readGroup<Item>(reading: Reading<Item>): Filter<Item> {
  expect(reading, '(')
  skipSpace(reading)
  const mark = reading.text[reading.at]
  if (mark !== '&' && mark !== '|' && mark !== '!') return readComparison(reading)
  reading.at += 1
  const parts: Filter<Item>[] = []
  for (skipSpace(reading); reading.text[reading.at] === '('; skipSpace(reading))
    parts.push(readGroup(reading))
  expect(reading, ')')
  const [first] = parts
  if (!first) throw badFormat('filter has an empty group')
  if (mark === '!') return (item) => !first(item)
  return mark === '&'
    ? (item) => parts.every((part) => part(item))
    : (item) => parts.some((part) => part(item))
}

function readComparison<Item>(reading: Reading<Item>): Filter<Item> {
  const match = COMPARISON.exec(reading.text.slice(reading.at))
  if (!match) throw badFormat(`filter cannot be read at ${reading.at}`)
  const [all, name = '', mask, operator = '=', raw = ''] = match
  reading.at += all.length
  const operand = readOperand(raw, reading.now)
  const valuesOf = reading.valueOf(name)
  const masked = mask === undefined ? undefined : Number(mask)
  return (item) =>
    valuesOf(item).some((value) =>
      compares(masked === undefined ? value : Number(value) & masked, operator, operand),
    )
}

function readOperand(raw: string, now: Date): Operand {
  const quoted = /^(T?)"([^"]*)"$/u.exec(raw)
  if (quoted?.[1] === 'T') {
    const instant = Date.parse(`${(quoted[2] ?? '').trim().replace(' ', 'T')}Z`)
    if (Number.isNaN(instant)) throw badFormat(`filter has no time in ${raw}`)
    return { kind: 'number', value: instant }
  }
  if (quoted) {
    const value = quoted[2] ?? ''
    return { kind: 'text', value, pattern: toPattern(value) }
  }
  const relative = /^CURTIME\((-?\d+)\)$/u.exec(raw)
  if (relative) return { kind: 'number', value: now.getTime() + Number(relative[1]) * 1_000 }
  return { kind: 'number', value: Number(raw) }
}

/** `*`, `?`, `[abc]` and `[^abc]` are wildcards; letters match in either case, as in the server's database. */
function toPattern(text: string): RegExp {
  const source = text.replaceAll(/\[\^?[^\]]+\]|[\s\S]/gu, (part) => {
    if (part === '*') return '[\\s\\S]*'
    if (part === '?') return '[\\s\\S]'
    if (part.length > 2 && part.startsWith('[')) return part.replaceAll('\\', '\\\\')
    return part.replaceAll(/[$()*+./?[\\\]^{|}-]/gu, String.raw`\$&`)
  })
  return new RegExp(`^${source}$`, 'iu')
}

function compares(value: unknown, operator: string, operand: Operand): boolean {
  if (operand.kind === 'text') {
    const text = String(value)
    const matches = operand.pattern.test(text)
    if (operator === '=') return matches
    if (operator === '<>') return !matches
    return ordered(operator, text < operand.value ? -1 : Number(text > operand.value))
  }
  return ordered(operator, toNumber(value) - operand.value)
}

function ordered(operator: string, difference: number): boolean {
  switch (operator) {
    case '=':
      return difference === 0
    case '<>':
      return difference !== 0
    case '<':
      return difference < 0
    case '>':
      return difference > 0
    case '<=':
      return difference <= 0
    default:
      return difference >= 0
  }
}

function toNumber(value: unknown): number {
  if (typeof value === 'boolean') return Number(value)
  if (typeof value === 'string' && value.includes('T')) return Date.parse(value)
  return Number(value)
}

function skipSpace<Item>(reading: Reading<Item>): void {
  while (/\s/u.test(reading.text[reading.at] ?? '')) reading.at += 1
}

function expect<Item>(reading: Reading<Item>, character: string): void {
  skipSpace(reading)
  if (reading.text[reading.at] !== character)
    throw badFormat(`filter lacks ${character} at ${reading.at}`)
  reading.at += 1
}
