import { expect, test } from 'vitest'
import { aService, aServiceMapping, someUsage } from '../../src/testing/index.ts'
import type { DeviceUse } from '../../src/usage.ts'
import type { DeviceId, ServiceId } from '../../src/values/ids.ts'
import { codesOf, startStory } from '../../test/support/story.ts'

/*
 * Rule 4: the provider's own jump host is never billed.
 *
 *     in use    pc-1   pc-2   jump-host      excluded: jump-host, old-server
 *     billed     1      1        -           = 2
 */
function devicesOf(names: readonly string[], category: DeviceUse['category']): DeviceUse[] {
  return names.map((name) => ({ device: name as DeviceId, name, category, keys: ['key-1'] }))
}

const devices = devicesOf(['pc-1', 'pc-2', 'jump-host'], 'WINDOWS_WORKSTATION')
const counting = { excludedDevices: ['jump-host', 'old-server'] as DeviceId[] }

test('excluded devices are taken off once, and only where they are in use', async () => {
  const story = startStory({ mappings: [aServiceMapping({ counting })] })
  story.on('2026-10-01')
  story.uses([someUsage(3, { devices })])
  await story.run()
  expect(story.units()['2026-10']).toBe(2)
})

test('a source that does not name its devices leaves such a line alone, and says so', async () => {
  const story = startStory({ mappings: [aServiceMapping({ counting })] })
  story.on('2026-10-01')
  story.uses([someUsage(3)])
  const plan = await story.preview()
  expect(plan.lines).toEqual([])
  expect(codesOf(plan).findings).toEqual(['EVIDENCE_MISSING'])
})

/*
 * The excluded device never makes a number that is billed, neither a peak nor a minimum.
 *
 *     Oct 1   pc-1 jump-host old-server     3 in use, 1 to bill
 *     Oct 2   pc-1 pc-2                     2 in use, 2 to bill: the peak
 *     Oct 3   jump-host                     nobody but the jump host: no minimum
 */
test('a peak is not made by an excluded device', async () => {
  const story = startStory({
    mappings: [aServiceMapping({ counting: { ...counting, basis: 'PEAK' } })],
  })
  for (const [day, names] of [
    ['2026-10-01', ['pc-1', 'jump-host', 'old-server']],
    ['2026-10-02', ['pc-1', 'pc-2']],
  ] as const) {
    story.on(day)
    story.uses([someUsage(names.length, { devices: devicesOf(names, 'WINDOWS_WORKSTATION') })])
  }
  await story.run()
  expect(story.units()['2026-10']).toBe(2)
})

test('where only excluded devices are in use, no minimum is billed', async () => {
  const mapping = aServiceMapping({ counting: { ...counting, minimumUnits: 10 } })
  const story = startStory({ mappings: [mapping] })
  story.on('2026-10-03')
  story.uses([someUsage(1, { devices: devicesOf(['jump-host'], 'WINDOWS_WORKSTATION') })])
  await story.run()
  expect(story.ledger.lines()).toEqual([])
})

/*
 * By category, a device is taken off where it is counted, and only there.
 *
 *                     workstations    servers    unknown, counted as workstations
 *     in use          pc-1 pc-2       db-1       jump-host
 *     excluded                                   jump-host
 *     billed          2               1          -
 */
test('an excluded device is taken off its own category', async () => {
  const server = 'service-server' as ServiceId
  const story = startStory({
    settings: { billDevicesByCategory: true, countUnknownAsWorkstation: true },
    mappings: [
      aServiceMapping({ category: 'WINDOWS_WORKSTATION', counting }),
      aServiceMapping({ category: 'WINDOWS_SERVER', service: server, counting }),
    ],
  })
  story.ledger.addService(aService({ id: server }))
  story.on('2026-10-01')
  const inUse = [
    ...devicesOf(['pc-1', 'pc-2'], 'WINDOWS_WORKSTATION'),
    ...devicesOf(['db-1'], 'WINDOWS_SERVER'),
    ...devicesOf(['jump-host'], 'UNKNOWN'),
  ]
  const byCategory = { WINDOWS_WORKSTATION: 2, WINDOWS_SERVER: 1, NON_WINDOWS: 0, UNKNOWN: 1 }
  story.uses([someUsage(4, { devices: inUse, byCategory })])
  await story.run()
  expect(story.units()['2026-10']).toBe(2)
  expect(story.units(server)['2026-10']).toBe(1)
})
