import type { MigrationObject } from '@mikro-orm/core'
import { FirstTables } from './0001-first-tables.ts'
import { Runs } from './0002-runs.ts'
import { CounterRuns } from './0003-counter-runs.ts'
import { Connections } from './0004-connections.ts'
import { Reports } from './0005-reports.ts'
import { Evidence } from './0006-evidence.ts'
import { KeyOptions } from './0007-key-options.ts'
import { CustomerRisk } from './0008-customer-risk.ts'
import { Exclusions } from './0009-exclusions.ts'

/**
 * Every migration in its order, listed by hand. One text serves both databases; a migration that has been
 * released is never edited. The names are what the database remembers.
 */
export const migrations: MigrationObject[] = [
  { name: '0001-first-tables', class: FirstTables },
  { name: '0002-runs', class: Runs },
  { name: '0003-counter-runs', class: CounterRuns },
  { name: '0004-connections', class: Connections },
  { name: '0005-reports', class: Reports },
  { name: '0006-evidence', class: Evidence },
  { name: '0007-key-options', class: KeyOptions },
  { name: '0008-customer-risk', class: CustomerRisk },
  { name: '0009-exclusions', class: Exclusions },
]
