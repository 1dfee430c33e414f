import { expect, test } from 'vitest'
import { toDay } from '../../src/values/day.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 9, ASYMMETRIC: up counts from this period, down from the next one.
 *
 *     Oct 1       Nov 1
 *       10          10        Oct 5
 *       10           8        Oct 10: 8 in use, so 8 from Nov 1
 *       12          12        Oct 20: 12 in use. The fall that lies ahead is taken back first (+2 from Nov 1),
 *                             then both periods rise by 2 (+2 from Oct 1): two adjustments on two days.
 */
test('more units count from this period, fewer from the next, and a fall that lies ahead is taken back', async () => {
  const story = startStory({ settings: { effectiveDatePolicy: 'ASYMMETRIC' } })
  story.on('2026-10-05')
  story.uses(10)
  await story.run()
  story.on('2026-10-10')
  story.uses(8)
  await story.run()
  expect(story.units()).toEqual({ '2026-10': 10, '2026-11': 8, '2026-12': 8 })

  story.on('2026-10-20')
  story.uses(12)
  const { adjustments } = await story.preview()
  expect(
    adjustments.map(({ effectiveDay, before, after, explanation }) => {
      return [effectiveDay, before, after, explanation.dateChoice]
    }),
  ).toEqual([
    ['2026-10-01', 10, 12, 'CURRENT_PERIOD_START'],
    ['2026-11-01', 8, 10, 'LATER_CHANGE_LEVELLED'],
  ])
  await story.run()
  expect(story.units()).toEqual({ '2026-10': 12, '2026-11': 12, '2026-12': 12 })
  expect((await story.preview()).adjustments).toEqual([])
})

test('a fall in the last period of the contract has no later period to count from', async () => {
  const story = startStory({ settings: { effectiveDatePolicy: 'ASYMMETRIC' } })
  story.on('2026-12-01')
  story.uses(10)
  await story.run()
  story.on('2026-12-10')
  story.uses(8)
  expect((await story.preview()).adjustments).toEqual([])
  story.uses(11)
  await story.run()
  expect(story.units()['2026-12']).toBe(11)
})

/*
 *     Oct 1 (posted)   Nov 1
 *       10               10
 *       10               12       more: October is invoiced, so from the next period on as well
 *       10                8       fewer
 */
test.each([12, 8])(
  'where the current period is posted, %i count from the next one',
  async (units) => {
    const story = startStory({ settings: { effectiveDatePolicy: 'ASYMMETRIC' } })
    story.on('2026-10-05')
    story.uses(10)
    await story.run()
    story.ledger.post(toDay('2026-10-31'))
    story.on('2026-10-10')
    story.uses(units)
    const { adjustments } = await story.preview()
    expect(adjustments.map(({ effectiveDay }) => effectiveDay)).toEqual(['2026-11-01'])
    await story.run()
    expect(story.units()).toEqual({ '2026-10': 10, '2026-11': units, '2026-12': units })
  },
)
