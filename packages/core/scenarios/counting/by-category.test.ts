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
  expect(unknown?.revenueAtRiskPerMonth).toBe('3.0000')
})

test('with the option, an unknown operating system counts as a workstation', async () => {
  const story = startSplit(true)
  await story.run()
  expect(story.units(ENDPOINT_SERVICE)['2026-10']).toBe(8)
  expect(story.units(SERVER_SERVICE)['2026-10']).toBe(2)
})

/*
 * With the option, and workstations mapped to nothing:
 *
 *     workstations 7   unknown 1   servers 2     8 workstations bring nothing, at 3.00 each
 */
test('with the option, an unknown system is missed as a workstation where these have no service', async () => {
  const story = startSplit(true)
  story.mappings = story.mappings.filter(({ category }) => category !== 'WINDOWS_WORKSTATION')
  const { findings } = await story.preview()
  const missed = findings.filter(({ code }) => code === 'CATEGORY_UNMAPPED')
  expect(missed.map(({ facts, revenueAtRiskPerMonth }) => [facts, revenueAtRiskPerMonth])).toEqual([
    [{ category: 'NON_WINDOWS', units: 4, tenants: 1 }, '12.0000'],
    [{ category: 'WINDOWS_WORKSTATION', units: 8, tenants: 1 }, '24.0000'],
  ])
})

test('with the switch off, all 14 devices are billed on the single service, and only there', async () => {
  const story = startSplit(false)
  story.settings = { ...story.settings, billDevicesByCategory: false }
  await story.run()
  expect(story.units(ENDPOINT_SERVICE)['2026-10']).toBe(14)
  expect(story.units(SERVER_SERVICE)).toEqual({})
})

test('a source that does not tell the categories leaves the lines alone, and says so', async () => {
  const story = startSplit(false)
  await story.run()
  story.on('2026-10-02')
  story.uses([someUsage(14)])
  const plan = await story.preview()
  expect([plan.lines, plan.adjustments, plan.holds]).toEqual([[], [], []])
  expect(codesOf(plan).findings).toEqual(['EVIDENCE_MISSING'])
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
  const missed = plan.findings.filter(({ code }) => code === 'CATEGORY_UNMAPPED')
  expect(
    missed.map(({ facts, revenueAtRiskPerMonth }) => [facts.units, revenueAtRiskPerMonth]),
  ).toEqual([
    [4, '12.0000'],
    [2, '6.0000'],
    [7, '21.0000'],
  ])
})
