import { makeFinding, VendorError, type Directory, type Finding } from '@trueup/core'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { integrationSubject } from './integration-problems.ts'
import { IntegrationEntity, type IntegrationRow } from './integration.entity.ts'
import { findSuspicious } from './read-directory.ts'
import { storeDirectory, type DirectoryChange } from './store-directory.ts'

/**
 * Reads accounts, contracts and services anew before a run that nobody watches; the tenants come with the run's own reading of
 * usage. A failure keeps nothing from being billed: it is a finding, and the directory stays as it was.
 */
export async function refreshDirectory(
  services: Services,
  integration: IntegrationRow,
): Promise<readonly Finding[]> {
  const { id } = integration
  const notRead = (failure: string): Finding =>
    makeFinding('DIRECTORY_NOT_READ', integrationSubject(integration), { failure })
  let directory: Directory
  try {
    const { autotask } = services.connections.open(integration)
    directory = await autotask.readDirectory({ signal: services.background.signal })
  } catch (error) {
    if (!(error instanceof VendorError)) throw error
    services.log.warn({ err: error, integrationId: id }, 'The directory could not be read')
    return [notRead(error.code)]
  }
  const at = toInstant(services.clock)
  return inTransaction(services.orm, async (em) => {
    const [suspicious] = await findSuspicious(em, integration, { usage: null, directory })
    if (suspicious !== undefined) return [notRead(suspicious.code)]
    await em.nativeUpdate(IntegrationEntity, { id }, { directoryReadAt: at })
    const change = await storeDirectory(em, id, directory)
    if (isChanged(change))
      await recordActivities(em, [
        {
          at,
          actor: 'schedule',
          action: 'DIRECTORY_READ',
          integrationId: id,
          subject: integrationSubject(integration),
          before: null,
          after: change,
        },
      ])
    return []
  })
}

function isChanged(change: DirectoryChange): boolean {
  return Object.values(change).some(
    ({ added, changed, vanished }: DirectoryChange['accounts']) => added + changed + vanished > 0,
  )
}
