import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createTestDatabase, databaseKinds } from '../../../test/kit/databases.ts'
import { createOrm, migrate } from '../orm.ts'

test.each(databaseKinds)(
  'the migrations make the tables that the entities describe, on %s',
  async (kind) => {
    const orm = await createOrm(await createTestDatabase(kind), pino({ level: 'silent' }))
    try {
      await migrate(orm)
      const difference = await orm.schema.getUpdateSchemaSQL({ safe: true })
      const missing = difference
        .split('\n')
        .filter((statement) =>
          /create table|(add|rename) column|add constraint .* unique/.test(statement),
        )
      expect(missing).toEqual([])
    } finally {
      await orm.close()
    }
  },
)
