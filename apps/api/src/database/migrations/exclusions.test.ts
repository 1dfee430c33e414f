import { pino } from 'pino'
import { afterEach, describe, expect, test } from 'vitest'
import { createTestDatabase, databaseKinds } from '../../../test/kit/databases.ts'
import { oldIntegration } from '../../../test/kit/old-integration.ts'
import { DeviceExclusionEntity } from '../../modules/evidence/device-exclusion.entity.ts'
import { ServiceMappingEntity } from '../../modules/mapping/service-mapping.entity.ts'
import { createOrm, migrate, type Orm } from '../orm.ts'

const withoutEffect = (category: string | null, excludedDevices: readonly string[]): object => ({
  action: 'DEVICE_EXCLUSION_WITHOUT_EFFECT',
  name: 'Devices',
  before: JSON.stringify({ category, excludedDevices }),
  after: null,
})

const at = new Date('2026-01-01T03:00:00Z')
const later = new Date('2026-02-01T03:00:00Z')

const OFFICE: readonly (readonly [sql: string, values: readonly unknown[]])[] = [
  oldIntegration({ billDevicesByCategory: true }),
  [
    `insert into tenant (id, integration_id, external_id, name, name_search, name_sort, is_present, kind, first_seen_at, last_seen_at)
     values ('t', 'i', 'x', 'T', 't', 't', ?, 'VIRTUAL_SERVER', ?, ?)`,
    [true, at, at],
  ],
  ...[
    ['devices', 'Devices', 'DEVICE'],
    ['mailboxes', 'Mailboxes', 'MAILBOX'],
  ].map(
    (values) =>
      [
        `insert into application (id, integration_id, name, unit, first_seen_at, last_seen_at) values (?, 'i', ?, ?, ?, ?)`,
        [...values, at, at],
      ] as const,
  ),
  [
    `insert into service (id, integration_id, external_id, name, name_search, name_sort, is_present, is_active)
     values ('s', 'i', 'x', 'S', 's', 's', ?, ?)`,
    [true, true],
  ],
  [
    `insert into usage_snapshot (id, integration_id, taken_at, usage_day, tenants_complete, tenants_incomplete)
     values ('snapshot', 'i', ?, '2026-01-01', 1, 0)`,
    [at],
  ],
]

let orm: Orm | null = null
afterEach(async () => {
  await orm?.close(true)
  orm = null
})

describe.each(databaseKinds)('devices that mappings left out of the bill, on %s', (kind) => {
  const run = (
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Record<string, unknown>[]> => {
    if (orm === null) throw new Error('the test has ended')
    return orm.em.fork().execute(sql, [...values])
  }
  const map = (
    application: string,
    category: string,
    devices: readonly string[],
  ): Promise<unknown> =>
    run(
      `insert into service_mapping (id, integration_id, version, application_id, category_key, service_id, counting, updated_at)
       values (?, 'i', 1, ?, ?, 's', ?, ?)`,
      [
        `${application} ${category}`,
        application,
        category,
        JSON.stringify({
          basis: 'PEAK',
          includedUnits: 2,
          minimumUnits: 1,
          excludedDevices: devices,
        }),
        later,
      ],
    )
  const use = (id: string, device: string, category: string): Promise<unknown> =>
    run(
      `insert into device_use (id, tenant_id, application_id, device_id, name, name_search, name_sort, category, keys,
         joined_snapshot_id, since_snapshot_id, has_left)
       values (?, 't', 'devices', ?, ?, '', '', ?, '[]', 'snapshot', 'snapshot', ?)`,
      [id, device, device.toUpperCase(), category, false],
    )

  test('stay left out where they were, with who did it, and no bill changes', async () => {
    orm = await createOrm(await createTestDatabase(kind), pino({ level: 'silent' }))
    await orm.migrator.up({ to: '0007-key-options' })
    for (const [sql, values] of OFFICE) await run(sql, values)
    await use('1', 'old-pc', 'WINDOWS_WORKSTATION')
    await use('2', 'old-server', 'WINDOWS_WORKSTATION')
    await use('3', 'old-server', 'WINDOWS_SERVER')
    await use('4', 'riddle', 'UNKNOWN')
    await use('5', 'twice', 'WINDOWS_WORKSTATION')
    // Billed by category: the whole application's mapping sleeps.
    await map('devices', '', ['sleeping'])
    await map('devices', 'WINDOWS_WORKSTATION', [
      'old-pc',
      'old-pc',
      'old-server',
      'riddle',
      'twice',
    ])
    await map('devices', 'WINDOWS_SERVER', ['old-server', 'never-seen'])
    // Mailboxes are mapped whole, however devices are billed.
    await map('mailboxes', '', ['box'])
    await run(
      `insert into device_exclusion (id, application_id, device_id, device_name, reason, excluded_at, excluded_by)
       values ('known', 'devices', 'twice', 'TWICE', 'Spare', ?, 'carol')`,
      [at],
    )
    const listed = (devices: readonly string[]): string =>
      JSON.stringify({ category: 'WINDOWS_WORKSTATION', counting: { excludedDevices: devices } })
    const change = `insert into activity (id, integration_id, at, actor, action, subject_kind, subject_id, subject_name, "before", "after")
      values (?, 'i', ?, ?, 'SERVICE_MAPPING_CHANGED', 'APPLICATION', 'devices', 'Devices', ?, ?)`
    await run(change, ['1', at, 'bob', null, listed(['old-pc'])])
    await run(change, ['2', later, 'alice', listed(['old-pc']), listed(['old-pc', 'riddle'])])

    await migrate(orm)

    expect(
      await run(
        'select application_id as app, device_id as device, device_name as name, excluded_by as who from device_exclusion order by device_id',
      ),
    ).toEqual([
      { app: 'mailboxes', device: 'box', name: 'box', who: 'migration' },
      { app: 'devices', device: 'never-seen', name: 'never-seen', who: 'migration' },
      { app: 'devices', device: 'old-pc', name: 'OLD-PC', who: 'bob' },
      { app: 'devices', device: 'old-server', name: 'OLD-SERVER', who: 'migration' },
      { app: 'devices', device: 'riddle', name: 'RIDDLE', who: 'alice' },
      { app: 'devices', device: 'twice', name: 'TWICE', who: 'carol' },
    ])
    const since = await orm.em
      .fork()
      .find(DeviceExclusionEntity, {}, { orderBy: { deviceId: 'asc' } })
    expect(since.map(({ excludedAt }) => excludedAt)).toEqual([later, later, at, later, later, at])
    expect(
      await run(
        `select action, subject_name as name, "before", "after" from activity where actor = 'migration' and action <> 'DEVICE_EXCLUDED' order by id`,
      ),
    ).toEqual([
      withoutEffect(null, ['sleeping']),
      withoutEffect('WINDOWS_WORKSTATION', ['old-server']),
    ])
    const excluded = await run(
      `select "after" from activity where actor = 'migration' and action = 'DEVICE_EXCLUDED'`,
    )
    expect(excluded).toHaveLength(5)
    const rules = await orm.em.fork().find(ServiceMappingEntity, {})
    expect(rules.map(({ counting }) => counting)).toEqual(
      rules.map(() => ({ basis: 'PEAK', includedUnits: 2, minimumUnits: 1 })),
    )
  })
})
