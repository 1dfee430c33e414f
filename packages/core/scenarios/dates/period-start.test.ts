import { expect, test } from 'vitest'
import { toDay } from '../../src/values/day.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 9, PERIOD_START (default).
 *
 *     Oct 1 --------- 10 --------- | Nov 1            open:    12 from Oct 1
 *                  ^ Oct 20: 12                       posted:  12 from Nov 1
 */
test('an open period changes from its start', async () => {
  const story = startStory()
  story.on('2026-10-02')
  story.uses(10)
  await story.run()
  story.on('2026-10-20')
  story.uses(12)
  await story.run()
  expect(story.units()).toEqual({ '2026-10': 12, '2026-11': 12, '2026-12': 12 })
})

test('a posted period stays as it was invoiced, and the change comes with the next one', async () => {
  const story = startStory()
  story.on('2026-10-02')
  story.uses(10)
  await story.run()
  story.ledger.post(toDay('2026-10-15'))
  story.on('2026-10-20')
  story.uses(12)
  const { adjustments } = await story.preview()
  expect(adjustments[0]?.effectiveDay).toBe('2026-11-01')
  expect(adjustments[0]?.explanation.dateChoice).toBe('NEXT_PERIOD_BECAUSE_POSTED')
  await story.run()
  expect(story.units()).toEqual({ '2026-10': 10, '2026-11': 12, '2026-12': 12 })
})

test('the first unposted period is taken when more than one is posted ahead', async () => {
  const story = startStory()
  story.on('2026-09-02')
  story.uses(10)
  await story.run()
  story.ledger.post(toDay('2026-10-31'))
  story.on('2026-09-20')
  story.uses(12)
  const { adjustments } = await story.preview()
  expect(adjustments.map(({ effectiveDay }) => effectiveDay)).toEqual(['2026-11-01'])
  await story.run()
  expect(story.units()).toMatchObject({ '2026-09': 10, '2026-10': 10, '2026-11': 12 })
})

test('when every period to the end of the contract is posted, a person is told what is lost', async () => {
  const story = startStory()
  story.on('2026-12-01')
  story.uses(10)
  await story.run()
  story.ledger.post(toDay('2026-12-31'))
  story.on('2026-12-20')
  story.uses(12)
  const plan = await story.preview()
  expect(plan.adjustments).toEqual([])
  const lost = plan.findings.find(({ code }) => code === 'PERIODS_POSTED_TO_END')
  expect(lost?.facts).toMatchObject({ target: 12, billed: 10 })
  expect(lost?.revenueAtRiskPerMonth).toBe('6.0000')
})
