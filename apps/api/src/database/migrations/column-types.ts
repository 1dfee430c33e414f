import type { AbstractSqlDriver } from '@mikro-orm/sql'
import { isPostgresql } from '../dialect.ts'

/** The few column types whose names differ between the two databases. All others are written out. */
export interface ColumnTypes {
  /** SQLite keeps truth as 0 and 1. */
  readonly boolean: string
  /** With milliseconds; SQLite keeps them as a number since 1970. */
  readonly instant: string
  readonly json: string
  readonly bytes: string
  /** Text that orders by code point everywhere, so that pages come out alike on both databases. */
  readonly sortText: string
}

const SQLITE: ColumnTypes = {
  boolean: 'integer',
  instant: 'datetime',
  json: 'json',
  bytes: 'blob',
  sortText: 'text',
}

const POSTGRESQL: ColumnTypes = {
  boolean: 'boolean',
  instant: 'timestamptz(3)',
  json: 'jsonb',
  bytes: 'bytea',
  sortText: 'text collate "C"',
}

/** The types of the database that a migration runs on. */
export function columnTypes(driver: AbstractSqlDriver): ColumnTypes {
  return isPostgresql(driver) ? POSTGRESQL : SQLITE
}

/** A column that refers to another table's id, its constraint named as MikroORM names it on PostgreSQL. */
export function reference(table: string, column: string, target: string): string {
  return `${column} text not null constraint ${table}_${column}_foreign references ${target} (id)`
}
