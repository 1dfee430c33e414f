import { expect, test } from 'vitest'
import { runBilling } from '../../src/run/run-billing.ts'
import { startStory } from '../../test/support/story.ts'
import type { Story } from '../../test/support/story.ts'
import { startActor } from '../../test/support/turns.ts'

/*
 * Rule 18: the process dies before or after each single call of a run, and starts again.
 *
 *     readUnsettled, readLineRecords, readLedger, lockContract, recordIntent, applyAdjustment, readWritten, settle
 *                  ^            ^           ^             ^             ^                ^            ^       ^
 */
async function dieAt(call: number, isCallMade: boolean): Promise<Story> {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const request = { ...story.request(), apply: 'ALL' as const }
  const actor = startActor(story, async (parts) => {
    for await (const event of runBilling(parts, request)) void event
  })
  for (let step = 0; step < call; step += 1) await actor.step()
  await actor.die(isCallMade)
  return story
}

const deaths = Array.from({ length: 9 }, (_, call) => [
  [call, true] as const,
  [call, false] as const,
]).flat()

test.each(deaths)('dying at call %i (made: %s) and starting again bills once', async (...death) => {
  const story = await dieAt(...death)
  await story.run()
  await story.run()
  expect(story.units()).toEqual({ '2026-10': 12, '2026-11': 12, '2026-12': 12 })
  expect(await story.journal.readUnsettled()).toEqual([])
  const { adjustments, holds } = await story.preview()
  expect([adjustments, holds]).toEqual([[], []])
  expect(story.record()).toMatchObject({ ownership: 'OWNED', confirmed: { units: 12 } })
})
