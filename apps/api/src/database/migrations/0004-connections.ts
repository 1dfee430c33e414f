import { Migration } from '@mikro-orm/migrations'
import { columnTypes } from './column-types.ts'

/** The hour's requests that all processes share, waits that people see, and what the first write taught. */
export class Connections extends Migration {
  override up(): void {
    const t = columnTypes(this.driver)
    this.addSql(`create table request_hour (
      name text not null primary key,
      version integer not null,
      hour text not null)`)
    this.addSql(`create table autotask_wait (
      ${integration('autotask_wait')} on update cascade on delete cascade primary key,
      until ${t.instant} not null,
      reason text not null)`)
    this.addSql(`create table first_write (
      id text not null primary key,
      ${integration('first_write')},
      database_name text not null,
      contract_external_id text not null,
      service_external_id text not null,
      line_external_id text not null,
      effective_day text not null,
      units_before integer not null,
      progress text not null,
      started_at ${t.instant} not null,
      started_by text not null,
      ended_at ${t.instant} null,
      report ${t.json} null,
      facts ${t.json} null)`)
    this.addSql(
      'create index first_write_integration_id_id_index on first_write (integration_id, id)',
    )
    // Two at once would undo each other's unit.
    this.addSql(`create unique index first_write_one_under_way on first_write (integration_id)
      where ended_at is null`)
  }
}

function integration(table: string): string {
  return `integration_id text not null constraint ${table}_integration_id_foreign references integration (id)`
}
