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
