import { expect, test } from 'vitest'
import { aServiceMapping, someUsage } from '../../src/testing/index.ts'
import type { DeviceUse } from '../../src/usage.ts'
import type { DeviceId } from '../../src/values/ids.ts'
import { codesOf, startStory } from '../../test/support/story.ts'

/*
 * Rule 4: the provider's own jump host is never billed.
 *
 *     in use    pc-1   pc-2   jump-host      excluded: jump-host, old-server
 *     billed     1      1        -           = 2
 */
const devices = ['pc-1', 'pc-2', 'jump-host'].map((name): DeviceUse => {
  return { device: name as DeviceId, name, category: 'WINDOWS_WORKSTATION', keys: ['key-1'] }
})
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
