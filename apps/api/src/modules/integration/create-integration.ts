import { UniqueConstraintViolationException } from '@mikro-orm/core'
import { NO_BRAKES } from '@trueup/core'
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
import { IntegrationEntity, type IntegrationRow } from './integration.entity.ts'
import type { CreateIntegrationInput } from './integration.input.ts'

/** An integration as it is now, or why nothing was stored. */
export interface IntegrationOutcome {
  readonly integration: IntegrationRow | null
  readonly problems: readonly Problem[]
}

/** A reading older than this is not billed by, unless somebody says otherwise. */
const DEFAULT_READING_AGE_DAYS = 3

/** Stores a new integration. Nothing is tried over the network: that is `testIntegration`. */
export async function createIntegration(
  services: Services,
  viewer: ViewerIdentity,
  input: CreateIntegrationInput,
): Promise<IntegrationOutcome> {
  const problems = [
    ...checkSettings(input),
    ...checkAutotask(input.autotask),
    ...checkSecurityCenter(input.securityCenter),
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
          subject: { kind: 'INTEGRATION', id: created.id, name: created.name },
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

function toRow(services: Services, input: CreateIntegrationInput): IntegrationRow {
  const id = newId()
  const { autotask, securityCenter } = input
  const { certificateSha256 = null } = securityCenter
  const name = input.name.trim()
  return {
    id,
    version: 1,
    name,
    nameKey: foldCase(name),
    source: 'SECURITY_CENTER',
    timeZone: input.timeZone,
    dailyRunHour: input.dailyRunHour,
    scheduleEnabled: true,
    approvalMode: 'AUTOMATIC',
    billDevicesByCategory: false,
    countUnknownAsWorkstation: false,
    effectiveDatePolicy: 'PERIOD_START',
    maximumReadingAgeDays: DEFAULT_READING_AGE_DAYS,
    brakes: NO_BRAKES,
    autotaskUrl: autotask.url ?? null,
    autotaskUserName: autotask.userName.trim(),
    autotaskWebUrl: null,
    securityCenterUrl: securityCenter.url.trim(),
    securityCenterUser: securityCenter.user.trim(),
    securityCenterCertificateSha256:
      certificateSha256 === null ? null : parseFingerprint(certificateSha256),
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
    securityCenterPassword: seal('securityCenterPassword', securityCenter.password),
  }
}
