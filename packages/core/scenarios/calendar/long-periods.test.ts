import { expect, test } from 'vitest'
import type { PeriodMonths } from '../../src/ledger.ts'
import { toDay } from '../../src/values/day.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Periods of 3, 6 and 12 months are counted from the contract's start, not from January.
 *
 *     start Feb 15, day Sep 1, 2026
 *     3 months:  Aug 15 | Nov 15      6 months:  Aug 15 | Feb 15      12 months:  Feb 15 | Feb 15
 */
test.each<[PeriodMonths, string, string]>([
  [3, '2026-08-15', '2026-11-15'],
  [6, '2026-08-15', '2027-02-15'],
  [12, '2026-02-15', '2027-02-15'],
])('periods of %i months: the current one began on %s, the next begins on %s', async (...row) => {
  const [periodMonths, current, next] = row
  const contract = { startDay: toDay('2026-02-15'), endDay: toDay('2028-02-14'), periodMonths }
  const story = startStory({ contract })
  story.on('2026-09-01')
  story.uses(12)
  await story.run()
  expect(Object.keys(story.units()).slice(0, 2)).toEqual([current, next])
})
