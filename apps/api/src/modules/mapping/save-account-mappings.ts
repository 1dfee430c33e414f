import { dayAt } from '../../calendar.ts'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import { inChunks } from '../../database/store-listed.ts'
import { inContestedTransaction } from '../../database/transaction.ts'
import type { Problem } from '../../problems.ts'
import { recordActivities, type ActivityFacts } from '../audit/record-activity.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'
import { integrationNotFound } from '../integration/integration-problems.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import { AccountMappingEntity, type AccountMappingRow } from './account-mapping.entity.ts'
import { checkAccountMappings } from './check-account-mappings.ts'
import { readMappingFacts, type MappingFacts, type WantedMapping } from './mapping-facts.ts'

/** The rows as they are now, in the order they were wanted, or every reason why none was stored. */
export interface SaveAccountMappingsOutcome {
  readonly mappings: readonly AccountMappingRow[] | null
  readonly problems: readonly Problem[]
}

/** What is to be saved, and how the input is called in problems. */
export interface SaveAccountMappingsRequest {
  readonly integrationId: string
  readonly rows: readonly WantedMapping[]
  readonly pathOf?: (index: number) => string
}

/**
 * Stores all rows or none, with their activities. Two saves at once may both find an account free; then the database's
 * unique index lets one of them through, and the other is checked anew and told who holds it. Changes no units.
 */
export function saveAccountMappings(
  services: Services,
  viewer: ViewerIdentity,
  request: SaveAccountMappingsRequest,
): Promise<SaveAccountMappingsOutcome> {
  return inContestedTransaction(services.orm, (em) =>
    saveOnce(em, request, { actor: nameActor(viewer), at: toInstant(services.clock) }),
  )
}

interface Occasion {
  readonly actor: string
  readonly at: Date
}

async function saveOnce(
  em: Em,
  request: SaveAccountMappingsRequest,
  occasion: Occasion,
): Promise<SaveAccountMappingsOutcome> {
  const { integrationId, rows, pathOf = (index) => `rows[${index}].` } = request
  const integration = await em.findOne(IntegrationEntity, { id: integrationId })
  if (integration === null)
    return { mappings: null, problems: [integrationNotFound(integrationId)] }
  const today = dayAt(occasion.at.getTime(), integration.timeZone)
  const facts = await readMappingFacts(em, { integrationId, today, rows })
  const problems = checkAccountMappings(rows, facts, pathOf)
  if (problems.length > 0) return { mappings: null, problems }

  const changes = rows.flatMap((wanted) => toChange(wanted, facts) ?? [])
  const activities = changes.map((change) => toActivity(change, { facts, integration, occasion }))
  await freeAccounts(em, changes)
  for (const { mapping, wanted } of changes)
    em.assign(mapping, {
      account: wanted.accountId,
      contract: wanted.contractId,
      billingEnabled: wanted.billingEnabled,
      effectiveDatePolicy: wanted.effectiveDatePolicy,
      version: mapping.version + 1,
      updatedAt: occasion.at,
    })
  await em.flush()
  await recordActivities(em, activities)
  return { mappings: rows.flatMap((row) => facts.mappings.get(row.tenantId) ?? []), problems: [] }
}

interface Change {
  readonly mapping: AccountMappingRow
  readonly wanted: WantedMapping
}

/** `null` when the row is as wanted already: it keeps its version and leaves no trace. */
function toChange(wanted: WantedMapping, facts: MappingFacts): Change | null {
  const mapping = facts.mappings.get(wanted.tenantId)
  if (mapping === undefined) return null
  const isSame =
    (mapping.account?.id ?? null) === wanted.accountId &&
    (mapping.contract?.id ?? null) === wanted.contractId &&
    mapping.billingEnabled === wanted.billingEnabled &&
    mapping.effectiveDatePolicy === wanted.effectiveDatePolicy
  return isSame ? null : { mapping, wanted }
}

/** Accounts that move are freed first: the unique index looks after every statement, and two may swap. */
async function freeAccounts(em: Em, changes: readonly Change[]): Promise<void> {
  const moving = changes.filter(
    ({ mapping, wanted }) => mapping.account !== null && mapping.account.id !== wanted.accountId,
  )
  for (const chunk of inChunks(moving))
    await em.nativeUpdate(
      AccountMappingEntity,
      { id: { $in: chunk.map(({ mapping }) => mapping.id) } },
      { account: null },
    )
}

function toActivity(
  { mapping, wanted }: Change,
  about: {
    readonly facts: MappingFacts
    readonly integration: IntegrationRow
    readonly occasion: Occasion
  },
): ActivityFacts {
  const { facts, integration, occasion } = about
  const describe = (accountId: string | null, contractId: string | null, rest: object): object => ({
    account: accountId === null ? null : (facts.accounts.get(accountId)?.name ?? accountId),
    contract: contractId === null ? null : (facts.contracts.get(contractId)?.name ?? contractId),
    ...rest,
  })
  const { billingEnabled, effectiveDatePolicy } = mapping
  return {
    ...occasion,
    action: 'ACCOUNT_MAPPING_CHANGED',
    integrationId: integration.id,
    subject: {
      kind: 'TENANT',
      id: wanted.tenantId,
      name: facts.tenants.get(wanted.tenantId)?.name ?? '',
    },
    before: describe(mapping.account?.id ?? null, mapping.contract?.id ?? null, {
      billingEnabled,
      effectiveDatePolicy,
    }),
    after: describe(wanted.accountId, wanted.contractId, {
      billingEnabled: wanted.billingEnabled,
      effectiveDatePolicy: wanted.effectiveDatePolicy,
    }),
  }
}
