import { expect, test } from 'vitest'
import { planRun } from '../../src/run/plan-run.ts'
import { reconcile } from '../../src/reconcile.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * The rows do not say what the line carries on the day: October has no row although September has units.
 *
 *     Sep: 10 | Oct: - | Nov: 10
 */
test('a line with a hole in its periods is held: a missing row is not zero', async () => {
  const story = startStory()
  story.on('2026-09-10')
  story.uses(10)
  await story.run()
  const { input } = await planRun(story, story.request())
  const unitPeriods = input.ledger.unitPeriods.filter(({ startDay }) => startDay !== '2026-10-01')
  const settings = { ...input.settings, effectiveDatePolicy: 'NEXT_PERIOD' as const }
  const usage = input.usage.map((one) => ({
    ...one,
    readings: one.readings.map((reading) => ({
      ...reading,
      reading: {
        ...reading.reading,
        applications: [
          { application: 'Endpoint Security', unit: 'DEVICE', quantity: 12, keys: [] },
        ],
      },
    })),
  })) as typeof input.usage
  const plan = reconcile({ ...input, settings, usage, ledger: { ...input.ledger, unitPeriods } })
  expect(plan.adjustments).toEqual([])
  expect(plan.holds.map(({ code, facts }) => [code, facts.reason, facts.unitsSeen])).toEqual([
    ['UNREADABLE_LINE', 'ROW_MISSING', 10],
  ])
})

/*
 * Peers 4.1 (two runs, one of them late): a run of February 10 sleeps for weeks and then still plans for its own day. It reads the
 * period of that day and the next one; what is written from April on lies behind both.
 *
 *     written           Feb 12: 1 from Mar 1 | Mar 1: 2 from Apr 1
 *     the late run      counted 2 on Feb 10, reads 1 from Mar 1: +1 would make 3 of April's 2
 */
test('a run that is weeks late changes nothing before what was written since', async () => {
  const story = startStory({ settings: { effectiveDatePolicy: 'NEXT_PERIOD' } })
  story.on('2026-02-10')
  story.uses(2)
  const late = story.request()
  story.on('2026-02-12')
  story.uses(1)
  await story.run()
  story.on('2026-03-01')
  story.uses(2)
  await story.run()
  const { plan } = await planRun(story, late)
  expect(plan.adjustments).toEqual([])
  expect(plan.holds.map(({ code, facts }) => [code, facts.reason])).toEqual([
    ['UNREADABLE_LINE', 'WRITTEN_LATER'],
  ])
  expect(story.units()).toMatchObject({ '2026-03': 1, '2026-04': 2, '2026-05': 2 })
})
