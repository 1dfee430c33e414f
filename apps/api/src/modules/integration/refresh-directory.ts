import { makeFinding, VendorError, type Directory, type Finding } from '@trueup/core'
import { dayAt } from '../../calendar.ts'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import { recordActivities } from '../audit/record-activity.ts'
import type { BillingRunRow } from '../run/billing-run.entity.ts'
import { integrationSubject } from './integration-problems.ts'
import { IntegrationEntity, type IntegrationRow } from './integration.entity.ts'
import { findSuspicious } from './read-directory.ts'
import { storeDirectory, type DirectoryChange } from './store-directory.ts'

/**
 * Reads accounts, contracts and services anew with the first run of a day, whoever began it; the tenants come with each run's
 * own reading of usage. Later runs of the day, and those after somebody read it by hand, find it as new as it needs to be:
 * nothing is billed by it. A failure keeps nothing from being billed either: it is a finding, and the directory stays as it was.
 */
export async function refreshDirectory(
  services: Services,
  integration: IntegrationRow,
  { runDay, startedBy }: Pick<BillingRunRow, 'runDay' | 'startedBy'>,
): Promise<readonly Finding[]> {
  const { id, directoryReadAt, timeZone } = integration
  if (directoryReadAt !== null && dayAt(directoryReadAt.getTime(), timeZone) === runDay) return []
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
          actor: startedBy,
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
