import { NO_FACTS } from '@trueup/autotask'
import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import { nameAutotaskDatabase } from '../connection/connections.ts'
import { ContractEntity } from '../contract/contract.entity.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { ServiceEntity } from '../service/service.entity.ts'
import { explainFacts } from './explain-facts.ts'
import { FirstWriteEntity, type FirstWriteRow } from './first-write.entity.ts'
import type { FirstWriteAttemptType, FirstWriteType } from './first-write.type.ts'

/** Where the first write of an integration's Autotask stands; `null` without such an integration. */
export async function readFirstWrite(
  { orm, practice }: Services,
  integrationId: string,
): Promise<FirstWriteType | null> {
  const em = orm.em.fork()
  const integration = await em.findOne(IntegrationEntity, { id: integrationId })
  if (integration === null) return null
  const databaseName = nameAutotaskDatabase({
    url: integration.autotaskUrl,
    userName: integration.autotaskUserName,
  })
  const attempts = await em.find(
    FirstWriteEntity,
    { integrationId, databaseName },
    { orderBy: { id: 'desc' } },
  )
  const isMade = attempts.some(({ report }) => report?.result === 'RESTORED')
  const newest = attempts[0] ?? null
  const facts = attempts.find((attempt) => attempt.facts !== null)?.facts ?? NO_FACTS
  return {
    isDue: practice === null && !isMade,
    attempt: newest === null ? null : await toAttempt(em, newest),
    questions: explainFacts(facts),
  }
}

/** One attempt, with the names of what it was about. */
export async function readAttempt({ orm }: Services, id: string): Promise<FirstWriteAttemptType> {
  const em = orm.em.fork()
  return toAttempt(em, await em.findOneOrFail(FirstWriteEntity, { id }))
}

async function toAttempt(em: Em, row: FirstWriteRow): Promise<FirstWriteAttemptType> {
  const { integrationId, contractExternalId, serviceExternalId, report } = row
  const contract = await em.findOne(ContractEntity, {
    integrationId,
    externalId: contractExternalId,
  })
  const service = await em.findOne(ServiceEntity, { integrationId, externalId: serviceExternalId })
  return {
    id: row.id,
    contractName: contract?.name ?? contractExternalId,
    serviceName: service?.name ?? serviceExternalId,
    effectiveDay: row.effectiveDay,
    unitsBefore: row.unitsBefore,
    progress: row.progress,
    startedAt: row.startedAt,
    startedBy: row.startedBy,
    endedAt: row.endedAt,
    result: report?.result ?? null,
    reason: report?.reason ?? null,
    units: report?.units ?? null,
  }
}
