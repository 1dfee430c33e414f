import type { ConnectionCheck as AutotaskCheck } from '@trueup/autotask'
import { VendorError } from '@trueup/core'
import { readCertificate, type ConnectionCheck as SecurityCenterCheck } from '@trueup/kaspersky'
import type { Services } from '../../context.ts'
import { fieldSubject, toProblem, type Problem, type ProblemFacts } from '../../problems.ts'
import { checkAutotask, checkSecurityCenter } from './check-connections.ts'
import type { AutotaskAccess, SecurityCenterAccess } from './connections.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'
import type {
  AutotaskConnectionInput,
  SecurityCenterConnectionInput,
  TestIntegrationInput,
} from '../integration/integration.input.ts'
import { integrationNotFound } from '../integration/update-integration.ts'

/** One thing that was looked at, of either side. */
export interface ConnectionCheck {
  readonly side: 'AUTOTASK' | 'KASPERSKY'
  readonly code: AutotaskCheck['code'] | SecurityCenterCheck['code']
  /** `null` for what nobody can know before the first write. */
  readonly ok: boolean | null
  readonly facts: ProblemFacts
}

/** What a connection test found, or why nothing could be tested. */
export interface ConnectionTestOutcome {
  readonly checks: readonly ConnectionCheck[]
  readonly problems: readonly Problem[]
}

interface Targets {
  readonly autotask: AutotaskAccess | null
  readonly securityCenter: SecurityCenterAccess | null
}

/**
 * Tries connections without changing anything at either vendor: those given, and for what is left out those of the
 * stored integration. What went wrong at a vendor is a check that is not ok.
 */
export async function testIntegration(
  services: Services,
  request: { readonly id: string | null; readonly input: TestIntegrationInput },
): Promise<ConnectionTestOutcome> {
  const { id, input } = request
  const stored =
    id === null ? null : await services.orm.em.fork().findOne(IntegrationEntity, { id })
  if (id !== null && stored === null) return { checks: [], problems: [integrationNotFound()] }
  const problems = [
    ...checkAutotask(input.autotask ?? {}),
    ...checkSecurityCenter(input.securityCenter ?? {}),
  ]
  const targets = chooseTargets(services, stored, input)
  if (targets.autotask === null && targets.securityCenter === null)
    problems.push(toProblem('NOTHING_TO_TEST', fieldSubject('input', 'Connections')))
  if (problems.length > 0) return { checks: [], problems }
  const [autotask, securityCenter] = await Promise.all([
    testAutotask(services, targets.autotask),
    testSecurityCenter(services, targets.securityCenter),
  ])
  if (stored !== null) await keepWhatWasLearned(services, stored, { input, autotask })
  return { checks: [...autotask, ...securityCenter], problems: [] }
}

function chooseTargets(
  { connections }: Services,
  stored: IntegrationRow | null,
  input: TestIntegrationInput,
): Targets {
  const { autotask = null, securityCenter = null } = input
  return {
    autotask:
      autotask === null
        ? stored && connections.readAutotaskAccess(stored)
        : toAutotaskAccess(autotask),
    securityCenter:
      securityCenter === null
        ? stored && connections.readSecurityCenterAccess(stored)
        : toSecurityCenterAccess(securityCenter),
  }
}

function toAutotaskAccess(input: AutotaskConnectionInput): AutotaskAccess {
  const { url = null, userName, secret, integrationCode } = input
  return { url, userName, secret, integrationCode }
}

function toSecurityCenterAccess(input: SecurityCenterConnectionInput): SecurityCenterAccess {
  const { url, user, password, certificateSha256 = null } = input
  return { url, user, password, certificateSha256 }
}

async function testAutotask(
  { connections }: Services,
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
  { connections }: Services,
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

/** The zone's web address makes links into Autotask; a connection that is good again is opened afresh. */
async function keepWhatWasLearned(
  services: Services,
  stored: IntegrationRow,
  seen: {
    readonly input: TestIntegrationInput
    readonly autotask: readonly ConnectionCheck[]
  },
): Promise<void> {
  await services.connections.forget(stored.id)
  if (seen.input.autotask !== undefined && seen.input.autotask !== null) return
  const zone = seen.autotask.find((check) => check.code === 'AUTOTASK_CHECK_ZONE')
  const webUrl = zone?.facts['webUrl']
  if (typeof webUrl !== 'string' || webUrl === stored.autotaskWebUrl) return
  await services.orm.em
    .fork()
    .nativeUpdate(IntegrationEntity, { id: stored.id }, { autotaskWebUrl: webUrl })
}
