import type { CheckPartsFragment } from '../../gql/graphql.ts'

/** The certificate that a failed check saw and that a person could trust; null when there is none. */
export function findUntrusted(checks: readonly CheckPartsFragment[]): string | null {
  const facts = checks.filter(({ ok }) => !ok).flatMap((check) => check.facts)
  return facts.find(({ name }) => name === 'certificateSha256')?.value ?? null
}

/** Pairs of digits with colons, as certificate windows show them: easier to compare by eye. */
export function formatFingerprint(sha256: string): string {
  return (sha256.replaceAll(/[^0-9a-f]/gi, '').match(/../g) ?? []).join(':').toUpperCase()
}
