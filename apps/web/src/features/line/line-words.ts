import type { OpenLinePartsFragment } from '../../gql/graphql.ts'

const reasons: Readonly<Record<NonNullable<OpenLinePartsFragment['unfedBecause']>, string>> = {
  TENANT_GONE: 'The customer is no longer listed by Kaspersky.',
  UNMAPPED: 'The customer has no Autotask account any more.',
  BILLING_OFF: 'Billing of the customer is switched off.',
  ANOTHER_CONTRACT: 'Another contract is chosen for the customer.',
  SERVICE_UNMAPPED: 'No application is mapped to the service any more.',
}

/** Why a line stands on the page, in one sentence. */
export function describeLine({ ownership, unfedBecause }: OpenLinePartsFragment): string {
  if (unfedBecause !== null) return reasons[unfedBecause]
  return ownership === 'STOPPED' ? 'Somebody stopped it: runs leave it alone.' : ''
}

/** True for lines that go back to what they carried before Trueup when somebody says so. */
export function canRelease({ units, baselineUnits }: OpenLinePartsFragment): boolean {
  return units === null || units > Math.max(0, baselineUnits)
}

/** A line's name among all lines. */
export function lineKey({ contract, service }: OpenLinePartsFragment): string {
  return `${contract.id}/${service.id}`
}
