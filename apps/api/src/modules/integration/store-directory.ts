import { invariant, type Directory } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { toNameColumns } from '../../database/search-text.ts'
import { storeListed, type ListedChange } from '../../database/store-listed.ts'
import { AutotaskAccountEntity } from '../account/account.entity.ts'
import { ContractEntity } from '../contract/contract.entity.ts'
import { ServiceEntity } from '../service/service.entity.ts'

/** How the three tables have changed. */
export interface DirectoryChange {
  readonly accounts: ListedChange
  readonly contracts: ListedChange
  readonly services: ListedChange
}

/** Brings accounts, contracts and services of an integration to what Autotask lists now, within the caller's transaction. */
export async function storeDirectory(
  em: Em,
  integrationId: string,
  directory: Directory,
): Promise<DirectoryChange> {
  const accounts = await storeListed(em, AutotaskAccountEntity, {
    integrationId,
    rows: directory.accounts.map(({ id, name, isActive }) => ({
      externalId: id,
      isActive,
      ...toNameColumns(name),
    })),
  })
  const services = await storeListed(em, ServiceEntity, {
    integrationId,
    rows: directory.services.map(({ id, name, isActive, periodMonths, unitPrice }) => ({
      externalId: id,
      isActive,
      periodMonths,
      unitPrice,
      ...toNameColumns(name),
    })),
  })
  return { accounts, services, contracts: await storeContracts(em, integrationId, directory) }
}

async function storeContracts(
  em: Em,
  integrationId: string,
  directory: Directory,
): Promise<ListedChange> {
  const accounts = await em.find(
    AutotaskAccountEntity,
    { integrationId },
    { fields: ['id', 'externalId'], disableIdentityMap: true },
  )
  const accountIds = new Map(accounts.map((row) => [row.externalId, row.id]))
  return storeListed(em, ContractEntity, {
    integrationId,
    rows: directory.contracts.map((contract) => {
      const account = accountIds.get(contract.account)
      invariant(account !== undefined, 'a contract belongs to an account of the same directory', {
        contract: contract.id,
        account: contract.account,
      })
      return {
        externalId: contract.id,
        account,
        isRecurringService: contract.isRecurringService,
        isActive: contract.isActive,
        startDay: contract.startDay,
        endDay: contract.endDay,
        periodMonths: contract.periodMonths,
        renewedAsExternalId: contract.renewedAs,
        ...toNameColumns(contract.name),
      }
    }),
  })
}
