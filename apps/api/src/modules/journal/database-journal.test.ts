import { pino } from 'pino'
import type { ContractId, LineId, ServiceId } from '@trueup/core'
import { journalSuite, type JournalSubject } from '@trueup/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, databaseKinds } from '../../../test/kit/databases.ts'
import { createTestClock } from '../../../test/kit/test-clock.ts'
import { createOrm, migrate, type Orm } from '../../database/orm.ts'
import { newId } from '../../database/id.ts'
import { createDatabaseJournal } from './database-journal.ts'

describe.each(databaseKinds)('the journal in the database, on %s', (kind) => {
  let orm: Orm
  let integrationId: string
  let lines = 0

  beforeAll(async () => {
    orm = await createOrm(await createTestDatabase(kind), pino({ level: 'silent' }))
    await migrate(orm)
    integrationId = newId()
    await orm.em.fork().execute(
      `insert into integration (id, name, name_key, source, time_zone, daily_run_hour, schedule_enabled, approval_mode,
         bill_devices_by_category, count_unknown_as_workstation, effective_date_policy, maximum_reading_age_days, brakes,
         autotask_user_name, autotask_secret, autotask_integration_code, created_at)
       values (?, 'n', 'n', 'SECURITY_CENTER', 'UTC', 3, ?, 'AUTOMATIC', ?, ?, 'PERIOD_START', 3, '{}', 'u', 's', 'c', ?)`,
      [integrationId, false, false, false, new Date()],
    )
  })
  afterAll(() => orm.close())

  const open = async (): Promise<JournalSubject> => {
    lines += 1
    const clock = createTestClock()
    return {
      journal: createDatabaseJournal({ orm, integrationId, clock }),
      other: createDatabaseJournal({ orm, integrationId, clock }),
      contract: `contract-${lines}` as ContractId,
      service: 'service' as ServiceId,
      line: 'line' as LineId,
      close: async () => undefined,
    }
  }

  test.each(journalSuite(open))('$name', async ({ run }) => {
    await expect(run()).resolves.toBeUndefined()
  })
})
