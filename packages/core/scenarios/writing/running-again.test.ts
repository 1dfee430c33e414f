import { expect, test } from 'vitest'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 18, peers 4.1 ("running twice before Autotask shows the change posts twice"): once, twice or a hundred times a day.
 *
 *     Oct 10: 12     run run run ...     one post, 12 units
 *     Oct 11: 15     run run run ...     one post more, 15 units
 */
test.each([1, 2, 100])('running %i times a day posts once a day', async (times) => {
  const story = startStory()
  for (const [day, units] of [
    ['2026-10-10', 12],
    ['2026-10-11', 15],
  ] as const) {
    story.on(day)
    story.uses(units)
    for (let run = 0; run < times; run += 1) await story.run()
    expect(story.units()).toEqual({ '2026-10': units, '2026-11': units, '2026-12': units })
  }
  expect(story.ledger.calls().filter((call) => call === 'applyAdjustment')).toHaveLength(2)
})
