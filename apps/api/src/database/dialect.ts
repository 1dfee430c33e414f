import type { AbstractSqlDriver } from '@mikro-orm/sql'

/** Which of the two databases a driver speaks to. By name, so that the other driver need not be loaded. */
export function isPostgresql(driver: AbstractSqlDriver): boolean {
  return driver.constructor.name === 'PostgreSqlDriver'
}
