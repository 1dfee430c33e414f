import { expect, test } from 'vitest'
import { someUsage } from '../../src/testing/index.ts'
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
