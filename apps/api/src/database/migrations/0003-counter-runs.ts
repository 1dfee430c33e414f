import { Migration } from '@mikro-orm/migrations'
import { columnTypes } from './column-types.ts'

/** The pair of an adjustment and its take-back, and what each run was computed from. */
export class CounterRuns extends Migration {
  override up(): void {
    const types = columnTypes(this.driver)
    // Which take-back counts is the journal's to say: see the unique index intent_taken_back_once.
    this.addSql('alter table adjustment add column takes_back_id text null')
    this.addSql('create index adjustment_takes_back_id_index on adjustment (takes_back_id)')
    this.addSql(
      'create index adjustment_contract_id_service_id_id_index on adjustment (contract_id, service_id, id)',
    )
    this.addSql(`create table run_input (
      run_id text not null primary key constraint run_input_run_id_foreign references billing_run (id),
      stored_at ${types.instant} not null,
      engine text not null,
      body ${types.bytes} not null)`)
  }
}
