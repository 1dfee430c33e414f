import type { CategoryCountType } from '../../graphql/category-count.type.ts'
import type { ApplicationRow } from '../application/application.entity.ts'
import type { UsageCountRow } from './usage-count.entity.ts'
import type { UsageCountType } from './usage.type.ts'

/** Stored counts in the shape the schema promises, by the application's name. Applications must be loaded. */
export function toUsageCounts(rows: readonly UsageCountRow[]): UsageCountType[] {
  return rows
    .map((row) => ({ row, application: row.application.unwrap() as ApplicationRow }))
    .sort((a, b) => (a.application.name < b.application.name ? -1 : 1))
    .map(({ row, application }) => ({
      application,
      unit: application.unit,
      quantity: row.quantity,
      byCategory: toCategoryCounts(row),
      keys: row.keys,
    }))
}

/** The numbers a count has by category, without the zeros. */
function toCategoryCounts(
  row: Pick<UsageCountRow, 'workstations' | 'servers' | 'nonWindows' | 'unknown'>,
): CategoryCountType[] {
  const counts: CategoryCountType[] = [
    { category: 'WINDOWS_WORKSTATION', units: row.workstations ?? 0 },
    { category: 'WINDOWS_SERVER', units: row.servers ?? 0 },
    { category: 'NON_WINDOWS', units: row.nonWindows ?? 0 },
    { category: null, units: row.unknown ?? 0 },
  ]
  return counts.filter((count) => count.units > 0)
}
