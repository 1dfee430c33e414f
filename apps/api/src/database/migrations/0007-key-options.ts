import { Migration } from '@mikro-orm/migrations'
import { columnTypes } from './column-types.ts'

/** Which doubtful licence keys count. */
export class KeyOptions extends Migration {
  override up(): void {
    const { boolean } = columnTypes(this.driver)
    for (const column of ['count_oem', 'count_soft_cancelled'])
      this.addSql(`alter table integration add column ${column} ${boolean} not null default false`)
  }
}
