import type { ConnectionCheck as AutotaskCheck } from '@trueup/autotask'
import { VendorError } from '@trueup/core'
import { readCertificate, type ConnectionCheck as SecurityCenterCheck } from '@trueup/kaspersky'
import type { ProblemFacts } from '../../problems.ts'
import type { AutotaskAccess, Connections, SecurityCenterAccess } from './connections.ts'

/** One thing that was looked at, of either side. */
export interface ConnectionCheck {
  readonly side: 'AUTOTASK' | 'KASPERSKY'
  readonly code: AutotaskCheck['code'] | SecurityCenterCheck['code']
  /** `null` for what nobody can know before the first write. */
  readonly ok: boolean | null
  readonly facts: ProblemFacts
}

/** Which connections are tried; `null` is left out. */
export interface CheckTargets {
  readonly autotask: AutotaskAccess | null
  readonly securityCenter: SecurityCenterAccess | null
}

/** Looks at both sides at once. Changes nothing at either vendor; what went wrong there is a check that is not ok. */
export async function runChecks(
  connections: Connections,
  targets: CheckTargets,
): Promise<readonly ConnectionCheck[]> {
  const sides = await Promise.all([
    testAutotask(connections, targets.autotask),
    testSecurityCenter(connections, targets.securityCenter),
  ])
  return sides.flat()
}

async function testAutotask(
  connections: Connections,
  access: AutotaskAccess | null,
): Promise<readonly ConnectionCheck[]> {
  if (access === null) return []
  const autotask = connections.openAutotask(access)
  try {
    const { checks } = await autotask.testConnection({})
    return checks.map((check) => ({ ...check, side: 'AUTOTASK' }))
  } finally {
    await autotask.close()
  }
}

async function testSecurityCenter(
  connections: Connections,
  access: SecurityCenterAccess | null,
): Promise<readonly ConnectionCheck[]> {
  if (access === null) return []
  const checks = await connections.openSecurityCenter(access).testConnection()
  return Promise.all(
    checks.map(async (check): Promise<ConnectionCheck> => ({
      ...check,
      facts: { ...check.facts, ...(await readSeenCertificate(access.url, check)) },
      side: 'KASPERSKY',
    })),
  )
}

/** Whose certificate is not trusted shows it, so that a person can compare its fingerprint and trust it. */
async function readSeenCertificate(url: string, check: SecurityCenterCheck): Promise<ProblemFacts> {
  if (check.code !== 'KSC_CHECK_CERTIFICATE' || check.ok) return {}
  try {
    const seen = await readCertificate(url)
    return {
      certificateSha256: seen.sha256,
      certificateSubject: seen.subject,
      certificateIssuer: seen.issuer,
      certificateValidTo: seen.validTo,
    }
  } catch (error) {
    // There is nothing to show of a server that cannot be reached; the check itself says that.
    if (error instanceof VendorError) return {}
    throw error
  }
}
