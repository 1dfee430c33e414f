import { Migration } from '@mikro-orm/migrations'
import { isPostgresql } from '../dialect.ts'
import { toNameColumns } from '../search-text.ts'
import { columnTypes, reference, type ColumnTypes } from './column-types.ts'

/**
 * Evidence is bound to snapshots instead of instants, of which two snapshots may share one, and is found by name. Devices
 * can be left out of the bill. On SQLite the two tables that grow every day keep their rows in their primary key
 * only, which halves them.
 */
export class Evidence extends Migration {
  override async up(): Promise<void> {
    const types = columnTypes(this.driver)
    const statements = [
      ...deviceUse(types),
      ...(await this.nameDevices()),
      ...exclusions(types),
      ...(isPostgresql(this.driver) ? [] : compactCounts(types)),
    ]
    for (const statement of statements) this.addSql(statement)
  }

  /** Names are folded by our own code, which knows more scripts than a database. */
  private async nameDevices(): Promise<string[]> {
    const rows = await this.execute('select distinct name from device_use')
    return rows.map((row) => {
      const { name, nameSearch, nameSort } = toNameColumns(String(row['name']))
      return `update device_use set name_search = ${quote(nameSearch)}, name_sort = ${quote(nameSort)}
        where name = ${quote(name)}`
    })
  }
}

function deviceUse(t: ColumnTypes): string[] {
  return [
    'alter table device_use rename to device_use_before',
    `create table device_use (
      id text not null primary key,
      ${reference('device_use', 'tenant_id', 'tenant')},
      ${reference('device_use', 'application_id', 'application')},
      device_id text not null,
      name text not null,
      name_search text not null,
      name_sort ${t.sortText} not null,
      category text not null,
      operating_system text null,
      keys ${t.json} not null,
      ${reference('device_use', 'joined_snapshot_id', 'usage_snapshot')},
      ${reference('device_use', 'since_snapshot_id', 'usage_snapshot')},
      until_snapshot_id text null constraint device_use_until_snapshot_id_foreign
        references usage_snapshot (id) on delete restrict,
      has_left ${t.boolean} not null)`,
    // When a device with other facts first joined is not known of what was stored before.
    `insert into device_use
      select old.id, old.tenant_id, old.application_id, old.device_id, old.name, old.name, old.name,
        old.category, null, old.keys, ${snapshotAt('old.joined_at')}, ${snapshotAt('old.joined_at')},
        ${snapshotAt('old.left_at')}, old.left_at is not null and not exists (
          select 1 from device_use_before as next where next.tenant_id = old.tenant_id
            and next.application_id = old.application_id and next.device_id = old.device_id
            and next.joined_at = old.left_at)
      from device_use_before as old`,
    'drop table device_use_before',
    'create index device_use_tenant_id_name_sort_id_index on device_use (tenant_id, name_sort, id)',
    // What a new snapshot is compared with.
    'create index device_use_in_use on device_use (tenant_id) where until_snapshot_id is null',
  ]
}

function snapshotAt(instant: string): string {
  return `(select min(usage_snapshot.id) from usage_snapshot
    join tenant on tenant.integration_id = usage_snapshot.integration_id
    where tenant.id = old.tenant_id and usage_snapshot.taken_at = ${instant})`
}

function exclusions(t: ColumnTypes): string[] {
  return [
    `create table device_exclusion (
      id text not null primary key,
      application_id text not null constraint device_exclusion_application_id_foreign
        references application (id),
      device_id text not null,
      device_name text not null,
      reason text not null,
      excluded_at ${t.instant} not null,
      excluded_by text not null)`,
    `create unique index device_exclusion_application_id_device_id_unique
      on device_exclusion (application_id, device_id)`,
  ]
}

function compactCounts(t: ColumnTypes): string[] {
  return [
    ...withoutRowid(
      'usage_reading',
      `snapshot_id text not null references usage_snapshot (id),
      tenant_id text not null references tenant (id),
      complete ${t.boolean} not null,
      reason text null,
      facts ${t.json} not null,
      primary key (snapshot_id, tenant_id)`,
    ),
    'create index usage_reading_tenant_id_snapshot_id_index on usage_reading (tenant_id, snapshot_id)',
    ...withoutRowid(
      'usage_count',
      `snapshot_id text not null references usage_snapshot (id),
      tenant_id text not null references tenant (id),
      application_id text not null references application (id),
      quantity integer not null,
      workstations integer null,
      servers integer null,
      non_windows integer null,
      unknown integer null,
      keys ${t.json} not null,
      primary key (snapshot_id, tenant_id, application_id)`,
    ),
  ]
}

/** The same columns in the same order, in a table that is its own primary key. */
function withoutRowid(table: string, columns: string): string[] {
  return [
    `alter table ${table} rename to ${table}_before`,
    `create table ${table} (${columns}) without rowid`,
    `insert into ${table} select * from ${table}_before`,
    `drop table ${table}_before`,
  ]
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
