import { formatDay } from '../../format/day.ts'

/** One field that a change touched. */
export interface FieldChange {
  readonly field: string
  /** Null when there was nothing. */
  readonly before: string | null
  readonly after: string | null
}

/** An action's code in words: `ACCOUNT_MAPPING_CHANGED` reads "Account mapping changed". */
export function describeAction(action: string): string {
  return toSentence(action.toLowerCase().replaceAll(/[._]/g, ' '))
}

/** A subject's name; one that is a day reads like a day. */
export function describeSubject(name: string): string {
  return isDay(name) ? formatDay(name) : name
}

/** The fields in which `before` and `after`, both JSON texts or nothing, differ; nested ones by their path. */
export function listChanges(before: string | null, after: string | null): readonly FieldChange[] {
  const [old, now] = [readFields(before), readFields(after)]
  const fields = new Set([...old.keys(), ...now.keys()])
  return [...fields]
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }))
    .filter((change) => change.before !== change.after)
}

/** Anything that is no JSON is shown whole, under one name. */
function readFields(text: string | null): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  if (text === null) return fields
  try {
    collect(JSON.parse(text), '', fields)
  } catch {
    fields.set('Value', text)
  }
  return fields
}

function collect(value: unknown, path: string, into: Map<string, string>): void {
  if (value === null || value === undefined || value === '') return
  if (typeof value !== 'object' || Array.isArray(value)) {
    into.set(toSentence(path === '' ? 'value' : path), describeValue(value))
    return
  }
  for (const [name, inner] of Object.entries(value)) {
    collect(inner, `${path} ${toWords(name)}`.trim(), into)
  }
}

function describeValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return JSON.stringify(value)
  if (isDay(value)) return formatDay(value)
  return /^[A-Z]+(_[A-Z]+)*$/.test(value) && value.length > 3
    ? value.toLowerCase().replaceAll('_', ' ')
    : value
}

/** `linesInARow` becomes "lines in a row". */
function toWords(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ').toLowerCase()
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text)
}

function toSentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
