import { expect, test } from 'vitest'
import { aService, aServiceMapping, ENDPOINT_SERVICE, someUsage } from '../../src/testing/index.ts'
import type { ServiceId } from '../../src/values/ids.ts'
import type { Story } from '../../test/support/story.ts'
import { codesOf, startStory } from '../../test/support/story.ts'

/*
 * Rule 3: workstations and servers have services of their own, other devices have none.
 *
 *     workstations 7   servers 2   without Windows 4   unknown 1
 *     service-endpoint     service-server      -           a finding, and an option
 */
const SERVER_SERVICE = 'service-server' as ServiceId
const usage = someUsage(14, {
  byCategory: { WINDOWS_WORKSTATION: 7, WINDOWS_SERVER: 2, NON_WINDOWS: 4, UNKNOWN: 1 },
})

function startSplit(countUnknownAsWorkstation: boolean): Story {
  const story = startStory({
    settings: { billDevicesByCategory: true, countUnknownAsWorkstation },
    mappings: [
      aServiceMapping(),
      aServiceMapping({ category: 'WINDOWS_WORKSTATION' }),
      aServiceMapping({ category: 'WINDOWS_SERVER', service: SERVER_SERVICE }),
    ],
  })
  story.ledger.addService(aService({ id: SERVER_SERVICE, name: 'Managed server' }))
  story.on('2026-10-01')
  story.uses([usage])
  return story
}

test('each category is billed on its own service; the rest is found with what it would cost', async () => {
  const story = startSplit(false)
  const plan = await story.preview()
  await story.run()
  expect(story.units(ENDPOINT_SERVICE)['2026-10']).toBe(7)
  expect(story.units(SERVER_SERVICE)['2026-10']).toBe(2)
  expect(codesOf(plan).findings).toEqual(['CATEGORY_UNMAPPED', 'UNKNOWN_CATEGORY'])
  const [unmapped, unknown] = plan.findings
  expect(unmapped?.facts).toEqual({ category: 'NON_WINDOWS', units: 4, tenants: 1 })
  expect(unmapped?.revenueAtRiskPerMonth).toBe('12.0000')
  expect(unknown?.facts).toMatchObject({ devices: 1, countedAsWorkstation: 0 })
})

test('with the option, an unknown operating system counts as a workstation', async () => {
  const story = startSplit(true)
  await story.run()
  expect(story.units(ENDPOINT_SERVICE)['2026-10']).toBe(8)
})

test('turning the switch on leaves the line of the single mapping alone, and says so', async () => {
  const story = startStory({ mappings: [aServiceMapping()] })
  story.on('2026-10-01')
  story.uses([usage])
  await story.run()
  story.settings = { ...story.settings, billDevicesByCategory: true }
  const plan = await story.preview()
  expect(plan.adjustments).toEqual([])
  expect(codesOf(plan).findings).toContain('LINE_NO_LONGER_MAPPED')
})
