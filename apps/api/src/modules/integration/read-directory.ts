import { VendorError, type Directory, type UsageReading } from '@trueup/core'
import { dayAt } from '../../calendar.ts'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import { inTransaction } from '../../database/transaction.ts'
import { toProblem, type Problem } from '../../problems.ts'
import { AutotaskAccountEntity } from '../account/account.entity.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { storeTenants } from '../tenant/store-tenants.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'
import { storeSnapshot } from '../usage/store-snapshot.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import { IntegrationEntity, type IntegrationRow } from './integration.entity.ts'
import { storeDirectory } from './store-directory.ts'
import { integrationNotFound, integrationSubject, vendorFailed } from './integration-problems.ts'

/** How much is listed now, or why nothing was stored. */
export interface ReadDirectoryOutcome {
  readonly integration: IntegrationRow | null
  readonly tenants: number
  readonly accounts: number
  readonly contracts: number
  readonly services: number
  readonly problems: readonly Problem[]
}

interface BothSides {
  /** `null` when usage comes from reports: they bring their tenants themselves. */
  readonly usage: UsageReading | null
  readonly directory: Directory
}

/**
 * Reads tenants, accounts, contracts and services anew and stores them together, or nothing when either side cannot be
 * read. The usage that comes with the tenants is kept as a snapshot, so that the applications in use are known.
 */
export async function readDirectory(
  services: Services,
  viewer: ViewerIdentity,
  integrationId: string,
): Promise<ReadDirectoryOutcome> {
  const integration = await services.orm.em.fork().findOne(IntegrationEntity, { id: integrationId })
  if (integration === null) return refuse(null, [integrationNotFound(integrationId)])
  const read = await readBothSides(services, integration)
  if ('problems' in read) return refuse(integration, read.problems)

  const at = toInstant(services.clock)
  return inTransaction(services.orm, async (em) => {
    const problems = await findSuspicious(em, integration, read)
    if (problems.length > 0) return refuse(integration, problems)
    const stored = await store(em, { integration, viewer, at, ...read })
    if (read.usage !== null)
      await storeSnapshot(em, {
        integrationId,
        takenAt: at,
        usageDay: dayAt(at.getTime(), integration.timeZone),
        reading: read.usage,
      })
    return stored
  })
}

async function readBothSides(
  { connections }: Services,
  integration: IntegrationRow,
): Promise<BothSides | { readonly problems: readonly Problem[] }> {
  const { autotask, securityCenter } = connections.open(integration)
  const [usage, directory] = await Promise.allSettled([
    securityCenter === null ? null : securityCenter.readUsage({}),
    autotask.readDirectory({}),
  ])
  if (usage.status === 'fulfilled' && directory.status === 'fulfilled')
    return { usage: usage.value, directory: directory.value }
  const failures: unknown[] = [usage, directory].flatMap((side) =>
    side.status === 'rejected' ? [side.reason] : [],
  )
  return {
    problems: failures.map((error) => {
      if (!(error instanceof VendorError)) throw error
      return vendorFailed(integration, error)
    }),
  }
}

/** Nothing at all where there was something is a lost permission far more often than a lost customer base. */
export async function findSuspicious(
  em: Em,
  integration: IntegrationRow,
  { usage, directory }: BothSides,
): Promise<Problem[]> {
  const present = { integrationId: integration.id, isPresent: true }
  const subject = integrationSubject(integration)
  const problems: Problem[] = []
  if (usage?.tenants.length === 0) {
    const known = await em.count(TenantEntity, present)
    if (known > 0) problems.push(toProblem('DIRECTORY_EMPTY', subject, { what: 'tenants', known }))
  }
  if (directory.accounts.length === 0) {
    const known = await em.count(AutotaskAccountEntity, present)
    if (known > 0) problems.push(toProblem('DIRECTORY_EMPTY', subject, { what: 'accounts', known }))
  }
  return problems
}

async function store(
  em: Em,
  facts: BothSides & {
    readonly integration: IntegrationRow
    readonly viewer: ViewerIdentity
    readonly at: Date
  },
): Promise<ReadDirectoryOutcome> {
  const { integration, at, usage, directory } = facts
  const { id } = integration
  // First of all: whoever reads the same directory at the same time waits here.
  await em.nativeUpdate(IntegrationEntity, { id }, { directoryReadAt: at })
  const tenants = usage === null ? null : await storeTenants(em, id, { tenants: usage.tenants, at })
  const change = await storeDirectory(em, id, directory)
  await recordActivities(em, [
    {
      at,
      actor: nameActor(facts.viewer),
      action: 'DIRECTORY_READ',
      integrationId: id,
      subject: integrationSubject(integration),
      before: null,
      after: { tenants, ...change },
    },
  ])
  return {
    integration: { ...integration, directoryReadAt: at },
    tenants:
      tenants?.listed ?? (await em.count(TenantEntity, { integrationId: id, isPresent: true })),
    accounts: change.accounts.listed,
    contracts: change.contracts.listed,
    services: change.services.listed,
    problems: [],
  }
}

function refuse(
  integration: IntegrationRow | null,
  problems: readonly Problem[],
): ReadDirectoryOutcome {
  return { integration, tenants: 0, accounts: 0, contracts: 0, services: 0, problems }
}
