import type { EntityName, RequiredEntityData } from '@mikro-orm/core'
import { inChunks } from './store-listed.ts'
import type { Em } from './orm.ts'

/** Inserts rows in statements that either database takes, without making entities of them. */
export async function insertAll<Row extends object>(
  em: Em,
  entity: EntityName<Row>,
  rows: readonly object[],
): Promise<void> {
  for (const chunk of inChunks(rows))
    await em.insertMany(entity, chunk as RequiredEntityData<Row>[])
}
