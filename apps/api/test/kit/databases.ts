import { randomUUID } from 'node:crypto'
import { MikroORM } from '@mikro-orm/postgresql'
import { inject } from 'vitest'
import type { DatabaseTarget } from '../../src/database/orm.ts'

/** Every database that Trueup runs on; module tests run the same on each. */
export const databaseKinds = ['sqlite', 'postgresql'] as const

/** One of {@link databaseKinds}. */
export type DatabaseKind = (typeof databaseKinds)[number]

/** A fresh, empty database: SQLite in memory, or one of its own on the test run's PostgreSQL. */
export async function createTestDatabase(kind: DatabaseKind): Promise<DatabaseTarget> {
  if (kind === 'sqlite') return { kind: 'sqlite', file: ':memory:' }
  const server = inject('postgresqlUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const orm = await MikroORM.init({
    clientUrl: `${server}/postgres`,
    entities: [],
    discovery: { warnWhenNoEntities: false },
  })
  await orm.em.getConnection().execute(`create database ${name}`)
  await orm.close()
  return { kind: 'postgresql', url: `${server}/${name}` }
}
