import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import { toProblem, type Problem } from '../../problems.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { nameAutotaskDatabase } from '../connection/connections.ts'
import { integrationNotFound, integrationSubject } from '../integration/integration-problems.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'
import { takeLease } from '../journal/lease.ts'
import { runUnderWay } from '../run/run-problems.ts'
import { runLeaseName } from '../run/start-run.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import { FirstWriteEntity, type FirstWriteRow } from './first-write.entity.ts'
import { performFirstWrite } from './perform-first-write.ts'
import { isAsSeen, proposeFirstWrite, type ProposedLine, type Seen } from './propose-first-write.ts'

/** The line that a person chose, with the numbers that were shown. */
export interface FirstWriteOrder extends Seen {
  readonly integrationId: string
  readonly contractId: string
  readonly lineId: string
}

/** An attempt that has begun, or why none has. */
export type BeginOutcome =
  | {
      readonly attempt: FirstWriteRow
      /** Resolves when it has ended or was broken off; never rejects. */
      readonly ended: Promise<void>
      readonly problems: readonly []
    }
  | { readonly attempt: null; readonly ended: null; readonly problems: readonly Problem[] }

/**
 * Begins the first write on the line that a person chose, and returns; the work goes on in the background. No run of the
 * integration happens meanwhile: both hold the same lease.
 */
export async function beginFirstWrite(
  services: Services,
  viewer: ViewerIdentity,
  order: FirstWriteOrder,
): Promise<BeginOutcome> {
  const em = services.orm.em.fork()
  const integration = await em.findOne(IntegrationEntity, { id: order.integrationId })
  if (integration === null) return refuse(integrationNotFound(order.integrationId))
  const unfinished = await em.count(FirstWriteEntity, {
    integrationId: integration.id,
    endedAt: null,
  })
  const lease = unfinished > 0 ? null : await takeLease(services.orm, runLeaseName(integration.id))
  if (lease === null) return refuse(runUnderWay(integration))
  let attempt: FirstWriteRow
  try {
    const { lines, problems } = await proposeFirstWrite(services, order)
    const chosen = lines.find(({ line }) => line.id === order.lineId)
    const obstacles = problems.length > 0 ? problems : findObstacles(integration, chosen, order)
    if (chosen === undefined || obstacles.length > 0) {
      await lease.release()
      return { attempt: null, ended: null, problems: obstacles }
    }
    attempt = await store(services, integration, { chosen, order, actor: nameActor(viewer) })
  } catch (error) {
    await lease.release()
    throw error
  }
  const ended = performFirstWrite(services, integration, attempt).finally(() => lease.release())
  services.background.add(ended)
  return { attempt, ended, problems: [] }
}

function findObstacles(
  integration: IntegrationRow,
  chosen: ProposedLine | undefined,
  order: FirstWriteOrder,
): readonly Problem[] {
  const subject = integrationSubject(integration)
  const { proposal, obstacle } = chosen ?? { proposal: null, obstacle: 'LINE_NOT_FOUND' }
  if (proposal === null) return [toProblem('FIRST_WRITE_IMPOSSIBLE', subject, { obstacle })]
  if (isAsSeen(proposal, order)) return []
  const { effectiveDay, before } = proposal
  return [toProblem('FIRST_WRITE_OUTDATED', subject, { effectiveDay, before })]
}

interface ToStore {
  readonly chosen: ProposedLine
  readonly order: FirstWriteOrder
  readonly actor: string
}

function store(
  services: Services,
  integration: IntegrationRow,
  { chosen, order, actor }: ToStore,
): Promise<FirstWriteRow> {
  const startedAt = toInstant(services.clock)
  const { line, serviceName } = chosen
  const { effectiveDay, before } = order
  return inTransaction(services.orm, async (em) => {
    const attempt = em.create(FirstWriteEntity, {
      integrationId: integration.id,
      databaseName: nameAutotaskDatabase(services.connections.readAutotaskAccess(integration)),
      contractExternalId: line.contract,
      serviceExternalId: line.service,
      lineExternalId: line.id,
      effectiveDay,
      unitsBefore: before,
      progress: 'BEGUN',
      startedAt,
      startedBy: actor,
      endedAt: null,
      report: null,
      facts: null,
    })
    await em.flush()
    await recordActivities(em, [
      {
        at: startedAt,
        actor,
        action: 'FIRST_WRITE_STARTED',
        integrationId: integration.id,
        subject: { kind: 'LINE', id: line.id, name: serviceName },
        before: null,
        after: { contract: line.contract, effectiveDay, units: before },
      },
    ])
    return attempt
  })
}

function refuse(problem: Problem): BeginOutcome {
  return { attempt: null, ended: null, problems: [problem] }
}
