import { SEALED_FIELDS } from '../connection/connections.ts'
import type { IntegrationRow } from './integration.entity.ts'

/** Columns that say nothing to people. */
const LEFT_OUT = new Set<string>([
  ...SEALED_FIELDS,
  'id',
  'version',
  'nameKey',
  'createdAt',
  'directoryReadAt',
  'autotaskWebUrl',
])

/** Settings for the activity log. Secrets are left out whole: not even their sealed form is in there. */
export function describeSettings(row: IntegrationRow): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !LEFT_OUT.has(name)))
}

/** Only what differs, on both sides. */
export function describeChange(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const names = Object.keys(after).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  )
  const pick = (from: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(names.map((name) => [name, from[name]]))
  return { before: pick(before), after: pick(after) }
}
