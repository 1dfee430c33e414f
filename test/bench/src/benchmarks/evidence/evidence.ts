// What a year of readings costs on disk, and what storing one more day costs in time.
//
// A year of daily snapshots of 10,000 devices at 400 customers, half of the devices with a second application, in the SQLite
// file that the server uses. In that year four in ten devices are replaced by others, licences are moved, systems
// are upgraded, and every key is renewed once. Held against the truth are the devices in use on the first, a middle and the
// last day.
//
// It does not show runs with their adjustments and findings, nor days on which somebody reads more than once, and not the
// time it takes to read from Kaspersky.
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createOrm,
  IntegrationEntity,
  migrate,
  storeSnapshot,
  storeTenants,
} from '@trueup/api/storage'
import { addDays, NO_BRAKES, parseDay, type Day, type UsageReading } from '@trueup/core'
import { pino } from 'pino'
import type { Benchmark, BenchmarkOptions, Figure } from '../../benchmark.ts'
import { listTenants, readDays } from './provider-days.ts'

const days = 365
const size = { tenants: 400, devices: 10_000 }
const firstDay = parseDay('2026-01-01') ?? ('' as Day)
const checkedDays: readonly number[] = [0, 180, days - 1]

type Orm = Awaited<ReturnType<typeof createOrm>>

/** `npm run bench -- evidence` */
export const evidenceBenchmark: Benchmark = {
  name: 'evidence',
  measure: async (options) => {
    const folder = await mkdtemp(join(tmpdir(), 'trueup-evidence-'))
    try {
      return await measureYear(folder, options)
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

async function measureYear(folder: string, { seed, say }: BenchmarkOptions): Promise<Figure[]> {
  const orm = await createOrm(
    { kind: 'sqlite', file: join(folder, 'trueup.db') },
    pino({ level: 'silent' }),
  )
  await migrate(orm)
  const integrationId = await storeIntegration(orm)
  const seconds: number[] = []
  const uses = new Map<number, { readonly snapshotId: string; readonly uses: number }>()
  let day = 0
  for (const reading of readDays({ ...size, seed }, days)) {
    const startedMs = performance.now()
    const snapshotId = await storeDay(orm, integrationId, { day, reading })
    seconds.push((performance.now() - startedMs) / 1_000)
    if (checkedDays.includes(day)) uses.set(day, { snapshotId, uses: countUses(reading) })
    day += 1
    if (day % 73 === 0) say(`${day} days`)
  }
  let wrong = 0
  for (const { snapshotId, uses: expected } of uses.values())
    if ((await countInUse(orm, snapshotId)) !== expected) wrong += 1
  const rows = await countRows(orm)
  await orm.em.fork().execute('pragma wal_checkpoint(truncate)')
  await orm.close()
  const name = 'a year of 10,000 devices at 400 customers'
  const ordered = seconds.slice(1).toSorted((a, b) => a - b)
  return [
    { name, value: (await readSize(folder)) / 1_000_000, unit: 'MB', bar: '< 200' },
    { name: `${name}: wrong days`, value: wrong, unit: 'days', bar: '= 0' },
    { name: `${name}: rows of devices`, value: rows, unit: 'rows' },
    { name: 'the first day', value: seconds[0] ?? 0, unit: 's' },
    { name: 'one more day', value: ordered[ordered.length >> 1] ?? 0, unit: 's', bar: '< 2' },
    { name: 'one more day, the slowest', value: ordered.at(-1) ?? 0, unit: 's' },
  ]
}

async function storeDay(
  orm: Orm,
  integrationId: string,
  { day, reading }: { readonly day: number; readonly reading: UsageReading },
): Promise<string> {
  const usageDay = addDays(firstDay, day)
  const takenAt = new Date(`${usageDay}T03:00:00Z`)
  return orm.em
    .fork()
    .transactional((em) => storeSnapshot(em, { integrationId, takenAt, usageDay, reading }))
}

async function storeIntegration(orm: Orm): Promise<string> {
  const em = orm.em.fork()
  const at = new Date(`${firstDay}T00:00:00Z`)
  const id = 'integration'
  await em.insert(IntegrationEntity, {
    id,
    name: 'Benchmark',
    nameKey: 'benchmark',
    source: 'SECURITY_CENTER',
    timeZone: 'Europe/Berlin',
    dailyRunHour: 3,
    scheduleEnabled: false,
    approvalMode: 'MANUAL',
    billDevicesByCategory: true,
    countUnknownAsWorkstation: false,
    effectiveDatePolicy: 'PERIOD_START',
    maximumReadingAgeDays: 3,
    brakes: NO_BRAKES,
    autotaskUrl: null,
    autotaskUserName: '',
    autotaskSecret: '',
    autotaskIntegrationCode: '',
    autotaskWebUrl: null,
    securityCenterUrl: null,
    securityCenterUser: null,
    securityCenterPassword: null,
    securityCenterCertificateSha256: null,
    createdAt: at,
    directoryReadAt: null,
    lastScheduledDay: null,
  })
  await em.transactional((inside) =>
    storeTenants(inside, id, { tenants: listTenants({ ...size, seed: 0 }), at }),
  )
  return id
}

function countUses({ readings }: UsageReading): number {
  return readings
    .flatMap((one) => (one.complete ? one.applications : []))
    .reduce((sum, { quantity }) => sum + quantity, 0)
}

async function countInUse(orm: Orm, snapshotId: string): Promise<number> {
  const [row]: { uses: number }[] = await orm.em.fork().execute(
    `select count(*) as uses from device_use
     where since_snapshot_id <= ? and (until_snapshot_id is null or until_snapshot_id > ?)`,
    [snapshotId, snapshotId],
  )
  return row?.uses ?? 0
}

async function countRows(orm: Orm): Promise<number> {
  const [row]: { uses: number }[] = await orm.em
    .fork()
    .execute('select count(*) as uses from device_use')
  return row?.uses ?? 0
}

async function readSize(folder: string): Promise<number> {
  let bytes = 0
  for (const name of await readdir(folder)) bytes += (await stat(join(folder, name))).size
  return bytes
}
