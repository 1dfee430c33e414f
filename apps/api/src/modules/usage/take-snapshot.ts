import { VendorError, type Day, type Finding } from '@trueup/core'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { storeTenants } from '../tenant/store-tenants.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'
import { findSnapshots } from './read-usage.ts'
import { storeSnapshot } from './store-snapshot.ts'

/** A stored reading. */
export interface TakenSnapshot {
  readonly snapshotId: string
  /** What the source noticed beside it. */
  readonly findings: readonly Finding[]
}

/**
 * Reads the usage source once and stores what it said: tenants that are new, renamed or gone, and the counts with
 * their evidence. Where usage is handed in instead of read, it is the newest that was. Throws `VendorError` when the
 * source cannot be read at all, or lists nobody where it listed somebody before; nothing is stored then.
 */
export async function takeSnapshot(
  services: Services,
  integration: IntegrationRow,
  usageDay: Day,
): Promise<TakenSnapshot> {
  const source = services.connections.open(integration).securityCenter
  if (source === null) return findNewestReported(services, integration)
  const reading = await source.readUsage({ signal: services.background.signal })
  const takenAt = toInstant(services.clock)
  return inTransaction(services.orm, async (em) => {
    await refuseEmptiness(em, integration, reading.tenants.length)
    await storeTenants(em, integration.id, { tenants: reading.tenants, at: takenAt })
    const snapshot = { integrationId: integration.id, takenAt, usageDay, reading }
    return { snapshotId: await storeSnapshot(em, snapshot), findings: reading.findings ?? [] }
  })
}

/** Nobody at all where there was somebody is a lost permission far more often than a lost customer base. */
async function refuseEmptiness(em: Em, { id }: IntegrationRow, listed: number): Promise<void> {
  if (listed > 0) return
  const known = await em.count(TenantEntity, { integrationId: id, isPresent: true })
  if (known === 0) return
  throw new VendorError({
    vendor: 'kaspersky-security-center',
    operation: 'readUsage',
    code: 'DIRECTORY_EMPTY',
    message: `Not one of the ${known} known tenants was listed.`,
    retryable: false,
    facts: { known },
  })
}

/** How old it may be is for the engine to say, tenant by tenant. */
async function findNewestReported(
  services: Services,
  { id }: IntegrationRow,
): Promise<TakenSnapshot> {
  const [newest] = await findSnapshots(services.orm.em.fork(), id, null)
  if (newest !== undefined) return { snapshotId: newest.id, findings: [] }
  throw new VendorError({
    vendor: 'kaspersky-licence-report',
    operation: 'readUsage',
    code: 'REPORT_MISSING',
    message: 'No licence report has been imported yet, and no program has reported usage.',
    retryable: false,
  })
}
