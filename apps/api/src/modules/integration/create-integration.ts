import { UniqueConstraintViolationException } from '@mikro-orm/core'
import { DEFAULT_SETTINGS } from '@trueup/core'
import { parseFingerprint } from '@trueup/kaspersky'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { newId } from '../../database/id.ts'
import { foldCase } from '../../database/search-text.ts'
import { inTransaction } from '../../database/transaction.ts'
import { fieldSubject, toProblem, type Problem } from '../../problems.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import { checkAutotask, checkSecurityCenter } from '../connection/check-connections.ts'
import { checkSettings } from './check-settings.ts'
import { describeSettings } from './describe-settings.ts'
import { integrationSubject } from './integration-problems.ts'
import { IntegrationEntity, type IntegrationRow } from './integration.entity.ts'
import type { CreateIntegrationInput } from './integration.input.ts'

/** An integration as it is now, or why nothing was stored. */
export interface IntegrationOutcome {
  readonly integration: IntegrationRow | null
  readonly problems: readonly Problem[]
}

/**
 * A reading older than this is not billed by, unless somebody says otherwise. Servers are read every night; a report is
 * exported by a person, usually once a month for the bill, and a week covers who is late.
 */
const DEFAULT_READING_AGE_DAYS = { SECURITY_CENTER: 3, LICENCE_REPORT: 7 } as const

/** Stores a new integration. Nothing is tried over the network: that is `testIntegration`. */
export async function createIntegration(
  services: Services,
  viewer: ViewerIdentity,
  input: CreateIntegrationInput,
): Promise<IntegrationOutcome> {
  const problems = [
    ...checkSettings(input),
    ...checkAutotask(input.autotask),
    ...checkSource(input),
  ]
  if (problems.length > 0) return { integration: null, problems }
  const row = toRow(services, input)
  try {
    const integration = await inTransaction(services.orm, async (em) => {
      const created = em.create(IntegrationEntity, row)
      await em.flush()
      await recordActivities(em, [
        {
          at: row.createdAt,
          actor: nameActor(viewer),
          action: 'INTEGRATION_CREATED',
          integrationId: created.id,
          subject: integrationSubject(created),
          before: null,
          after: describeSettings(created),
        },
      ])
      return created
    })
    return { integration, problems: [] }
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error
    return { integration: null, problems: [nameTaken(row.name)] }
  }
}

/** The name is another integration's. */
export function nameTaken(name: string): Problem {
  return toProblem('INTEGRATION_NAME_TAKEN', fieldSubject('input.name', 'Name'), { name })
}

/** One source and its connection, not both and not none. */
function checkSource({ source, securityCenter = null }: CreateIntegrationInput): Problem[] {
  if (source === 'SECURITY_CENTER' && securityCenter === null)
    return [
      toProblem('VALUE_MISSING', fieldSubject('input.securityCenter', 'Kaspersky Security Center')),
    ]
  if (source === 'LICENCE_REPORT' && securityCenter !== null)
    return [toProblem('SOURCE_HAS_NO_SERVER', fieldSubject('input.securityCenter', 'Source'))]
  return securityCenter === null ? [] : checkSecurityCenter(securityCenter)
}

function toRow(services: Services, input: CreateIntegrationInput): IntegrationRow {
  const id = newId()
  const { autotask, source, securityCenter = null } = input
  const certificateSha256 = securityCenter?.certificateSha256 ?? null
  const name = input.name.trim()
  return {
    id,
    version: 1,
    name,
    nameKey: foldCase(name),
    source,
    timeZone: input.timeZone,
    dailyRunHour: input.dailyRunHour,
    scheduleEnabled: true,
    approvalMode: 'AUTOMATIC',
    ...DEFAULT_SETTINGS,
    maximumReadingAgeDays: DEFAULT_READING_AGE_DAYS[source],
    countOem: false,
    countSoftCancelled: false,
    autotaskUrl: autotask.url ?? null,
    autotaskUserName: autotask.userName.trim(),
    autotaskWebUrl: null,
    securityCenterUrl: securityCenter?.url.trim() ?? null,
    securityCenterUser: securityCenter?.user.trim() ?? null,
    securityCenterCertificateSha256:
      certificateSha256 === null ? null : parseFingerprint(certificateSha256),
    reportProfile: null,
    createdAt: toInstant(services.clock),
    directoryReadAt: null,
    lastScheduledDay: null,
    ...sealAll(services, id, input),
  }
}

function sealAll(
  services: Services,
  id: string,
  { autotask, securityCenter }: CreateIntegrationInput,
): Pick<IntegrationRow, 'autotaskSecret' | 'autotaskIntegrationCode' | 'securityCenterPassword'> {
  const seal = (field: string, secret: string): string =>
    services.secrets.seal(secret, { record: id, field })
  return {
    autotaskSecret: seal('autotaskSecret', autotask.secret),
    autotaskIntegrationCode: seal('autotaskIntegrationCode', autotask.integrationCode),
    securityCenterPassword:
      securityCenter === null || securityCenter === undefined
        ? null
        : seal('securityCenterPassword', securityCenter.password),
  }
}
