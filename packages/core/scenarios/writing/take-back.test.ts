import { expect, test } from 'vitest'
import { planTakeBack } from '../../src/decisions/counter-plan.ts'
import type { TakenAdjustment } from '../../src/decisions/counter-plan.ts'
import type { Plan } from '../../src/plan.ts'
import type { RunEvent } from '../../src/run/events.ts'
import { planCounter, runCounter } from '../../src/run/run-counter.ts'
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
  const counter = { kind: 'TAKE_BACK' as const, taken, isTakenBack: false }
  const request = { ...story.request(), counters: [counter] }
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
  const counter = { kind: 'TAKE_BACK' as const, taken, isTakenBack: false }
  const request = { ...story.request(), counters: [counter] }
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

/*
 * Stopped before it is taken back, so that the next run does not bill the same again:
 *
 *     Oct 10: 12 | stopped and taken back: 10 | Oct 11: run, 12 counted: still 10, and a finding
 */
test('a line that was stopped stays stopped when its take-back is confirmed, and is not billed again', async () => {
  const { story, taken } = await startTaken()
  story.journal.putRecord({ ...story.record(), ownership: 'STOPPED' })
  const counter = { kind: 'TAKE_BACK' as const, taken, isTakenBack: false }
  const events: RunEvent[] = []
  const request = { ...story.request(), counters: [counter], apply: 'ALL' as const }
  for await (const event of runCounter(story, request)) events.push(event)
  expect(events.map(({ kind }) => kind)).toEqual([
    'counterPlanned',
    'planned',
    'posting',
    'confirmed',
  ])
  expect(story.units()['2026-10']).toBe(10)
  expect(story.record().ownership).toBe('STOPPED')

  story.on('2026-10-11')
  story.uses(12)
  await story.run()
  expect(story.units()['2026-10']).toBe(10)
  expect((await story.preview()).findings.map(({ code }) => code)).toEqual(['LINE_STOPPED'])
})

test('a line is not undone twice in one go: the second would stand on what the first has not done yet', async () => {
  const { story, taken } = await startTaken()
  const counter = { kind: 'TAKE_BACK' as const, taken, isTakenBack: false }
  const request = { ...story.request(), counters: [counter, counter] }
  await expect(planCounter(story, request)).rejects.toThrow('a line is to be undone twice at once')
})

/*
 * What changed since stays; only the adjustment's own part is undone.
 *
 *     Oct 1: 10 | Oct 10: +2 | Oct 20: +3      take back the +2: 13, then the +3: 10
 *     Oct 1: 10 | Oct 10: -4                   take back the -4: 10
 *     Oct 1: +10 | Oct 10: -7                  take back the +10: 0, not -7, and a finding
 */
test.each([
  ['what was written later stays', [10, 12, 15], 1, 13, []],
  ['and so does what was written before', [10, 12, 15], 2, 12, []],
  ['fewer units come back', [10, 6], 1, 10, []],
  ['units never fall below zero', [10, 3], 0, 0, ['TAKE_BACK_PARTIAL']],
] as const)('%s', async (...row) => {
  const [, counts, which, left, findings] = row
  const story = startStory()
  const written: TakenAdjustment[] = []
  for (const [step, units] of counts.entries()) {
    story.on(`2026-10-${step + 1}0`)
    story.uses(units)
    for (const event of await story.run()) {
      if (event.kind === 'confirmed') written.push(event.adjustment)
    }
  }
  const taken = written[which]
  if (taken === undefined) throw new Error('nothing was confirmed')
  const plan = await planBack({ story, taken })
  expect(plan.adjustments.map(({ after }) => after)).toEqual([left])
  expect(plan.findings.map(({ code }) => code)).toEqual(findings)
})

/*
 * Taken back in the month after.
 *
 *     Oct 1: 12 (+2)   | Nov 3: take it back
 *     October open     Oct 10 | Nov 10           from October's start, nothing is left
 *     October posted   Oct 12 | Nov 10           from November, and a finding
 *     more in Nov      Oct 12 | Nov 15 to 13     from November, and a finding: October is not like November
 */
test.each([
  ['an earlier period that is still open is taken back as well', null, 12, '2026-10-01', []],
  ['an earlier period that is posted stays', '2026-10-31', 12, '2026-11-01', ['TAKE_BACK_PARTIAL']],
  ['what was changed since only from today', null, 15, '2026-11-01', ['TAKE_BACK_PARTIAL']],
] as const)('%s', async (...row) => {
  const [, posted, november, from, findings] = row
  const { story, taken } = await startTaken()
  if (posted !== null) story.ledger.post(toDay(posted))
  story.on('2026-11-03')
  story.uses(november)
  await story.run()
  const plan = await planBack({ story, taken })
  expect(plan.adjustments.map(({ effectiveDay, change }) => [effectiveDay, change])).toEqual([
    [from, -2],
  ])
  expect(plan.findings.map(({ code }) => code)).toEqual(findings)

  const counters = [{ kind: 'TAKE_BACK' as const, taken, isTakenBack: false }]
  const events: RunEvent[] = []
  for await (const event of runCounter(story, { ...story.request(), counters, apply: 'ALL' })) {
    events.push(event)
  }
  expect(events.map(({ kind }) => kind)).toContain('confirmed')
  expect(story.units()['2026-11']).toBe(november - 2)
  expect(story.units()['2026-10']).toBe(from === '2026-10-01' ? 10 : 12)
})
