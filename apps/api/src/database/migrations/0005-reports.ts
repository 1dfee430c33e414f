import { Migration } from '@mikro-orm/migrations'
import { columnTypes } from './column-types.ts'

/** Usage that is handed in: licence reports with their column profile, and snapshots that programs report. */
export class Reports extends Migration {
  override up(): void {
    const t = columnTypes(this.driver)
    const statements = [
      `alter table integration add column report_profile ${t.json} null`,
      `create table usage_import (
        id text not null primary key,
        integration_id text not null constraint usage_import_integration_id_foreign
          references integration (id),
        snapshot_id text null constraint usage_import_snapshot_id_foreign
          references usage_snapshot (id) on delete restrict,
        kind text not null,
        content_key text null,
        content_sha256 text null,
        name text not null,
        usage_day text null,
        at ${t.instant} not null,
        actor text not null,
        companies integer not null,
        companies_incomplete integer not null,
        problem_count integer not null,
        problems ${t.json} not null,
        row_problems ${t.json} not null)`,
      // The same file twice, or the same key of a program twice, is one snapshot, whoever comes second.
      `create unique index usage_import_integration_id_kind_content_key_unique
        on usage_import (integration_id, kind, content_key)`,
      'create index usage_import_integration_id_id_index on usage_import (integration_id, id)',
    ]
    for (const statement of statements) this.addSql(statement)
  }
}
