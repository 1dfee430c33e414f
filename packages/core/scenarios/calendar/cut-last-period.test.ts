import { expect, test } from 'vitest'
import { toDay } from '../../src/values/day.ts'
import { codesOf, startStory } from '../../test/support/story.ts'

/*
 * The contract ends inside a period: the last period is short, and is charged by its days.
 *
 *     Nov 1 ------------ | Dec 1 ---- Dec 10      10 of 31 days at 3.00
 */
test('a change in a cut last period is charged by its days', async () => {
  const story = startStory({ contract: { endDay: toDay('2026-12-10') } })
  story.on('2026-12-02')
  story.uses(10)
  const plan = await story.preview()
  const [adjustment] = plan.adjustments
  expect(adjustment?.money).toEqual({
    unitPrice: '3.0000',
    periodStart: '2026-12-01',
    periodEnd: '2026-12-10',
    firstPeriod: '9.6774',
    perPeriod: '30.0000',
  })
  expect(codesOf(plan).findings).toEqual(['CONTRACT_ENDING'])
})
