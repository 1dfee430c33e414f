import { usageTruth } from '@trueup/sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { mapCustomers, type MappedCustomer } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'

interface Use {
  deviceId: string
  name: string
  application: { name: string }
  category: string | null
  operatingSystem: string | null
  keys: string[]
  joinedDay: string
  leftDay: string | null
  change: string | null
}

interface Uses {
  totalCount: number
  nodes: Use[]
  pageInfo: { endCursor: string | null; hasNextPage: boolean }
}

interface Evidence {
  snapshot: { id: string; usageDay: string }
  since: { id: string } | null
  incompleteBecause: string | null
  counts: {
    application: { name: string }
    quantity: number
    byCategory: { category: string | null; units: number }[]
  }[]
  devices: Uses
}

const EVIDENCE = /* GraphQL */ `
  query (
    $tenantId: ID!
    $snapshotId: ID
    $day: Day
    $since: ID
    $filter: DeviceUseFilter
    $first: Int
    $after: String
  ) {
    usageEvidence(
      tenantId: $tenantId
      snapshotId: $snapshotId
      day: $day
      sinceSnapshotId: $since
    ) {
      snapshot {
        id
        usageDay
      }
      since {
        id
      }
      incompleteBecause
      counts {
        application {
          name
        }
        quantity
        byCategory {
          category
          units
        }
      }
      devices(filter: $filter, first: $first, after: $after) {
        totalCount
        nodes {
          deviceId
          name
          application {
            name
          }
          category
          operatingSystem
          keys
          joinedDay
          leftDay
          change
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  }
`

interface Run {
  id: string
  snapshot: { id: string }
  adjustments: {
    nodes: {
      tenant: { id: string }
      counts: {
        application: string
        category: string | null
        snapshotIds: string[]
        counted: number
      }[]
    }[]
  }
}

