import { expect, test } from 'vitest'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 10 and peers 4.1 (lines 5 and 6): absence in a complete reading is zero, and one unit left can become none.
 *
 *     Oct 1   Oct 10         Oct 12
 *       1     incomplete     complete, without the application
 *     bill 1  bill 1         bill 0
 */
test('an application that is gone from a complete reading is billed with zero', async () => {
  const story = startStory()
  story.on('2026-10-01')
  story.uses(1)
  await story.run()
  story.on('2026-10-10')
  story.readingBreaks()
  await story.run()
  expect(story.units()['2026-10']).toBe(1)
  story.on('2026-10-12')
  story.uses(0)
  await story.run()
  expect(story.units()).toEqual({ '2026-10': 0, '2026-11': 0, '2026-12': 0 })
})

/*
 * Gone since before the month began: no reading of the month names it, only the line does.
 *
 *     Oct 20   Nov 2, complete, without the application
 *       12     bill 0 from Nov 1 on; October stays
 */
test('an application that no reading of the period names is billed with zero, because it was billed before', async () => {
  const story = startStory()
  story.on('2026-10-20')
  story.uses(12)
  await story.run()
  story.on('2026-11-02')
  story.uses(0)
  await story.run()
  expect(story.units()).toEqual({ '2026-10': 12, '2026-11': 0, '2026-12': 0 })
})

test('a service that was never billed and is not in use makes no line', async () => {
  const story = startStory()
  story.on('2026-10-01')
  story.uses(0)
  const plan = await story.preview()
  expect(plan.lines).toEqual([])
})
