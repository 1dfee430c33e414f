import { LockMode } from '@mikro-orm/core'
import type { Day, EffectiveDatePolicy } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { AutotaskAccountEntity, type AutotaskAccountRow } from '../account/account.entity.ts'
import { ContractEntity, type ContractRow } from '../contract/contract.entity.ts'
import type { TenantRow } from '../tenant/tenant.entity.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'
import { AccountMappingEntity, type AccountMappingRow } from './account-mapping.entity.ts'
import { ServiceMappingEntity } from './service-mapping.entity.ts'

/** How one tenant is to be mapped and billed. */
export interface WantedMapping {
  readonly tenantId: string
  /** The version somebody saw. */
  readonly version: number
  readonly accountId: string | null
  readonly billingEnabled: boolean
  readonly contractId: string | null
  readonly effectiveDatePolicy: EffectiveDatePolicy | null
}

/** Everything that decides whether wanted mappings may be stored. */
export interface MappingFacts {
  /** The mappings as they are, by tenant, locked until the transaction ends. */
  readonly mappings: ReadonlyMap<string, AccountMappingRow>
  readonly tenants: ReadonlyMap<string, TenantRow>
  readonly accounts: ReadonlyMap<string, AutotaskAccountRow>
  readonly contracts: ReadonlyMap<string, ContractRow>
  /** Id of the tenant that holds a wanted account now, by account. */
  readonly holders: ReadonlyMap<string, string>
  readonly hasServiceMapping: boolean
  readonly today: Day
}

/** Reads what the rows are about, in a handful of queries however many rows there are. */
export async function readMappingFacts(
  em: Em,
  wanted: {
    readonly integrationId: string
    readonly today: Day
    readonly rows: readonly WantedMapping[]
  },
): Promise<MappingFacts> {
  const { integrationId, rows, today } = wanted
  const mappings = await em.find(
    AccountMappingEntity,
    { integrationId, tenant: { $in: rows.map((row) => row.tenantId) } },
    // In one order for everybody, so that two saves wait for each other instead of locking each other up.
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
  )
  const accountIds = rows.flatMap((row) => row.accountId ?? [])
  const holders = await em.find(AccountMappingEntity, {
    integrationId,
    account: { $in: accountIds },
  })
  const tenants = await em.find(TenantEntity, {
    id: { $in: [...mappings, ...holders].map((mapping) => mapping.tenant.id) },
  })
  const accounts = await em.find(AutotaskAccountEntity, {
    integrationId,
    id: { $in: [...accountIds, ...mappings.flatMap((mapping) => mapping.account?.id ?? [])] },
  })
  const contracts = await em.find(ContractEntity, {
    integrationId,
    id: {
      $in: [
        ...rows.flatMap((row) => row.contractId ?? []),
        ...mappings.flatMap((mapping) => mapping.contract?.id ?? []),
      ],
    },
  })
  const anyServiceMapping = await em.findOne(ServiceMappingEntity, { integrationId })
  return {
    mappings: new Map(mappings.map((mapping) => [mapping.tenant.id, mapping])),
    tenants: byId(tenants),
    accounts: byId(accounts),
    contracts: byId(contracts),
    holders: new Map(holders.map((mapping) => [mapping.account?.id ?? '', mapping.tenant.id])),
    hasServiceMapping: anyServiceMapping !== null,
    today,
  }
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]))
}
