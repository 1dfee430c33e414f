import { expect, test } from 'vitest'
import { aReading, anIncompleteReading, someUsage, usageOf } from '../../src/testing/index.ts'
import { reconcile } from '../../src/reconcile.ts'
import { planRun } from '../../src/run/plan-run.ts'
import { codesOf, startStory } from '../../test/support/story.ts'

/*
 * Rule 5 and peers 6.3 ("swallowed exception = incomplete view = wrong bill").
 *
 *     Oct 1 complete: 20      Oct 2, 03:00 complete: 21      Oct 2, 09:00 breaks off
 *     The older complete reading does not stand in for the newer broken one.
 */
test('while the newest reading is incomplete nothing changes, and the reason is shown', async () => {
  const story = startStory()
  story.on('2026-10-01')
  story.uses(20)
  await story.run()
  story.on('2026-10-02')
  story.uses(21)
  story.readingBreaks('SESSION_ENDED')
  const plan = await story.preview()
  expect(plan.adjustments).toEqual([])
  expect(plan.findings.map(({ code, facts }) => [code, facts.reason])).toEqual([
    ['READING_INCOMPLETE', 'SESSION_ENDED'],
  ])
})

test('no reading at all is a finding of its own, and so is one that is too old', async () => {
  const story = startStory()
  story.on('2026-10-01')
  expect(codesOf(await story.preview()).findings).toEqual(['READING_MISSING'])
  story.uses(20)
  story.on('2026-10-03')
  expect(codesOf(await story.preview()).findings).toEqual([])
  story.on('2026-10-04')
  const plan = await story.preview()
  expect(plan.adjustments).toEqual([])
  expect(plan.findings.map(({ code, facts }) => [code, facts.usageDay, facts.ageDays])).toEqual([
    ['READING_TOO_OLD', '2026-10-01', 3],
  ])
})

/*
 * Peers 4.1 (line 7): a list that was read by one page, and billed as if it were all.
 *
 *     the devices of the customer    40 read, 42 reported by the key      incomplete: both numbers are shown
 *     the contracts of the PSA       the second page fails                no plan at all, nothing is posted
 */
test('two totals that do not agree make a reading incomplete, and a person sees both', async () => {
  const story = startStory()
  story.on('2026-10-02')
  const { input } = await planRun(story, story.request())
  const facts = { devicesRead: 40, devicesReported: 42 }
  const broken = anIncompleteReading('2026-10-02', 'TOTALS_DIFFER')
  const reading = { ...broken.reading, complete: false as const, reason: 'TOTALS_DIFFER', facts }
  const plan = reconcile({ ...input, usage: [usageOf([{ ...broken, reading }])] })
  expect([plan.lines, plan.adjustments]).toEqual([[], []])
  expect(plan.findings.map((finding) => [finding.code, finding.facts])).toEqual([
    ['READING_INCOMPLETE', { ...facts, reason: 'TOTALS_DIFFER', usageDay: '2026-10-02' }],
  ])
})

test('when the contracts cannot be read to their end there is no plan, and nothing is posted', async () => {
  const story = startStory()
  story.on('2026-10-01')
  story.uses(20)
  await story.run()
  story.on('2026-10-02')
  story.uses(21)
  story.ledger.failNext('read', 'FAIL')
  await expect(story.preview()).rejects.toThrow('cannot be reached')
  story.ledger.failNext('read', 'FAIL')
  await expect(story.run()).rejects.toThrow('cannot be reached')
  expect(story.units()['2026-10']).toBe(20)
})

test('a reading of a later day does not exist yet: a past day is planned as it was', async () => {
  const story = startStory()
  story.on('2026-10-02')
  story.uses(20)
  const { input } = await planRun(story, story.request())
  const later = [aReading('2026-10-05', [someUsage(99)]), anIncompleteReading('2026-10-06')]
  const known = input.usage[0]?.readings ?? []
  const replayed = reconcile({ ...input, usage: [usageOf([...known, ...later])] })
  expect(replayed.adjustments.map(({ after }) => after)).toEqual([20])
})
