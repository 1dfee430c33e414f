import { expect, test } from 'vitest'
import type { Plan } from '../../src/plan.ts'
import { outcomes, startStory } from '../../test/support/story.ts'

/*
 * Rule 25, approval mode MANUAL: what was approved is posted only if the plan still says exactly that.
 *
 *     Monday: plan 10 -> 12, approved | Tuesday: 13 are counted | the approval is stale, nothing is posted
 */
test('an approved adjustment is posted after planning again', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  await story.run('NOTHING')
  expect(story.units()).toEqual({})
  story.approvals = (await story.preview()).adjustments
  expect(outcomes(await story.run('APPROVED'))).toEqual(['confirmed'])
  expect(story.units()['2026-10']).toBe(12)
})

test("an approval of numbers that are not the plan's any more is stale and posts nothing", async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const approved: Plan = await story.preview()
  story.approvals = approved.adjustments
  story.on('2026-10-11')
  story.uses(13)
  const events = await story.run('APPROVED')
  const stale = events.find((event) => event.kind === 'stale')
  expect(stale?.approval.after).toBe(12)
  expect(stale?.now?.after).toBe(13)
  expect(story.units()).toEqual({})
})

test('what was not approved is not posted', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  expect(outcomes(await story.run('APPROVED'))).toEqual([])
  expect(story.units()).toEqual({})
})
