import { VendorError, type Day } from '@trueup/core'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { storeTenants } from '../tenant/store-tenants.ts'
import { findSnapshots } from './read-usage.ts'
import { storeSnapshot } from './store-snapshot.ts'

/**
 * Reads the usage source once and stores what it said: tenants that are new, renamed or gone, and the counts with
 * their evidence. Returns the snapshot's id, or the newest stored one's where usage is sent to us instead of read.
 * Throws `VendorError` when the source cannot be read at all; nothing is stored then.
 */
export async function takeSnapshot(
  services: Services,
  integration: IntegrationRow,
  usageDay: Day,
): Promise<string> {
  const source = services.connections.open(integration).securityCenter
  if (source === null) return findNewestReported(services, integration)
  const reading = await source.readUsage({ signal: services.background.signal })
  const takenAt = toInstant(services.clock)
  return services.orm.em.fork().transactional(async (em) => {
    await storeTenants(em, integration.id, { tenants: reading.tenants, at: takenAt })
    return storeSnapshot(em, { integrationId: integration.id, takenAt, usageDay, reading })
  })
}

/** How old it may be is for the engine to say, tenant by tenant. */
async function findNewestReported(services: Services, { id }: IntegrationRow): Promise<string> {
  const [newest] = await findSnapshots(services.orm.em.fork(), id, null)
  if (newest !== undefined) return newest.id
  throw new VendorError({
    vendor: 'kaspersky-licence-report',
    operation: 'readUsage',
    code: 'REPORT_MISSING',
    message: 'No licence report has been imported yet, and no program has reported usage.',
    retryable: false,
  })
}
