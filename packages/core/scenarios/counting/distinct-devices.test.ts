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

test('a source that counts a device once for each of its keys breaks the promise of the port', async () => {
  const tenants = [NORTHWIND, 'southwind' as TenantId].map((id) => {
    return { id, kind: 'VIRTUAL_SERVER' as const, name: id, isEnabled: true }
  })
  const source: UsageSource = {
    readTenants: async () => tenants,
    readUsage: async () => ({
      tenants,
      readings: tenants.map(({ id }) => {
        return { tenant: id, complete: true, applications: [{ ...usage, quantity: 3 }] }
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
  await expect(evidence?.run()).rejects.toThrow('distinct devices')
})
