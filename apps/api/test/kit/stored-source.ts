import type { ApplicationName, TenantId, UsageReading, UsageSource } from '@trueup/core'
import { ApplicationEntity } from '../../src/modules/application/application.entity.ts'
import { TenantEntity } from '../../src/modules/tenant/tenant.entity.ts'
import { findSnapshots, readUsage } from '../../src/modules/usage/read-usage.ts'
import type { TestApp } from './start-test-app.ts'

/** What a run would read of usage that is handed in: `hand` hands it in before each reading. */
export function createStoredSource(
  trueup: TestApp,
  integrationId: string,
  hand: () => Promise<void>,
): UsageSource {
  const read = async (): Promise<UsageReading> => {
    await hand()
    const em = trueup.app.services.orm.em.fork()
    const snapshots = await findSnapshots(em, integrationId, null)
    const usage = await readUsage(em, { integrationId, snapshots, withDevices: false })
    const tenants = await em.find(TenantEntity, { integrationId, isPresent: true })
    const applications = await em.find(ApplicationEntity, { integrationId })
    return {
      tenants: tenants.map(({ externalId, kind, name }) => ({
        id: externalId as TenantId,
        kind,
        name,
        isEnabled: true,
      })),
      readings: usage.flatMap(({ readings }) => readings.map(({ reading }) => reading)),
      applications: applications.map(({ name, unit }) => ({ name: name as ApplicationName, unit })),
    }
  }
  return { readUsage: read, readTenants: async () => (await read()).tenants }
}
