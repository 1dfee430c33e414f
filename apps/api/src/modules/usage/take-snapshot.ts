import { invariant, type Day } from '@trueup/core'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { storeTenants } from '../tenant/store-tenants.ts'
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
  invariant(source !== null, 'an integration without a usage source cannot be read')
  const reading = await source.readUsage({ signal: services.background.signal })
  const takenAt = toInstant(services.clock)
  return services.orm.em.fork().transactional(async (em) => {
    await storeTenants(em, integration.id, { tenants: reading.tenants, at: takenAt })
    return storeSnapshot(em, { integrationId: integration.id, takenAt, usageDay, reading })
  })
}
