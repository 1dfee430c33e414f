import { sumRiskByTenant, type AccountMapping, type Finding } from '@trueup/core'
import { insertAll } from '../../database/insert-all.ts'
import type { Em } from '../../database/orm.ts'
import type { BillingRunRow } from '../run/billing-run.entity.ts'
import type { DirectoryIds } from '../run/directory-ids.ts'
import { CustomerRiskEntity } from './customer-risk.entity.ts'

/** What a plan found, and whom the customers were mapped to. */
export interface SkippedMoney {
  readonly findings: readonly Finding[]
  readonly accountMappings: readonly AccountMapping[]
}

/** Stores what a plan skips, customer by customer, with the account of that day: mappings change. */
export async function storeCustomerRisk(
  em: Em,
  run: BillingRunRow,
  { findings, accountMappings }: SkippedMoney,
  ids: DirectoryIds,
): Promise<void> {
  const accountOf = new Map(accountMappings.map(({ tenant, account }) => [tenant, account]))
  const rows = [...sumRiskByTenant(findings)].map(([tenant, revenueAtRiskPerMonth]) => {
    const account = accountOf.get(tenant) ?? null
    return {
      run: run.id,
      tenant: ids.tenant(tenant),
      account: account === null ? null : ids.findAccount(account),
      revenueAtRiskPerMonth,
    }
  })
  await insertAll(em, CustomerRiskEntity, rows)
}
