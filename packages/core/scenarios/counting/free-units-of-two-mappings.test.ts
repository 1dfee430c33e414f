import { expect, test } from 'vitest'
import { aServiceMapping, someUsage } from '../../src/testing/index.ts'
import type { ApplicationName } from '../../src/values/ids.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 4: each mapping has its own rule; what is left of each is added, and then compared.
 *
 *     Endpoint Security    20 in use, 5 free      15
 *     Detection             3 in use, 5 free       0     the two free units that are left are not Endpoint's
 *     service carries                             15
 */
const DETECTION = 'Detection' as ApplicationName

test('free units of one application are not spent on another one of the same service', async () => {
  const counting = { includedUnits: 5 }
  const mappings = [
    aServiceMapping({ counting }),
    aServiceMapping({ application: DETECTION, counting }),
  ]
  const story = startStory({ mappings })
  story.on('2026-10-01')
  story.uses([someUsage(20), someUsage(3, { application: DETECTION })])
  const { adjustments } = await story.preview()
  expect(adjustments.map(({ after }) => after)).toEqual([15])
  const counts = adjustments[0]?.explanation.counts ?? []
  expect(counts.map(({ counted, included, billable }) => [counted, included, billable])).toEqual([
    [3, 3, 0],
    [20, 5, 15],
  ])
})
