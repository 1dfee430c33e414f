import { pino } from 'pino'
import { expect, test } from 'vitest'
import { createTestDatabase, databaseKinds } from '../../test/kit/databases.ts'
import { createOrm, migrate } from './orm.ts'

const quiet = pino({ level: 'silent' })

test.each(databaseKinds)('the migrations make the tables of the entities, on %s', async (kind) => {
  const orm = await createOrm(await createTestDatabase(kind), quiet)
  try {
    await migrate(orm)
    const difference = await orm.schema.getUpdateSchemaSQL({ wrap: false })
    // Indexes are chosen for queries, and the sort order of names for PostgreSQL; neither is a matter of the entities.
    const statements = difference
      .split(';')
      .map((statement) => statement.trim())
      .filter(
        (statement) => statement !== '' && !/^(create|drop) index|"name_sort" type/.test(statement),
      )
    expect(statements).toEqual([])
  } finally {
    await orm.close()
  }
})

test('two processes that start at once on one database both find it migrated', async () => {
  const target = await createTestDatabase('postgresql')
  const orms = await Promise.all([createOrm(target, quiet), createOrm(target, quiet)])
  try {
    await Promise.all(orms.map((orm) => migrate(orm)))
    for (const orm of orms) expect(await orm.migrator.getPending()).toEqual([])
  } finally {
    await Promise.all(orms.map((orm) => orm.close()))
  }
})
