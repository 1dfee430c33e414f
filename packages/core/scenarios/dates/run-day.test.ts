import { expect, test } from 'vitest'
import type { UnitBookRules } from '../../src/testing/index.ts'
import { CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 9, TODAY: the day of the run, prorated by Autotask. Its row carries the total or the difference; both are right.
 *
 *     Oct 1 --- 10 --- | Oct 17: +5 (15 of 31 days) --- | Nov 1: 15
 */
test.each<UnitBookRules['insideRows']>(['TOTAL', 'DIFFERENCE'])(
  'a change counts from the day of the run where Autotask writes the %s, and the next day finds nothing to do',
  async (insideRows) => {
    const story = startStory({
      settings: { effectiveDatePolicy: 'TODAY' },
      rules: { insideRows },
    })
    story.on('2026-10-01')
    story.uses(10)
    await story.run()
    story.on('2026-10-17')
    story.uses(15)
    const { adjustments } = await story.preview()
    expect(adjustments[0]?.money).toMatchObject({ firstPeriod: '7.2581', perPeriod: '15.0000' })
    await story.run()
    expect(story.units()['2026-11']).toBe(15)
    story.on('2026-10-18')
    expect((await story.preview()).adjustments).toEqual([])
  },
)

test('a second change of a day takes the day after, because Autotask takes one a day', async () => {
  const story = startStory({ settings: { effectiveDatePolicy: 'TODAY' } })
  story.on('2026-10-01')
  story.uses(10)
  await story.run()
  story.on('2026-10-17')
  story.uses(15)
  await story.run()
  story.uses(16)
  const { adjustments } = await story.preview()
  expect(adjustments[0]).toMatchObject({ effectiveDay: '2026-10-18', before: 15, after: 16 })
  await story.run()
  const days = story.ledger.rows(CONTRACT, ENDPOINT_SERVICE).map(({ startDay }) => startDay)
  expect(days.slice(0, 4)).toEqual(['2026-10-01', '2026-10-17', '2026-10-18', '2026-11-01'])
})

test('after a change inside a period, whole periods are changed from the next one on', async () => {
  const story = startStory({ settings: { effectiveDatePolicy: 'TODAY' } })
  story.on('2026-10-01')
  story.uses(10)
  await story.run()
  story.on('2026-10-17')
  story.uses(15)
  await story.run()
  story.settings = { ...story.settings, effectiveDatePolicy: 'PERIOD_START' }
  story.on('2026-10-20')
  story.uses(12)
  const { adjustments } = await story.preview()
  expect(adjustments[0]).toMatchObject({ effectiveDay: '2026-11-01', before: 15, after: 12 })
  expect(adjustments[0]?.explanation.dateChoice).toBe('NEXT_PERIOD_BECAUSE_CHANGED_INSIDE')
})

test.each<UnitBookRules['insideRows']>(['TOTAL', 'WHOLE', 'HIDDEN'])(
  'after two changes on the last day of a period a third run finds nothing to do, shown as %s',
  async (insideRows) => {
    const story = startStory({ settings: { effectiveDatePolicy: 'TODAY' }, rules: { insideRows } })
    story.on('2026-10-01')
    story.uses(1)
    await story.run()
    story.on('2026-10-31')
    story.uses(3)
    await story.run()
    story.uses(2)
    await story.run()
    expect(story.units()['2026-11']).toBe(2)
    expect((await story.preview()).adjustments).toEqual([])
  },
)

/*
 * What is invoiced stays as it is, and so does what lies before it: a change inside October would move a posted November too.
 *
 *     run on     posted        counts from
 *     Oct 1      October       Nov 1
 *     Oct 17     October       Oct 17, a line of its own on the next invoice
 *     Oct 17     November      Dec 1
 */
test.each([
  ['2026-10-01', '2026-10-01', '2026-11-01'],
  ['2026-10-17', '2026-10-01', '2026-10-17'],
  ['2026-10-17', '2026-11-01', '2026-12-01'],
])('on %s, posted through %s, a change counts from %s', async (day, posted, from) => {
  const story = startStory({ settings: { effectiveDatePolicy: 'TODAY' } })
  story.on('2026-09-01')
  story.uses(10)
  await story.run()
  story.ledger.post(toDay(posted))
  story.on(day)
  story.uses(15)
  const { adjustments } = await story.preview()
  expect(adjustments.map(({ effectiveDay }) => effectiveDay)).toEqual([from])
})
