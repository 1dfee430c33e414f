import { invariant } from '@trueup/core'
import type { Em } from '../../database/orm.ts'

/** Our own ids by the vendors' ids, of one integration. Asking for one the directory lacks is a bug. */
export interface DirectoryIds {
  tenant(externalId: string): string
  account(externalId: string): string
  contract(externalId: string): string
  service(externalId: string): string
  findTenant(externalId: string): string | null
  findAccount(externalId: string): string | null
}

/** Reads all of them, in one narrow query a table: a plan over thousands of lines asks for nearly every one. */
export async function readDirectoryIds(em: Em, integrationId: string): Promise<DirectoryIds> {
  const tenants = await readIds(em, 'tenant', integrationId)
  const accounts = await readIds(em, 'autotask_account', integrationId)
  const contracts = await readIds(em, 'contract', integrationId)
  const services = await readIds(em, 'service', integrationId)
  return {
    tenant: (externalId) => pick(tenants, 'tenant', externalId),
    account: (externalId) => pick(accounts, 'account', externalId),
    contract: (externalId) => pick(contracts, 'contract', externalId),
    service: (externalId) => pick(services, 'service', externalId),
    findTenant: (externalId) => tenants.get(externalId) ?? null,
    findAccount: (externalId) => accounts.get(externalId) ?? null,
  }
}

type ListedTable = 'tenant' | 'autotask_account' | 'contract' | 'service'

async function readIds(
  em: Em,
  table: ListedTable,
  integrationId: string,
): Promise<ReadonlyMap<string, string>> {
  const rows: { id: string; external_id: string }[] = await em.execute(
    `select id, external_id from ${table} where integration_id = ?`,
    [integrationId],
  )
  return new Map(rows.map((row) => [row.external_id, row.id]))
}

function pick(ids: ReadonlyMap<string, string>, kind: string, externalId: string): string {
  const id = ids.get(externalId)
  invariant(id !== undefined, 'the plan names something that the directory lacks', {
    kind,
    externalId,
  })
  return id
}
