import type { Services } from '../../context.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { takeLease } from '../journal/lease.ts'
import { runLeaseName } from '../run/start-run.ts'
import { FirstWriteEntity } from './first-write.entity.ts'
import { performFirstWrite } from './perform-first-write.ts'

/** Takes up first writes that nobody works on any more: their process died, or Autotask was away. */
export async function resumeFirstWrites(services: Services): Promise<void> {
  const em = services.orm.em.fork()
  const unfinished = await em.find(FirstWriteEntity, { endedAt: null }, { orderBy: { id: 'asc' } })
  for (const attempt of unfinished) {
    const lease = await takeLease(services.orm, runLeaseName(attempt.integrationId))
    if (lease === null) continue
    const integration = await em.findOneOrFail(IntegrationEntity, { id: attempt.integrationId })
    services.background.add(
      performFirstWrite(services, integration, attempt).finally(() => lease.release()),
    )
  }
}

/** Tells the connections what earlier first writes taught; once, before the first of them is opened. */
export async function loadConnectionFacts({
  orm,
  connections,
}: Pick<Services, 'orm' | 'connections'>): Promise<void> {
  const ended = await orm.em
    .fork()
    .find(FirstWriteEntity, { endedAt: { $ne: null } }, { orderBy: { id: 'asc' } })
  for (const { databaseName, facts } of ended)
    if (facts !== null) connections.learn(databaseName, facts)
}
