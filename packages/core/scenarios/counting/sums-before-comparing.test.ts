import { expect, test } from 'vitest'
import { aServiceMapping, ENDPOINT, someUsage } from '../../src/testing/index.ts'
import type { ApplicationName } from '../../src/values/ids.ts'
import { outcomes, startStory } from '../../test/support/story.ts'

/*
 * Rule 4 and peers 4.1 (lines 2 and 3): two applications on one service sum before anything is compared.
 *
 *     Endpoint Security   20 -> 22
 *     Detection            5 ->  4      service carries 25 -> 26, in one adjustment
 *
 * Comparing one by one would bill +2, then -1, then fight every day; looking at the last one only would lose the growth.
 */
const DETECTION = 'Detection' as ApplicationName

test('two applications on one service make one adjustment of the difference of the sums', async () => {
  const mappings = [aServiceMapping(), aServiceMapping({ application: DETECTION })]
  const story = startStory({ mappings })
  const uses = (endpoint: number, detection: number): void =>
    story.uses([someUsage(endpoint), someUsage(detection, { application: DETECTION })])
  story.on('2026-10-01')
  uses(20, 5)
  await story.run()
  story.on('2026-10-02')
  uses(22, 4)
  const { adjustments } = await story.preview()
  expect(adjustments.map(({ before, change, after }) => [before, change, after])).toEqual([
    [25, 1, 26],
  ])
  expect(adjustments[0]?.explanation.counts.map(({ application }) => application)).toEqual([
    DETECTION,
    ENDPOINT,
  ])
  expect(outcomes(await story.run())).toEqual(['confirmed'])
  expect(outcomes(await story.run())).toEqual([])
})
