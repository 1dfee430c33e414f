import { Migration } from '@mikro-orm/migrations'
import { columnTypes, reference, type ColumnTypes } from './column-types.ts'

/** Snapshots with their evidence, runs with their adjustments and findings, and the journal of posts. */
export class Runs extends Migration {
  override up(): void {
    const types = columnTypes(this.driver)
    const statements = [...usage(types), ...runs(types), ...adjustments(types), ...journal(types)]
    for (const statement of statements) this.addSql(statement)
  }
}

function usage(t: ColumnTypes): string[] {
  return [
    `create table usage_snapshot (
      id text not null primary key,
      ${reference('usage_snapshot', 'integration_id', 'integration')},
      taken_at ${t.instant} not null,
      usage_day text not null,
      tenants_complete integer not null,
      tenants_incomplete integer not null)`,
    'create index usage_snapshot_integration_id_id_index on usage_snapshot (integration_id, id)',
    'create index usage_snapshot_integration_id_usage_day_index on usage_snapshot (integration_id, usage_day)',
    `create table usage_reading (
      ${reference('usage_reading', 'snapshot_id', 'usage_snapshot')},
      ${reference('usage_reading', 'tenant_id', 'tenant')},
      complete ${t.boolean} not null,
      reason text null,
      facts ${t.json} not null,
      primary key (snapshot_id, tenant_id))`,
    'create index usage_reading_tenant_id_snapshot_id_index on usage_reading (tenant_id, snapshot_id)',
    `create table usage_count (
      ${reference('usage_count', 'snapshot_id', 'usage_snapshot')},
      ${reference('usage_count', 'tenant_id', 'tenant')},
      ${reference('usage_count', 'application_id', 'application')},
      quantity integer not null,
      workstations integer null,
      servers integer null,
      non_windows integer null,
      unknown integer null,
      keys ${t.json} not null,
      primary key (snapshot_id, tenant_id, application_id))`,
    `create table device_use (
      id text not null primary key,
      ${reference('device_use', 'tenant_id', 'tenant')},
      ${reference('device_use', 'application_id', 'application')},
      device_id text not null,
      name text not null,
      category text not null,
      keys ${t.json} not null,
      joined_at ${t.instant} not null,
      joined_day text not null,
      left_at ${t.instant} null,
      left_day text null)`,
    `create index device_use_tenant_id_application_id_left_at_index
      on device_use (tenant_id, application_id, left_at)`,
  ]
}

function runs(t: ColumnTypes): string[] {
  return [
    'alter table integration add column last_scheduled_day text null',
    `create table billing_run (
      id text not null primary key,
      ${reference('billing_run', 'integration_id', 'integration')},
      mode text not null,
      trigger text not null,
      status text not null,
      run_day text not null,
      started_at ${t.instant} not null,
      finished_at ${t.instant} null,
      started_by text not null,
      snapshot_id text null constraint billing_run_snapshot_id_foreign
        references usage_snapshot (id) on delete restrict,
      totals ${t.json} not null,
      problems ${t.json} not null)`,
    'create index billing_run_integration_id_id_index on billing_run (integration_id, id)',
    'create index billing_run_status_index on billing_run (status)',
  ]
}

function adjustments(t: ColumnTypes): string[] {
  return [
    `create table adjustment (
      id text not null primary key,
      ${reference('adjustment', 'integration_id', 'integration')},
      ${reference('adjustment', 'run_id', 'billing_run')},
      status text not null,
      intent_key text not null,
      ordinal integer not null,
      ${reference('adjustment', 'tenant_id', 'tenant')},
      ${reference('adjustment', 'account_id', 'autotask_account')},
      ${reference('adjustment', 'contract_id', 'contract')},
      ${reference('adjustment', 'service_id', 'service')},
      line_external_id text null,
      effective_day text not null,
      units_before integer not null,
      unit_change integer not null,
      units_after integer not null,
      unit_price text null,
      period_start text not null,
      period_end text not null,
      money_first_period text null,
      money_per_period text null,
      planned ${t.json} not null,
      hold_code text null,
      hold_exits ${t.json} null,
      hold_facts ${t.json} null,
      held_since ${t.instant} null,
      outcome_text text null,
      units_read_back integer null,
      decided_by text null,
      posted_at ${t.instant} null,
      settled_at ${t.instant} null)`,
    'create index adjustment_integration_id_id_index on adjustment (integration_id, id)',
    'create index adjustment_run_id_id_index on adjustment (run_id, id)',
    'create index adjustment_integration_id_status_index on adjustment (integration_id, status)',
    'create index adjustment_intent_key_index on adjustment (intent_key)',
    `create table finding (
      id text not null primary key,
      ${reference('finding', 'run_id', 'billing_run')},
      code text not null,
      severity text not null,
      subject_kind text not null,
      subject_id text not null,
      subject_name text not null,
      facts ${t.json} not null,
      revenue_at_risk_per_month text null,
      tenant_id text null constraint finding_tenant_id_foreign references tenant (id))`,
    'create index finding_run_id_id_index on finding (run_id, id)',
  ]
}

function journal(t: ColumnTypes): string[] {
  return [
    `create table intent (
      ${reference('intent', 'integration_id', 'integration')},
      intent_key text not null,
      contract_external_id text not null,
      service_external_id text not null,
      line_external_id text null,
      ordinal integer not null,
      effective_day text not null,
      units_before integer not null,
      units_after integer not null,
      attempt integer not null,
      recorded_at ${t.instant} not null,
      takes_back text null,
      settled_kind text null,
      settled_at ${t.instant} null,
      units_seen integer null,
      reason text null,
      primary key (integration_id, intent_key))`,
    // Two planners that saw the same line both want its next ordinal: one of them gets it.
    `create unique index intent_next_ordinal_once
      on intent (integration_id, contract_external_id, service_external_id, ordinal)`,
    // One line has one post under way or in doubt at a time.
    `create unique index intent_one_unsettled on intent (integration_id, contract_external_id, service_external_id)
      where settled_kind is null or settled_kind = 'UNKNOWN'`,
    // Nothing is taken back twice; a take-back that came to nothing does not count.
    `create unique index intent_taken_back_once on intent (integration_id, takes_back)
      where takes_back is not null and (settled_kind is null or settled_kind in ('UNKNOWN', 'CONFIRMED', 'RESOLVED'))`,
    `create table line_record (
      ${reference('line_record', 'integration_id', 'integration')},
      contract_external_id text not null,
      service_external_id text not null,
      line_external_id text null,
      ordinal integer not null,
      ownership text not null,
      baseline_units integer not null,
      confirmed_units integer null,
      confirmed_day text null,
      unsettled_key text null,
      lapsed_in_a_row integer not null,
      primary key (integration_id, contract_external_id, service_external_id))`,
    `create table lease (
      name text not null primary key,
      holder text not null,
      expires_at_ms double precision not null)`,
  ]
}
