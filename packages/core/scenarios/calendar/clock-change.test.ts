import { expect, test } from 'vitest'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 8, peers 6.3 (time zone, DST, UTC): days are dates. The night in which the clock is changed makes no day longer,
 * shorter or other.
 *
 *     Mar 1 ------ 10 ------ | Mar 29: +5 (3 of 31 days) | Apr 1: 15      5 x 3.00 x 3/31 = 1.4516
 *     Oct 1 ------ 10 ------ | Oct 25: +5 (7 of 31 days) | Nov 1: 15      5 x 3.00 x 7/31 = 3.3871
 */
test.each([
  ['2026-03-01', '2026-03-29', '1.4516'],
  ['2026-10-01', '2026-10-25', '3.3871'],
])('from %s on 10, on %s five more: %s for the rest of the month', async (first, change, money) => {
  const story = startStory({ settings: { effectiveDatePolicy: 'TODAY' } })
  story.on(first)
  story.uses(10)
  await story.run()
  story.on(change)
  story.uses(15)
  const { adjustments } = await story.preview()
  expect(
    adjustments.map(({ effectiveDay, money: { firstPeriod } }) => [effectiveDay, firstPeriod]),
  ).toEqual([[change, money]])
})

/*
 * A second change of one day takes the day after, also when the night between them is an hour shorter or longer.
 *
 *     Mar 28: 15, then 16 | Mar 29: 16          Oct 24: 15, then 16 | Oct 25: 16
 */
test.each([
  ['2026-03-01', '2026-03-28', '2026-03-29'],
  ['2026-10-01', '2026-10-24', '2026-10-25'],
])('from %s on 10; the second change of %s counts from %s', async (first, day, after) => {
  const story = startStory({ settings: { effectiveDatePolicy: 'TODAY' } })
  story.on(first)
  story.uses(10)
  await story.run()
  story.on(day)
  story.uses(15)
  await story.run()
  story.uses(16)
  const { adjustments } = await story.preview()
  expect(adjustments.map(({ effectiveDay }) => effectiveDay)).toEqual([after])
})
