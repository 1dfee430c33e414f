import { Migration } from '@mikro-orm/migrations'
import { reference } from './column-types.ts'

/** What a run skips, customer by customer, with the account of that day. */
export class CustomerRisk extends Migration {
  override up(): void {
    this.addSql(`create table customer_risk (
      ${reference('customer_risk', 'run_id', 'billing_run')},
      ${reference('customer_risk', 'tenant_id', 'tenant')},
      account_id text null constraint customer_risk_account_id_foreign references autotask_account (id),
      revenue_at_risk_per_month text not null,
      primary key (run_id, tenant_id))`)
  }
}
