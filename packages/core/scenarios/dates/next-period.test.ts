import { expect, test } from 'vitest'
import { toDay } from '../../src/values/day.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 9, NEXT_PERIOD, here for one customer although the integration has another policy.
 *
 *     Oct 1 ---- Oct 20: 12 ---- | Nov 1: 12
 */
test('changes wait for the next period, and a policy of the customer goes before that of the integration', async () => {
  const story = startStory({
    settings: { effectiveDatePolicy: 'PERIOD_START' },
    account: { effectiveDatePolicy: 'NEXT_PERIOD' },
  })
  story.on('2026-10-20')
  story.uses(12)
  await story.run()
  expect(story.units()).toEqual({ '2026-11': 12, '2026-12': 12 })
  story.on('2026-10-25')
  story.uses(13)
  await story.run()
  expect(story.units()).toEqual({ '2026-11': 13, '2026-12': 13 })
})

/*
 *     Oct 1 ---- Oct 20: 12 ---- | Nov 1 (posted ahead): 10 | Dec 1: 12
 */
test('where the next period is posted already, changes wait for the one after it', async () => {
  const story = startStory({ settings: { effectiveDatePolicy: 'NEXT_PERIOD' } })
  story.on('2026-09-20')
  story.uses(10)
  await story.run()
  story.ledger.post(toDay('2026-11-01'))
  story.on('2026-10-20')
  story.uses(12)
  const { adjustments } = await story.preview()
  expect(
    adjustments.map(({ effectiveDay, explanation }) => [effectiveDay, explanation.dateChoice]),
  ).toEqual([['2026-12-01', 'NEXT_PERIOD_BECAUSE_POSTED']])
  await story.run()
  expect(story.units()).toMatchObject({ '2026-10': 10, '2026-11': 10, '2026-12': 12 })
})
