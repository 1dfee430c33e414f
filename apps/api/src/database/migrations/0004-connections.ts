import { Migration } from '@mikro-orm/migrations'
import { columnTypes } from './column-types.ts'

/** The hour's requests that all processes share, and waits that people see. */
export class Connections extends Migration {
  override up(): void {
    const t = columnTypes(this.driver)
    this.addSql(`create table request_hour (
      name text not null primary key,
      version integer not null,
      hour text not null)`)
    this.addSql(`create table autotask_wait (
      ${integration('autotask_wait')} primary key,
      until ${t.instant} not null,
      reason text not null)`)
  }
}

function integration(table: string): string {
  return `integration_id text not null constraint ${table}_integration_id_foreign references integration (id)
    on update cascade on delete cascade`
}
