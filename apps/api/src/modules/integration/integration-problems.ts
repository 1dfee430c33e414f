import type { Subject, VendorError } from '@trueup/core'
import { toProblem, type Problem } from '../../problems.ts'
import type { IntegrationRow } from './integration.entity.ts'

/** The integration, as the subject of a problem, a finding or an activity. */
export function integrationSubject({ id, name }: Pick<IntegrationRow, 'id' | 'name'>): Subject {
  return { kind: 'INTEGRATION', id, name }
}

/** There is no integration of that id. */
export function integrationNotFound(id: string): Problem {
  return toProblem('INTEGRATION_NOT_FOUND', integrationSubject({ id, name: id }))
}

/** A vendor did not do what was asked of it. */
export function vendorFailed(integration: IntegrationRow, error: VendorError): Problem {
  const { vendor, operation, code, message, facts } = error
  return toProblem('VENDOR_FAILED', integrationSubject(integration), {
    vendor,
    operation,
    code,
    status: error.status,
    message,
    ...facts,
  })
}