describe.each(databaseKinds)('the evidence behind the counts, on %s', (kind) => {
  let practice: Practice
  let customer: MappedCustomer
  let application: string
  let first: Run
  let second: Run

  beforeAll(async () => {
    practice = await startPractice(kind, { switches: { serviceTimeMs: 0 } })
    const customers = await mapCustomers(practice)
    const truth = readTruth()
    customer = must(
      customers.find(({ virtualServerId }) =>
        truth.some(
          (row) =>
            row.virtualServerId === virtualServerId &&
            row.category === 'WINDOWS_WORKSTATION' &&
            row.devices > 2,
        ),
      ),
    )
    application = must(
      truth.find(
        (row) =>
          row.virtualServerId === customer.virtualServerId &&
          row.category === 'WINDOWS_WORKSTATION' &&
          row.devices > 2,
      ),
    ).application
    first = await runNow()
    await passDay()
    setWorkstations(countNow() - 2)
    await passDay()
    second = await runNow()
  })
  afterAll(() => practice.close())

  const readTruth = () => {
    const { security, clock } = practice.sandbox.world
    return usageTruth(security, clock.now())
  }
  const countNow = (): number =>
    readTruth().find(
      (row) =>
        row.virtualServerId === customer.virtualServerId &&
        row.application === application &&
        row.category === 'WINDOWS_WORKSTATION',
    )?.devices ?? 0
  const setWorkstations = (devices: number): void =>
    practice.sandbox.setUsage({
      virtualServer: customer.virtualServerId,
      application,
      category: 'WINDOWS_WORKSTATION',
      devices,
    })
  const passDay = async (): Promise<void> => {
    await practice.trueup.ask('mutation { advancePracticeDay(days: 1) { ok } }')
  }
  const runNow = async (): Promise<Run> => {
    const { data, errors } = await practice.trueup.ask<{ runNow: { run: Run } }>(
      /* GraphQL */ `
        mutation ($id: ID!) {
          runNow(integrationId: $id, wait: true) {
            run {
              id
              snapshot {
                id
              }
              adjustments(first: 500) {
                nodes {
                  tenant {
                    id
                  }
                  counts {
                    application
                    category
                    snapshotIds
                    counted
                  }
                }
              }
            }
          }
        }
      `,
      { id: practice.integrationId },
    )
    expect(errors).toEqual([])
    return data.runNow.run
  }
  const ask = async (tenantId: string, variables: object = {}): Promise<Evidence> => {
    const { data, errors } = await practice.trueup.ask<{ usageEvidence: Evidence }>(EVIDENCE, {
      tenantId,
      first: 500,
      ...variables,
    })
    expect(errors).toEqual([])
    return data.usageEvidence
  }

  test('the devices of every tenant are as many as were counted, by application and by category', async () => {
    const { data } = await practice.trueup.ask<{
      tenants: { nodes: { id: string; externalId: string }[] }
    }>('query ($id: ID!) { tenants(integrationId: $id) { nodes { id externalId } } }', {
      id: practice.integrationId,
    })
    const counted: string[] = []
    for (const tenant of data.tenants.nodes) {
      const { counts, devices } = await ask(tenant.id)
      const rows = Map.groupBy(devices.nodes, (use) => use.application.name)
      expect(new Map(counts.map((count) => [count.application.name, count.quantity]))).toEqual(
        new Map([...rows].map(([name, uses]) => [name, uses.length])),
      )
      for (const count of counts)
        for (const { category, units } of count.byCategory) {
          const filter = { application: count.application.name, categories: [category] }
          expect((await ask(tenant.id, { filter })).devices.totalCount).toBe(units)
          counted.push(
            [tenant.externalId, count.application.name, category ?? 'UNKNOWN', units].join('/'),
          )
        }
    }
    expect(counted.toSorted()).toEqual(
      readTruth()
        .map((row) => [row.virtualServerUid, row.application, row.category, row.devices].join('/'))
        .toSorted(),
    )
  })

  test('an adjustment leads to exactly as many devices as it counted', async () => {
    const parts = first.adjustments.nodes.flatMap(({ tenant, counts }) =>
      counts.map((count) => ({ tenant, ...count })),
    )
    expect(parts.length).toBeGreaterThan(5)
    for (const { tenant, application: name, category, snapshotIds, counted } of parts) {
      const filter = { application: name, ...(category === null ? {} : { categories: [category] }) }
      const { devices } = await ask(tenant.id, { snapshotId: snapshotIds.at(-1), filter })
      expect(devices.totalCount).toBe(counted)
    }
  })

  test('a device shows its id, system, keys and since when, as the Kaspersky side has them', async () => {
    const { security } = practice.sandbox.world
    const { devices } = await ask(customer.tenantId, { filter: { application } })
    expect(devices.nodes.length).toBeGreaterThan(0)
    for (const use of devices.nodes) {
      const device = must(security.devices.find(({ id }) => id === use.deviceId))
      expect(use).toMatchObject({
        name: device.name,
        operatingSystem: device.os.name,
        joinedDay: '2026-03-15',
        leftDay: null,
      })
      expect(
        security.keyUses
          .filter(({ deviceId, current }) => current && deviceId === use.deviceId)
          .map(({ serial }) => serial),
      ).toEqual(expect.arrayContaining(use.keys))
    }
  })

  test('who left since the last run is told, and the reading of the past still shows them', async () => {
    const filter = { application, categories: ['WINDOWS_WORKSTATION'] }
    const now = await ask(customer.tenantId, { filter })
    const then = await ask(customer.tenantId, { filter, snapshotId: first.snapshot.id })
    expect(now.snapshot.id).toBe(second.snapshot.id)
    expect(now.since?.id).toBe(first.snapshot.id)
    const left = await ask(customer.tenantId, { filter: { ...filter, changes: ['LEFT'] } })
    expect(left.devices.nodes.map((use) => [use.change, use.leftDay])).toEqual([
      ['LEFT', '2026-03-17'],
      ['LEFT', '2026-03-17'],
    ])
    const names = (uses: Uses): string[] => uses.nodes.map((use) => use.deviceId).toSorted()
    expect(names(then.devices)).toEqual([...names(now.devices), ...names(left.devices)].toSorted())
    expect(await ask(customer.tenantId, { filter, day: '2026-03-16' })).toEqual(then)
  })

  test('who joined since is told, also beside those who stayed and left', async () => {
    await passDay()
    setWorkstations(countNow() + 3)
    const third = await runNow()
    const filter = { application, categories: ['WINDOWS_WORKSTATION'] }
    const changes = ['JOINED', 'CHANGED', 'STAYED', 'LEFT']
    const all = await ask(customer.tenantId, {
      filter: { ...filter, changes },
      since: first.snapshot.id,
    })
    expect(all.snapshot.id).toBe(third.snapshot.id)
    const byChange = Map.groupBy(all.devices.nodes, (use) => use.change)
    const size = (change: string): number => byChange.get(change)?.length ?? 0
    const before = await ask(customer.tenantId, { filter, snapshotId: first.snapshot.id })
    // Two had lost their key and got it back: they left and joined.
    expect([size('JOINED'), size('LEFT')]).toEqual([3, 2])
    expect(before.devices.totalCount - size('LEFT') + size('JOINED')).toBe(countNow())
    const sinceLast = await ask(customer.tenantId, {
      filter: { ...filter, changes: ['JOINED', 'LEFT'] },
    })
    expect(sinceLast.devices.nodes.map((use) => [use.change, use.joinedDay])).toEqual(
      Array.from({ length: 3 }, () => ['JOINED', '2026-03-18']),
    )
  })

  test('a key finds the devices that use it, and a part of a name the devices that are called so', async () => {
    const everything = (await ask(customer.tenantId)).devices.nodes
    const key = must(everything[0]?.keys[0])
    const withKey = await ask(customer.tenantId, { filter: { key } })
    expect(withKey.devices.nodes).toEqual(everything.filter((use) => use.keys.includes(key)))
    expect(
      (await ask(customer.tenantId, { filter: { key: 'no such key' } })).devices.totalCount,
    ).toBe(0)
    const part = must(everything[0]).name.slice(1, -1).toUpperCase()
    const named = await ask(customer.tenantId, { filter: { nameContains: part } })
    expect(named.devices.nodes).toEqual(
      everything.filter((use) => use.name.toUpperCase().includes(part)),
    )
  })

  test('pages follow one another by their cursors, each from one query', async () => {
    const everything = (await ask(customer.tenantId)).devices
    const seen: Use[] = []
    let after: string | null = null
    do {
      const page: Evidence = await ask(customer.tenantId, { first: 2, after })
      seen.push(...page.devices.nodes)
      after = page.devices.pageInfo.hasNextPage ? page.devices.pageInfo.endCursor : null
    } while (after !== null)
    expect(seen).toEqual(everything.nodes)
    const statements = await practice.trueup.listSql(() => ask(customer.tenantId, { first: 50 }))
    // One for the page and one for its total; the others find out which reading is shown.
    expect(statements.filter((sql) => sql.includes('device_use'))).toHaveLength(2)
  })

  test('a tenant that could not be read keeps showing its last complete reading, and why', async () => {
    const before = await ask(customer.tenantId)
    await passDay()
    practice.sandbox.securityCenter.change({
      reach: 'own',
      deniedVirtualServers: [customer.virtualServerId],
    })
    await runNow()
    const after = await ask(customer.tenantId)
    expect(after.incompleteBecause).toBe('KSC_ACCESS_DENIED')
    expect(after.snapshot).toEqual(before.snapshot)
    expect(after.devices.totalCount).toBe(before.devices.totalCount)
  })

  test('a reading of another integration is not found, and a tenant without readings has none', async () => {
    const { trueup } = practice
    const foreign = await trueup.ask<never>(EVIDENCE, {
      tenantId: customer.tenantId,
      snapshotId: 'nothing',
    })
    expect(foreign.errors[0]?.extensions.code).toBe('NOT_FOUND')
    const nobody = await trueup.ask<{ usageEvidence: null }>(EVIDENCE, { tenantId: 'nobody' })
    expect(nobody.data.usageEvidence).toBeNull()
    expect(await ask(customer.tenantId, { day: '2026-03-01' })).toBeNull()
  })
})

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The world of this test lacks something.')
  return value
}
