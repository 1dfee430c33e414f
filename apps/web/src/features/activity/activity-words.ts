/** One field that a change touched. */
export interface FieldChange {
  readonly field: string
  readonly before: string
  readonly after: string
}

/** An action's code in words: `ACCOUNT_MAPPING_CHANGED` reads "Account mapping changed". */
export function describeAction(action: string): string {
  const words = action.toLowerCase().replaceAll(/[._]/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The fields in which `before` and `after`, both JSON texts or nothing, differ. */
export function listChanges(before: string | null, after: string | null): readonly FieldChange[] {
  const [old, now] = [parseRecord(before), parseRecord(after)]
  const fields = new Set([...Object.keys(old), ...Object.keys(now)])
  return [...fields]
    .filter((field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]))
    .map((field) => ({
      field: describeField(field),
      before: describeValue(old[field]),
      after: describeValue(now[field]),
    }))
}

/** Anything that is no JSON object is shown whole, under one name. */
function parseRecord(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {}
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
    return { value }
  } catch {
    return { value: text }
  }
}

function describeField(field: string): string {
  const words = field.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function describeValue(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return typeof value === 'string' || typeof value === 'number'
    ? String(value)
    : JSON.stringify(value)
}
