import { Migration } from '@mikro-orm/migrations'
import { columnTypes, type ColumnTypes } from './column-types.ts'

/** Connections, directory, mappings, people, tokens and the activity log. */
export class FirstTables extends Migration {
  override up(): void {
    const types = columnTypes(this.driver)
    const statements = [
      ...integrations(types),
      ...directory(types),
      ...mappings(types),
      ...people(types),
      ...activities(types),
    ]
    for (const statement of statements) this.addSql(statement)
  }
}

function integrations(t: ColumnTypes): string[] {
  return [
    `create table integration (
      id text not null primary key,
      version integer not null default 1,
      name text not null,
      name_key text not null,
      source text not null,
      time_zone text not null,
      daily_run_hour integer not null,
      schedule_enabled ${t.boolean} not null,
      approval_mode text not null,
      bill_devices_by_category ${t.boolean} not null,
      count_unknown_as_workstation ${t.boolean} not null,
      effective_date_policy text not null,
      maximum_reading_age_days integer not null,
      brakes ${t.json} not null,
      autotask_url text null,
      autotask_user_name text not null,
      autotask_secret text not null,
      autotask_integration_code text not null,
      autotask_web_url text null,
      security_center_url text null,
      security_center_user text null,
      security_center_password text null,
      security_center_certificate_sha256 text null,
      created_at ${t.instant} not null,
      directory_read_at ${t.instant} null)`,
    'create unique index integration_name_key_unique on integration (name_key)',
  ]
}

function directory(t: ColumnTypes): string[] {
  return [
    ...listed('tenant', t, [
      'kind text not null',
      `first_seen_at ${t.instant} not null`,
      `last_seen_at ${t.instant} not null`,
    ]),
    ...listed('autotask_account', t, [`is_active ${t.boolean} not null`]),
    ...listed('contract', t, [
      `account_id text not null constraint contract_account_id_foreign references autotask_account (id)`,
      `is_recurring_service ${t.boolean} not null`,
      `is_active ${t.boolean} not null`,
      'start_day text not null',
      'end_day text not null',
      'period_months integer null',
      'renewed_as_external_id text null',
    ]),
    'create index contract_account_id_index on contract (account_id)',
    ...listed('service', t, [
      `is_active ${t.boolean} not null`,
      'period_months integer null',
      'unit_price text null',
    ]),
    `create table application (
      id text not null primary key,
      ${ofIntegration('application')},
      name text not null,
      unit text not null,
      first_seen_at ${t.instant} not null,
      last_seen_at ${t.instant} not null)`,
    'create unique index application_integration_id_name_unique on application (integration_id, name)',
  ]
}

function mappings(t: ColumnTypes): string[] {
  return [
    `create table account_mapping (
      id text not null primary key,
      ${ofIntegration('account_mapping')},
      version integer not null,
      tenant_id text not null constraint account_mapping_tenant_id_foreign references tenant (id),
      account_id text null constraint account_mapping_account_id_foreign
        references autotask_account (id) on delete restrict,
      contract_id text null constraint account_mapping_contract_id_foreign
        references contract (id) on delete restrict,
      billing_enabled ${t.boolean} not null,
      effective_date_policy text null,
      updated_at ${t.instant} not null)`,
    'create unique index account_mapping_tenant_id_unique on account_mapping (tenant_id)',
    `create unique index account_mapping_one_tenant_per_account
      on account_mapping (integration_id, account_id)`,
    'create index account_mapping_account_id_index on account_mapping (account_id)',
    'create index account_mapping_contract_id_index on account_mapping (contract_id)',
    `create table service_mapping (
      id text not null primary key,
      ${ofIntegration('service_mapping')},
      version integer not null,
      application_id text not null constraint service_mapping_application_id_foreign
        references application (id),
      category_key text not null,
      service_id text not null constraint service_mapping_service_id_foreign references service (id),
      counting ${t.json} not null,
      updated_at ${t.instant} not null)`,
    `create unique index service_mapping_application_id_category_key_unique
      on service_mapping (application_id, category_key)`,
    'create index service_mapping_integration_id_index on service_mapping (integration_id)',
    'create index service_mapping_service_id_index on service_mapping (service_id)',
  ]
}

function people(t: ColumnTypes): string[] {
  return [
    `create table person (
      id text not null primary key,
      user_name text not null,
      user_name_key text not null,
      password_hash text not null,
      must_change_password ${t.boolean} not null,
      role text not null,
      created_at ${t.instant} not null)`,
    'create unique index person_user_name_key_unique on person (user_name_key)',
    `create table session (
      token_hash text not null primary key,
      person_id text not null constraint session_person_id_foreign references person (id),
      created_at ${t.instant} not null,
      expires_at ${t.instant} not null)`,
    'create index session_person_id_index on session (person_id)',
    'create index session_expires_at_index on session (expires_at)',
    `create table api_token (
      id text not null primary key,
      name text not null,
      role text not null,
      token_hash text not null,
      created_at ${t.instant} not null,
      expires_at ${t.instant} null,
      last_used_at ${t.instant} null,
      revoked_at ${t.instant} null)`,
    'create unique index api_token_token_hash_unique on api_token (token_hash)',
  ]
}

function activities(t: ColumnTypes): string[] {
  return [
    `create table activity (
      id text not null primary key,
      integration_id text null constraint activity_integration_id_foreign
        references integration (id) on delete restrict,
      at ${t.instant} not null,
      actor text not null,
      action text not null,
      subject_kind text not null,
      subject_id text not null,
      subject_name text not null,
      "before" text null,
      "after" text null)`,
    'create index activity_integration_id_id_index on activity (integration_id, id)',
  ]
}

/** A table that one of the two sides lists: found by its own id, shown and searched by name. */
function listed(table: string, t: ColumnTypes, columns: readonly string[]): string[] {
  return [
    `create table ${table} (
      id text not null primary key,
      ${ofIntegration(table)},
      external_id text not null,
      name text not null,
      name_search text not null,
      name_sort ${t.sortText} not null,
      is_present ${t.boolean} not null,
      ${columns.join(',\n      ')})`,
    `create unique index ${table}_integration_id_external_id_unique
      on ${table} (integration_id, external_id)`,
    `create index ${table}_integration_id_name_sort_id_index on ${table} (integration_id, name_sort, id)`,
  ]
}

function ofIntegration(table: string): string {
  return `integration_id text not null constraint ${table}_integration_id_foreign references integration (id)`
}
