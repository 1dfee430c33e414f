import { defineEntity, p } from '@mikro-orm/core'
import type { DecimalText } from '@trueup/core'
import { AutotaskAccountEntity } from '../account/account.entity.ts'
import { BillingRunEntity } from '../run/billing-run.entity.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'

/** What one run skips of one customer. No row: nothing, or nothing whose price is known. */
export const CustomerRiskEntity = defineEntity({
  name: 'CustomerRisk',
  tableName: 'customer_risk',
  properties: {
    run: () =>
      p.manyToOne(BillingRunEntity).ref().primary().deleteRule('no action').updateRule('no action'),
    tenant: () =>
      p.manyToOne(TenantEntity).ref().primary().deleteRule('no action').updateRule('no action'),
    /** Null: the customer was mapped to no account then. */
    account: () =>
      p
        .manyToOne(AutotaskAccountEntity)
        .ref()
        .nullable()
        .deleteRule('no action')
        .updateRule('no action'),
    revenueAtRiskPerMonth: p.text().$type<DecimalText>(),
  },
})
