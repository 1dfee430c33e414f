import { expect, test } from 'vitest'
import type { UsageSource } from '../../src/ports.ts'
import { ENDPOINT, NORTHWIND, someUsage, usageSourceSuite } from '../../src/testing/index.ts'
import type { DeviceUse } from '../../src/usage.ts'
import type { DeviceId, TenantId } from '../../src/values/ids.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 1: distinct devices count, not keys. pc-1 uses two keys of the same application.
 *
 *     key-1    pc-1   pc-2
 *     key-2    pc-1
 *     billed    1      1      = 2, by key-1 and key-2
 */
const devices: readonly DeviceUse[] = [
  {
    device: 'pc-1' as DeviceId,
    name: 'pc-1',
    category: 'WINDOWS_WORKSTATION',
    keys: ['key-1', 'key-2'],
  },
  { device: 'pc-2' as DeviceId, name: 'pc-2', category: 'WINDOWS_WORKSTATION', keys: ['key-1'] },
]
const usage = someUsage(2, { keys: ['key-1', 'key-2'], devices })

test('a device that uses two keys is billed once, and both keys are named', async () => {
  const story = startStory()
  story.on('2026-10-01')
  story.uses([usage])
  const { adjustments } = await story.preview()
  expect(adjustments.map(({ after }) => after)).toEqual([2])
  expect(adjustments[0]?.explanation.counts[0]?.keys).toEqual(['key-1', 'key-2'])
})

/*
 * A source proves its number: as many devices as it counts, each by a key that counts.
 *
 *     counted 3    pc-1 (key-1, key-2), pc-2 (key-1)     3 are not 2: refused
 *     counted 2    pc-1 (key-1), pc-2 (only a trial)     pc-2 uses no key that counts: refused
 */
const withoutKey = devices.map((device, index) => (index === 0 ? device : { ...device, keys: [] }))

test.each([
  ['counts a device once for each of its keys', { ...usage, quantity: 3 }, 'distinct devices'],
  ['counts a device without a counted key', { ...usage, devices: withoutKey }, 'a counted key'],
])('a source that %s breaks the promise of the port', async (...row) => {
  const [, told, promise] = row
  const tenants = [NORTHWIND, 'southwind' as TenantId].map((id) => {
    return { id, kind: 'VIRTUAL_SERVER' as const, name: id, isEnabled: true }
  })
  const source: UsageSource = {
    readTenants: async () => tenants,
    readUsage: async () => ({
      tenants,
      readings: tenants.map(({ id }) => {
        return { tenant: id, complete: true, applications: [told] }
      }),
      applications: [{ name: ENDPOINT, unit: 'DEVICE' }],
    }),
  }
  const truth = { tenant: NORTHWIND, quantities: { [ENDPOINT]: 2 } }
  const suite = usageSourceSuite(async () => ({
    source,
    truth,
    breakTenant: async () => undefined,
  }))
  const evidence = suite.find(({ name }) => name.includes('evidence'))
  await expect(evidence?.run()).rejects.toThrow(promise)
})
