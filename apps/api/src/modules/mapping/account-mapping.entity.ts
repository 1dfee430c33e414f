import { defineEntity, p, type InferEntity } from '@mikro-orm/core'
import type { EffectiveDatePolicy } from '@trueup/core'
import { newId } from '../../database/id.ts'
import { AutotaskAccountEntity } from '../account/account.entity.ts'
import { ContractEntity } from '../contract/contract.entity.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'

/** Name of the unique index that decides who holds an account. */
const ONE_TENANT_PER_ACCOUNT = 'account_mapping_one_tenant_per_account'

/**
 * Tenant to account, one to one, with its billing settings; made with the tenant, mapped or not. The two
 * unique indexes are what decides one to one (product.md, rule 21): nothing in front of them is trusted alone.
 */
export const AccountMappingEntity = defineEntity({
  name: 'AccountMapping',
  tableName: 'account_mapping',
  properties: {
    id: p.text().primary().onCreate(newId),
    integrationId: () => p.manyToOne(IntegrationEntity).mapToPk().fieldName('integration_id'),
    version: p.integer(),
    tenant: () => p.oneToOne(TenantEntity).owner().ref(),
    account: () => p.manyToOne(AutotaskAccountEntity).ref().strictNullable().deleteRule('restrict'),
    contract: () => p.manyToOne(ContractEntity).ref().strictNullable().deleteRule('restrict'),
    billingEnabled: p.boolean(),
    effectiveDatePolicy: p.text().$type<EffectiveDatePolicy>().strictNullable(),
    updatedAt: p.datetime(3),
  },
  uniques: [{ name: ONE_TENANT_PER_ACCOUNT, properties: ['integrationId', 'account'] }],
})

/** One row of `account_mapping`. */
export type AccountMappingRow = InferEntity<typeof AccountMappingEntity>
