import type { Services } from '../../context.ts'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'
import { checkAutotask, checkSecurityCenter } from './check-connections.ts'
import type { AutotaskAccess, SecurityCenterAccess } from './connections.ts'
import { runChecks, type CheckTargets, type ConnectionCheck } from './run-checks.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'
import type {
  AutotaskConnectionInput,
  SecurityCenterConnectionInput,
  TestIntegrationInput,
} from '../integration/integration.input.ts'
import { integrationNotFound } from '../integration/integration-problems.ts'

/** What a connection test found, or why nothing could be tested. */
export interface ConnectionTestOutcome {
  readonly checks: readonly ConnectionCheck[]
  readonly problems: readonly Problem[]
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
  if (id !== null && stored === null) return { checks: [], problems: [integrationNotFound(id)] }
  const problems = [
    ...checkAutotask(input.autotask ?? {}),
    ...checkSecurityCenter(input.securityCenter ?? {}),
  ]
  const targets = chooseTargets(services, stored, input)
  if (targets.autotask === null && targets.securityCenter === null)
    problems.push(toProblem('NOTHING_TO_TEST', fieldSubject('input', 'Connections')))
  if (problems.length > 0) return { checks: [], problems }
  const checks = await runChecks(services.connections, targets)
  if (stored !== null) await keepWhatWasLearned(services, stored, { input, checks })
  return { checks, problems: [] }
}

function chooseTargets(
  { connections }: Services,
  stored: IntegrationRow | null,
  input: TestIntegrationInput,
): CheckTargets {
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

/** The zone's web address makes links into Autotask; a connection that is good again is opened afresh. */
async function keepWhatWasLearned(
  services: Services,
  stored: IntegrationRow,
  seen: {
    readonly input: TestIntegrationInput
    readonly checks: readonly ConnectionCheck[]
  },
): Promise<void> {
  await services.connections.forget(stored.id)
  if (seen.input.autotask !== undefined && seen.input.autotask !== null) return
  const zone = seen.checks.find((check) => check.code === 'AUTOTASK_CHECK_ZONE')
  const webUrl = zone?.facts['webUrl']
  if (typeof webUrl !== 'string' || webUrl === stored.autotaskWebUrl) return
  await services.orm.em
    .fork()
    .nativeUpdate(IntegrationEntity, { id: stored.id }, { autotaskWebUrl: webUrl })
}
