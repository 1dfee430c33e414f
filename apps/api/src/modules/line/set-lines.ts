import type { ContractId, ServiceId } from '@trueup/core'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import { toProblem, type Problem } from '../../problems.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { integrationNotFound } from '../integration/integration-problems.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import type { LinesWish } from './line-ids.ts'
import { readJournalledLines } from './read-journalled-lines.ts'
import { setOwnership } from './set-ownership.ts'

/**
 * Stops lines, so that runs leave them alone, or resumes them: all that are named or none. Changes no units; the next run
 * acts on it. A resumed line that was edited meanwhile is held as drift.
 */
export async function setLines(
  services: Services,
  viewer: ViewerIdentity,
  { integrationId, lines }: LinesWish,
  ownership: 'OWNED' | 'STOPPED',
): Promise<readonly Problem[]> {
  const occasion = { at: toInstant(services.clock), actor: nameActor(viewer) }
  return inTransaction(services.orm, async (em) => {
    const integration = await em.findOne(IntegrationEntity, { id: integrationId })
    if (integration === null) return [integrationNotFound(integrationId)]
    const found = await readJournalledLines(em, integration, { lines })
    const known = new Map(found.map((line) => [`${line.contractId}/${line.serviceId}`, line]))
    const wanted = lines.map(({ contractId, serviceId }) => `${contractId}/${serviceId}`)
    const missing = wanted.filter((id) => !known.has(id))
    if (missing.length > 0)
      return missing.map((id) => toProblem('LINE_NOT_FOUND', { kind: 'LINE', id, name: id }))
    const activities = []
    for (const [id, { contract, service }] of known) {
      const line = { id, contract: contract as ContractId, service: service as ServiceId }
      activities.push(...(await setOwnership(em, { integrationId, line, ownership, occasion })))
    }
    await recordActivities(em, activities)
    return []
  })
}
