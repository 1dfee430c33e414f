import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { LoadStrategy, type Options } from '@mikro-orm/core'
import { Migrator } from '@mikro-orm/migrations'
import type { AbstractSqlDriver, SqlEntityManager, MikroORM } from '@mikro-orm/sql'
import type { Logger } from 'pino'
import { isPostgresql } from './dialect.ts'
import { entities } from './entities.ts'
import { migrations } from './migrations/index.ts'

/** Where the data lives. `:memory:` is a database that ends with the process. */
export type DatabaseTarget =
  | { readonly kind: 'sqlite'; readonly file: string }
  | { readonly kind: 'postgresql'; readonly url: string }

/** The ORM on either database. */
export type Orm = MikroORM<AbstractSqlDriver>

/** An entity manager on either database. */
export type Em = SqlEntityManager

/** Milliseconds a writer waits for another process's lock on the SQLite file. */
const SQLITE_BUSY_TIMEOUT_MS = 10_000
const POSTGRESQL_POOL_SIZE = 10

/** Connects. Creates the SQLite file's folder; does not migrate. */
export async function createOrm(target: DatabaseTarget, log: Logger): Promise<Orm> {
  const orm =
    target.kind === 'sqlite'
      ? await createSqlite(target.file, log)
      : await createPostgresql(target.url, log)
  return orm as unknown as Orm
}

/** Any number that nothing else locks: of processes that start at once on one PostgreSQL, one migrates. */
const MIGRATION_LOCK = 7_831_006

/** Brings the schema up to date. Processes that start at once on one PostgreSQL do it one after the other. */
export async function migrate(orm: Orm): Promise<void> {
  if (!isPostgresql(orm.driver)) {
    await orm.migrator.up()
    return
  }
  await orm.em.fork().transactional(async (em) => {
    // Held by this transaction's connection while the migrations run on others.
    await em.execute(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`)
    await orm.migrator.up()
  })
}

async function createSqlite(file: string, log: Logger): Promise<unknown> {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const { MikroORM: SqliteOrm } = await import('@mikro-orm/sqlite')
  const orm = await SqliteOrm.init({
    ...shared(log),
    dbName: file,
    driverOptions: { timeout: SQLITE_BUSY_TIMEOUT_MS },
  })
  // Readers go on while somebody writes; `normal` is durable with WAL except for a power cut's last moment,
  // which the journal of intents must survive: hence `full`.
  for (const pragma of ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on'])
    await orm.em.getConnection().execute(`pragma ${pragma}`)
  return orm
}

async function createPostgresql(url: string, log: Logger): Promise<unknown> {
  const { MikroORM: PostgresqlOrm } = await import('@mikro-orm/postgresql')
  return PostgresqlOrm.init({
    ...shared(log),
    clientUrl: url,
    pool: { min: 0, max: POSTGRESQL_POOL_SIZE },
  })
}

function shared(
  log: Logger,
): Pick<
  Options,
  | 'entities'
  | 'extensions'
  | 'migrations'
  | 'loadStrategy'
  | 'logger'
  | 'debug'
  | 'colors'
  | 'allowGlobalContext'
> & { forceUtcTimezone: true } {
  return {
    entities,
    extensions: [Migrator],
    migrations: { migrationsList: migrations, snapshot: false, allOrNothing: true },
    // To-one relations come along in the same SQL query.
    loadStrategy: LoadStrategy.JOINED,
    forceUtcTimezone: true,
    debug: log.isLevelEnabled('trace') ? ['query'] : false,
    colors: false,
    logger: (message) => log.trace(message),
    allowGlobalContext: false,
  }
}
