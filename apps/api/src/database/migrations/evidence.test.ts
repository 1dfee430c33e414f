import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { createTestDatabase, databaseKinds } from '../../../test/kit/databases.ts'
import { oldIntegration } from '../../../test/kit/old-integration.ts'
import { createOrm, migrate, type Orm } from '../orm.ts'

let orm: Orm | null = null
afterEach(async () => {
  await orm?.close(true)
  orm = null
})

describe.each(databaseKinds)('evidence that was stored before, on %s', (kind) => {
  test('is bound to its snapshots, tells leaving from changing, and is found by name', async () => {
    orm = await createOrm(await createTestDatabase(kind), pino({ level: 'silent' }))
    await orm.migrator.up({ to: '0005-reports' })
    const run = (sql: string, values: readonly unknown[] = []): Promise<unknown> => {
      if (orm === null) throw new Error('the test has ended')
      return orm.em.fork().execute(sql, [...values])
    }
    const days = ['2026-01-01', '2026-01-02', '2026-01-03']
    const instants = days.map((day) => new Date(`${day}T03:00:00Z`))
    await run(...oldIntegration({ billDevicesByCategory: false }))
    await run(
      `insert into tenant (id, integration_id, external_id, name, name_search, name_sort, is_present, kind, first_seen_at, last_seen_at)
       values ('t', 'i', 'x', 'T', 't', 't', ?, 'VIRTUAL_SERVER', ?, ?)`,
      [true, instants[0], instants[2]],
    )
    await run(
      `insert into application (id, integration_id, name, unit, first_seen_at, last_seen_at) values ('a', 'i', 'A', 'DEVICE', ?, ?)`,
      [instants[0], instants[2]],
    )
    for (const [index, day] of days.entries()) {
      await run(
        `insert into usage_snapshot (id, integration_id, taken_at, usage_day, tenants_complete, tenants_incomplete) values (?, 'i', ?, ?, 1, 0)`,
        [`s${index}`, instants[index], day],
      )
      await run(
        `insert into usage_reading (snapshot_id, tenant_id, complete, reason, facts) values (?, 't', ?, null, '{}')`,
        [`s${index}`, true],
      )
      await run(
        `insert into usage_count (snapshot_id, tenant_id, application_id, quantity, keys) values (?, 't', 'a', 2, '["K"]')`,
        [`s${index}`],
      )
    }
    const use = (
      id: string,
      name: string,
      [from, to]: readonly [number, number | null],
    ): Promise<unknown> =>
      run(
        `insert into device_use (id, tenant_id, application_id, device_id, name, category, keys, joined_at, joined_day, left_at, left_day)
         values (?, 't', 'a', ?, ?, 'WINDOWS_SERVER', '["K"]', ?, ?, ?, ?)`,
        [
          id,
          name,
          name,
          instants[from],
          days[from],
          to === null ? null : instants[to],
          to === null ? null : days[to],
        ],
      )
    await use('stays', 'ÄRZTE-1', [0, null])
    await use('leaves', "O'HARA", [0, 2])
    await use('changes', 'PC', [0, 1])
    await use('changed', 'PC', [1, null])

    await migrate(orm)
    expect(
      await run(
        `select id, name_search, since_snapshot_id as since, until_snapshot_id as until, has_left = ? as has_left
         from device_use order by id`,
        [true],
      ),
    ).toEqual(
      [
        { id: 'changed', name_search: 'pc', since: 's1', until: null, has_left: false },
        { id: 'changes', name_search: 'pc', since: 's0', until: 's1', has_left: false },
        { id: 'leaves', name_search: "o'hara", since: 's0', until: 's2', has_left: true },
        { id: 'stays', name_search: 'ärzte-1', since: 's0', until: null, has_left: false },
        // SQLite answers comparisons with 0 and 1.
      ].map((row) => (kind === 'sqlite' ? { ...row, has_left: Number(row.has_left) } : row)),
    )
    const [counts] = (await run('select sum(quantity) as units from usage_count')) as {
      units: unknown
    }[]
    expect(Number(counts?.units)).toBe(6)
    const [readings] = (await run('select count(*) as readings from usage_reading')) as {
      readings: unknown
    }[]
    expect(Number(readings?.readings)).toBe(3)
  })
})
