import type { UsageReading, UsageSource } from '../ports.ts'
import type { ApplicationUsage, TenantReading } from '../usage.ts'
import type { TenantId } from '../values/ids.ts'
import type { ConformanceTest, Subject } from './conformance.ts'
import { check, checkEqual, conformanceTest } from './conformance.ts'

/** A usage source with at least two tenants. */
export interface SourceSubject extends Subject {
  readonly source: UsageSource
  /** What one tenant really uses, known from elsewhere: application to quantity, without zeros. */
  readonly truth: {
    readonly tenant: TenantId
    readonly quantities: Readonly<Record<string, number>>
  }
  /** From now on this tenant cannot be read completely. */
  breakTenant(tenant: TenantId): Promise<void>
}

type Open = () => Promise<SourceSubject>

/** The promises of {@link UsageSource}. */
export function usageSourceSuite(open: Open): ConformanceTest[] {
  return [...shapeTests(open), ...truthTests(open)]
}

function shapeTests(open: Open): ConformanceTest[] {
  return [
    conformanceTest('every tenant is listed once and has one reading', open, async ({ source }) => {
      const listed = (await source.readTenants({})).map(({ id }) => id)
      const { tenants, readings } = await source.readUsage({})
      checkEqual(new Set(listed).size, listed.length, 'no tenant twice')
      checkEqual(tenants.map(({ id }) => id).sort(), [...listed].sort(), 'the same tenants')
      checkEqual(
        readings.map(({ tenant }) => tenant).sort(),
        [...listed].sort(),
        'one reading each',
      )
    }),
    conformanceTest(
      'counts are whole, parts add up, and evidence is as long as the count',
      open,
      async ({ source }) => {
        const reading = await source.readUsage({})
        const known = new Set(reading.applications.map(({ name }) => name))
        for (const usage of reading.readings.flatMap(applicationsOf)) {
          check(known.has(usage.application), 'the application is listed', usage.application)
          checkUsage(usage)
        }
      },
    ),
    conformanceTest('an application is named once in a reading', open, async ({ source }) => {
      const { readings } = await source.readUsage({})
      for (const reading of readings) {
        const names = applicationsOf(reading).map(({ application }) => application)
        checkEqual(new Set(names).size, names.length, `applications of ${reading.tenant}`)
      }
    }),
    conformanceTest(
      'reading changes nothing: the second reading is the first',
      open,
      async ({ source }) => {
        const [first, second] = [await source.readUsage({}), await source.readUsage({})]
        checkEqual(quantities(second), quantities(first), 'the same quantities')
      },
    ),
  ]
}

function truthTests(open: Open): ConformanceTest[] {
  return [
    conformanceTest('the counts are what is really used', open, async ({ source, truth }) => {
      const { readings } = await source.readUsage({})
      const reading = readings.find(({ tenant }) => tenant === truth.tenant)
      check(reading?.complete === true, 'the tenant is read completely', reading)
      const counted = applicationsOf(reading)
        .filter(({ quantity }) => quantity > 0)
        .map(({ application, quantity }): [string, number] => [application, quantity])
      checkEqual(sorted(counted), sorted(Object.entries(truth.quantities)), 'quantities')
    }),
    conformanceTest(
      'a tenant that cannot be read completely says so, and the others are read',
      open,
      async (subject) => {
        const [broken] = await subject.source.readTenants({})
        check(broken !== undefined, 'there is a tenant')
        await subject.breakTenant(broken.id)
        const { readings } = await subject.source.readUsage({})
        const incomplete = readings.filter(({ complete }) => !complete)
        checkEqual(
          incomplete.map(({ tenant }) => tenant),
          [broken.id],
          'only that tenant',
        )
        const [reading] = incomplete
        check(reading?.complete === false && reading.reason !== '', 'with the reason', reading)
      },
    ),
  ]
}

function checkUsage(usage: ApplicationUsage): void {
  const { quantity, byCategory, devices, keys } = usage
  check(Number.isSafeInteger(quantity) && quantity >= 0, 'a whole number of units', usage)
  checkEqual([...new Set(keys)].sort(), keys, 'keys are sorted and named once')
  if (byCategory !== undefined) {
    const parts = Object.values(byCategory)
    checkEqual(
      parts.reduce((sum, part) => sum + part, 0),
      quantity,
      'categories add up',
    )
    checkEqual(usage.unit, 'DEVICE', 'only devices have categories')
  }
  if (devices === undefined) return
  const distinct = new Set(devices.map(({ device }) => device))
  checkEqual([distinct.size, devices.length], [quantity, quantity], 'distinct devices')
  check(
    devices.every((device) => device.keys.length > 0),
    'every device uses a counted key',
    usage,
  )
}

function applicationsOf(reading: TenantReading): readonly ApplicationUsage[] {
  return reading.complete ? reading.applications : []
}

function quantities({ readings }: UsageReading): string[] {
  return readings
    .flatMap((reading) =>
      applicationsOf(reading).map(
        ({ application, quantity }) => `${reading.tenant}/${application}: ${quantity}`,
      ),
    )
    .sort()
}

function sorted(entries: readonly [string, number][]): readonly [string, number][] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1))
}
