import { expect, test } from 'vitest'
import { toDay } from '../../src/values/day.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 8 and peers 6.3 (period, boundary, anniversary): the contract starts on the 31st.
 *
 *     Jan 31 --- | Feb 28 --- | Mar 31 --- | Apr 30 --- | May 31 ---
 *                                     ^ Apr 29 still lies in the period of Mar 31
 */
test('periods of a contract that starts on the 31st never drift to the 28th', async () => {
  const story = startStory({
    contract: { startDay: toDay('2026-01-31'), endDay: toDay('2027-01-30') },
  })
  story.on('2026-04-29')
  story.uses(12)
  await story.run()
  expect(Object.keys(story.units()).slice(0, 3)).toEqual(['2026-03-31', '2026-04-30', '2026-05-31'])
})

test('a leap day is a day like any other', async () => {
  const story = startStory({
    contract: { startDay: toDay('2027-08-29'), endDay: toDay('2028-08-28') },
  })
  story.on('2028-02-29')
  story.uses(12)
  await story.run()
  expect(Object.keys(story.units()).slice(0, 2)).toEqual(['2028-02-29', '2028-03-29'])
})
