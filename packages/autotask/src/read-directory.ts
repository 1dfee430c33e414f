import type { Directory, ReadOptions } from '@trueup/core'
import type { Client } from './http/client.ts'
import { readAccounts, readActiveAccounts } from './resources/companies.ts'
import { readAllContracts } from './resources/contracts.ts'
import type { ServiceCatalogue } from './resources/services.ts'

/**
 * Active accounts, every contract of an account in the list, and the catalogue. An inactive account is in the
 * list only when it holds a recurring service contract: that contract goes on billing.
 */
export async function readDirectory(
  client: Client,
  catalogue: ServiceCatalogue,
  options: ReadOptions,
): Promise<Directory> {
  const [active, contracts, services] = await Promise.all([
    readActiveAccounts(client, options),
    readAllContracts(client, options),
    catalogue.read(options),
  ])
  const listed = new Set(active.map((account) => account.id))
  const owners = contracts.filter((one) => one.isRecurringService).map((one) => one.account)
  const unlisted = [...new Set(owners)].filter((owner) => !listed.has(owner))
  const inactive = await readAccounts(client, unlisted, options)
  for (const account of inactive) listed.add(account.id)
  return {
    accounts: [...active, ...inactive],
    contracts: contracts.filter((contract) => listed.has(contract.account)),
    services,
  }
}
