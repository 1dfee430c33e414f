import { expect, test } from 'vitest'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 4, CURRENT: the newest reading counts, whatever was there before.
 *
 *     Oct 3    Oct 9    Oct 15
 *      10       14        12      of Endpoint Security
 *                         ^ run: 12 from Oct 1 on
 */
test('with the current count, the newest reading is billed', async () => {
  const story = startStory()
  for (const [day, units] of [
    ['2026-10-03', 10],
    ['2026-10-09', 14],
    ['2026-10-15', 12],
  ] as const) {
    story.on(day)
    story.uses(units)
  }
  await story.run()
  expect(story.units()).toEqual({ '2026-10': 12, '2026-11': 12, '2026-12': 12 })
})
