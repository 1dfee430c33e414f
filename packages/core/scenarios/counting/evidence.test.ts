import { expect, test } from 'vitest'
import { aServiceMapping, someUsage } from '../../src/testing/index.ts'
import type { DeviceUse } from '../../src/usage.ts'
import type { DeviceId } from '../../src/values/ids.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 6: what is stored with a run says which devices make the number.
 *
 *     Oct 1    pc-1 pc-2         2
 *     Oct 2    pc-1 pc-2 pc-3    3     the adjustment names the reading, the reading names the devices
 */
function devices(...names: string[]): readonly DeviceUse[] {
  return names.map((name) => {
    return { device: name as DeviceId, name, category: 'WINDOWS_WORKSTATION', keys: ['key-1'] }
  })
}

test('an adjustment leads to the reading it comes from, and to the devices of that reading', async () => {
  const story = startStory()
  story.on('2026-10-01')
  story.uses([someUsage(2, { devices: devices('pc-1', 'pc-2') })])
  await story.run()
  story.on('2026-10-02')
  story.uses([someUsage(3, { devices: devices('pc-1', 'pc-2', 'pc-3') })])
  const events = await story.run()
  const reconciled = events.find((event) => event.kind === 'reconciled')
  const [adjustment] = reconciled?.plan.adjustments ?? []
  const [snapshotId] = adjustment?.explanation.counts[0]?.snapshotIds ?? []
  const readings = reconciled?.input.usage[0]?.readings ?? []
  const [found] = readings.filter((reading) => reading.snapshotId === snapshotId)
  expect(found?.usageDay).toBe('2026-10-02')
  const applications = found?.reading.complete === true ? found.reading.applications : []
  expect(applications[0]?.devices?.map(({ name }) => name)).toEqual(['pc-1', 'pc-2', 'pc-3'])
  expect(applications[0]?.devices).toHaveLength(adjustment?.after ?? 0)
})

/*
 *     Oct 1   Oct 2   Oct 3
 *       2       6       4       by key-1, key-2, key-1
 *
 *     peak 6: the reading of Oct 2 and key-2 say so          average 4: all three readings, both keys
 */
test.each([
  ['PEAK', 6, ['2026-10-02'], ['key-2']],
  ['AVERAGE', 4, ['2026-10-01', '2026-10-02', '2026-10-03'], ['key-1', 'key-2']],
] as const)('the %s of %i leads to the readings and keys that make it', async (...row) => {
  const [basis, units, days, keys] = row
  const story = startStory({ mappings: [aServiceMapping({ counting: { basis } })] })
  for (const [day, used, key] of [
    ['2026-10-01', 2, 'key-1'],
    ['2026-10-02', 6, 'key-2'],
    ['2026-10-03', 4, 'key-1'],
  ] as const) {
    story.on(day)
    story.uses([someUsage(used, { keys: [key] })])
  }
  const [adjustment] = (await story.preview()).adjustments
  const [count] = adjustment?.explanation.counts ?? []
  const stored = story.request().usage[0]?.readings ?? []
  const named = stored.filter(({ snapshotId }) => count?.snapshotIds.includes(snapshotId))
  expect([adjustment?.after, count?.keys]).toEqual([units, keys])
  expect(named.map(({ usageDay }) => usageDay)).toEqual(days)
})
