import type { CountingBasis } from '../../gql/graphql.ts'
import type { CountingRule } from './service-draft.ts'

/** Choices of the number that counts. */
export const bases: readonly { readonly value: CountingBasis; readonly label: string }[] = [
  { value: 'CURRENT', label: 'Newest reading' },
  { value: 'PEAK', label: 'Peak of the period' },
  { value: 'AVERAGE', label: 'Average of the period' },
]

/** A rule in a few words: "Peak of the period, 5 free, at least 10". */
export function describeRule({ basis, includedUnits, minimumUnits }: CountingRule): string {
  const name = bases.find(({ value }) => value === basis)?.label ?? basis
  return [
    name,
    ...(includedUnits > 0 ? [`${includedUnits} free`] : []),
    ...(minimumUnits > 0 ? [`at least ${minimumUnits}`] : []),
  ].join(', ')
}

/** The most units a field takes; more is a slip of the finger. */
const mostUnits = 1_000_000

/** What somebody typed as whole units; nothing, and what is no number, is none. */
export function parseUnits(text: unknown): number {
  const units = Math.trunc(Number(text))
  return Number.isFinite(units) ? Math.min(Math.max(units, 0), mostUnits) : 0
}
