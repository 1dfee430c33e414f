import { expect, test } from 'vitest'
import { planTakeBack } from '../../src/decisions/counter-plan.ts'
import type { TakenAdjustment } from '../../src/decisions/counter-plan.ts'
import type { Plan } from '../../src/plan.ts'
import { planCounter } from '../../src/run/run-counter.ts'
import { toDay } from '../../src/values/day.ts'
import type { Story } from '../../test/support/story.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * A confirmed +2 from October is taken back.
 *
 *     nothing posted since    Oct 10 | Nov 10 | Dec 10      all of it
 *     October posted since    Oct 12 | Nov 10 | Dec 10      from November; October has to be credited by hand
 */
async function startTaken(): Promise<{ story: Story; taken: TakenAdjustment }> {
  const story = startStory()
  story.on('2026-10-01')
  story.uses(10)
  await story.run()
  story.on('2026-10-10')
  story.uses(12)
  const [confirmed] = (await story.run()).filter((event) => event.kind === 'confirmed')
  if (confirmed === undefined) throw new Error('nothing was confirmed')
  return { story, taken: confirmed.adjustment }
}

async function planBack({ story, taken }: Awaited<ReturnType<typeof startTaken>>): Promise<Plan> {
  const request = { ...story.request(), kind: 'TAKE_BACK' as const, taken, isTakenBack: false }
  return (await planCounter(story, request)).plan
}

test('what was not invoiced yet is taken back whole, and the pair is recorded', async () => {
  const { story, taken } = await startTaken()
  const { adjustments, findings } = await planBack({ story, taken })
  expect(findings).toEqual([])
  expect(adjustments.map(({ before, after, takesBack }) => [before, after, takesBack])).toEqual([
    [12, 10, taken.key],
  ])
})

test('what was posted meanwhile stays, and a finding says from when the rest is taken back', async () => {
  const { story, taken } = await startTaken()
  story.ledger.post(toDay('2026-10-31'))
  const { adjustments, findings } = await planBack({ story, taken })
  expect(adjustments.map(({ effectiveDay, after }) => [effectiveDay, after])).toEqual([
    ['2026-11-01', 10],
  ])
  expect(findings.map(({ code, facts }) => [code, facts.wantedFrom, facts.from])).toEqual([
    ['TAKE_BACK_PARTIAL', '2026-10-01', '2026-11-01'],
  ])
})

test.each([
  ['it was taken back before', 'ALREADY_TAKEN_BACK', { isTakenBack: true }],
  ['its contract is over', 'CONTRACT_DOES_NOT_COVER_DAY', { day: '2027-01-05' }],
  ['its line is gone', 'LINE_MISSING', { noLines: true }],
] as const)('it cannot be taken back when %s', async (_, reason, change) => {
  const { story, taken } = await startTaken()
  const request = { ...story.request(), kind: 'TAKE_BACK' as const, taken, isTakenBack: false }
  const { ledger, lineRecords } = await planCounter(story, request)
  const input = {
    day: toDay('day' in change ? change.day : '2026-10-12'),
    settings: story.settings,
    ledger: 'noLines' in change ? { ...ledger, lines: [] } : ledger,
    lineRecords,
  }
  const plan = planTakeBack(input, taken, 'isTakenBack' in change)
  expect(plan.adjustments).toEqual([])
  expect(plan.findings.map(({ code, facts }) => [code, facts.reason])).toEqual([
    ['TAKE_BACK_IMPOSSIBLE', reason],
  ])
})
