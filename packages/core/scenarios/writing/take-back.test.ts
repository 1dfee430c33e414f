import { expect, test } from 'vitest'
import { planCounters } from '../../src/decisions/counter-plan.ts'
import type { TakenAdjustment } from '../../src/decisions/undo-line.ts'
import { explainAdjustment } from '../../src/explain/explain-line.ts'
import type { Plan } from '../../src/plan.ts'
import type { RunEvent } from '../../src/run/events.ts'
import { planCounter, runCounter } from '../../src/run/run-counter.ts'
import { CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import type { Story, StoryStart } from '../../test/support/story.ts'
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

/** Runs on these days with these counts; gives everything that was confirmed, the oldest first. */
async function startWritten(
  runs: readonly (readonly [day: string, units: number])[],
  start: StoryStart = {},
): Promise<{ story: Story; written: readonly TakenAdjustment[] }> {
  const story = startStory(start)
  const written: TakenAdjustment[] = []
  for (const [day, units] of runs) {
    story.on(day)
    story.uses(units)
    for (const event of await story.run()) {
      if (event.kind === 'confirmed') written.push(event.adjustment)
    }
  }
  return { story, written }
}

/** Takes these back in one go, in the order given. */
async function undo(story: Story, taken: readonly TakenAdjustment[]): Promise<RunEvent[]> {
  const events: RunEvent[] = []
  const counters = taken.map((one) => takeBack(one))
  for await (const event of runCounter(story, { ...story.request(), counters, apply: 'ALL' })) {
    events.push(event)
  }
  return events
}

async function planBack({ story, taken }: Awaited<ReturnType<typeof startTaken>>): Promise<Plan> {
  return (await planCounter(story, { ...story.request(), counters: [takeBack(taken)] })).plan
}

function takeBack(
  taken: TakenAdjustment,
  isTakenBack = false,
): { kind: 'TAKE_BACK'; taken: TakenAdjustment; isTakenBack: boolean } {
  return { kind: 'TAKE_BACK', taken, isTakenBack }
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
  const counters = [takeBack(taken, 'isTakenBack' in change)]
  const { input } = await planCounter(story, { ...story.request(), counters })
  const { ledger } = input
  const { plan } = planCounters({
    ...input,
    day: toDay('day' in change ? change.day : '2026-10-12'),
    ledger: 'noLines' in change ? { ...ledger, lines: [] } : ledger,
  })
  expect(plan.adjustments).toEqual([])
  expect(plan.findings.map(({ code, facts }) => [code, facts.reason])).toEqual([
    ['TAKE_BACK_IMPOSSIBLE', reason],
  ])
})

/*
 * What was there before Trueup stays; only the adjustment's own part is undone, and the plan says which one it undoes.
 *
 *     4 by hand, kept on top | Oct 10: +12, 16 | taken back: 4
 */
test('units that were kept on top stay when the adjustment above them is taken back', async () => {
  const story = startStory()
  story.ledger.addLine(CONTRACT, ENDPOINT_SERVICE, toDay('2026-01-01'), 4)
  const line = { contract: CONTRACT, service: ENDPOINT_SERVICE, ownership: 'OWNED' as const }
  story.journal.putRecord({ ...line, baselineUnits: 4 })
  story.on('2026-10-10')
  story.uses(12)
  const [confirmed] = (await story.run()).filter((event) => event.kind === 'confirmed')
  if (confirmed === undefined) throw new Error('nothing was confirmed')
  expect(story.units()['2026-10']).toBe(16)
  const { key } = confirmed.adjustment
  const [adjustment] = (await planBack({ story, taken: confirmed.adjustment })).adjustments
  if (adjustment === undefined) throw new Error('nothing is planned')
  expect(adjustment.after).toBe(4)
  expect(explainAdjustment(adjustment)).toContain(`This takes back the adjustment ${key}.`)
})

/*
 * Stopped before it is taken back, so that the next run does not bill the same again:
 *
 *     Oct 10: 12 | stopped and taken back: 10 | Oct 11: run, 12 counted: still 10, and a finding
 */
test('a line that was stopped stays stopped when its take-back is confirmed, and is not billed again', async () => {
  const { story, taken } = await startTaken()
  story.journal.putRecord({ ...story.record(), ownership: 'STOPPED' })
  const events = await undo(story, [taken])
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
  const { story, written } = await startWritten(
    counts.map((units, step) => [`2026-10-${step + 1}0`, units]),
  )
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

  const events = await undo(story, [taken])
  expect(events.map(({ kind }) => kind)).toContain('confirmed')
  expect(story.units()['2026-11']).toBe(november - 2)
  expect(story.units()['2026-10']).toBe(from === '2026-10-01' ? 10 : 12)
})

/*
 * Several adjustments of one line in one go: the newest first, each a pair of its own.
 *
 *     Oct 10: 10 | Oct 15: +2 | Oct 20: +3      15
 *     both changes                              the +3: 15 to 12, the +2: 12 to 10
 *     the first and the last                    the +3: 15 to 12, the +10: 12 to 2; the +2 stays
 *     all of it                                 15 to 12, to 10, to 0
 *
 *     Oct 10: 10 | Oct 15: -7                   3
 *     all of it                                 the -7: 3 to 10, the +10: 10 to 0
 */
test.each([
  ['both changes', [10, 12, 15], [1, 2], ['15 to 12', '12 to 10']],
  ['the first and the last', [10, 12, 15], [0, 2], ['15 to 12', '12 to 2']],
  ['all of it', [10, 12, 15], [0, 1, 2], ['15 to 12', '12 to 10', '10 to 0']],
  ['a fall and what it fell from', [10, 3], [0, 1], ['3 to 10', '10 to 0']],
] as const)('of one line in one go: %s', async (_, counts, which, changes) => {
  const days = ['2026-10-10', '2026-10-15', '2026-10-20']
  const { story, written } = await startWritten(
    counts.map((units, step) => [days[step] ?? '', units]),
  )
  const taken = which.flatMap((index) => written[index] ?? [])
  const counters = taken.map((one) => takeBack(one))
  const { plan, plans } = await planCounter(story, { ...story.request(), counters })
  expect(plan.findings).toEqual([])
  expect(plans.map(({ adjustments }) => adjustments.map((one) => one.takesBack))).toEqual(
    taken.map(({ key }) => [key]),
  )

  const events = await undo(story, taken)
  const posted = events.flatMap((event) => (event.kind === 'posting' ? [event.intent] : []))
  expect(posted.map(({ before, after }) => `${before} to ${after}`)).toEqual(changes)
  expect(posted.map(({ takesBack }) => takesBack)).toEqual(taken.map(({ key }) => key).reverse())
  expect(events.filter(({ kind }) => kind === 'confirmed').length).toBe(taken.length)
  expect(`${story.units()['2026-10']}`).toBe(changes.at(-1)?.split(' ').at(-1))
})

test('a month of daily changes is taken back in one go', async () => {
  const days = Array.from(
    { length: 28 },
    (_, index) => `2026-10-${`${index + 1}`.padStart(2, '0')}`,
  )
  const { story, written } = await startWritten(days.map((day, index) => [day, 5 + index]))
  expect(written.length).toBe(28)
  const events = await undo(story, written.slice(1))
  expect(events.filter(({ kind }) => kind === 'confirmed').length).toBe(27)
  expect(story.units()['2026-10']).toBe(5)
})

test('nothing is taken back twice: neither in one go, nor what was taken back before', async () => {
  const { story, written } = await startWritten([
    ['2026-10-10', 10],
    ['2026-10-15', 12],
  ])
  await expect(undo(story, [...written, ...written])).rejects.toThrow('taken back twice at once')
  await undo(story, written.slice(1))
  const events = await undo(story, written)
  expect(events.flatMap((event) => (event.kind === 'skipped' ? [event.reason] : []))).toEqual([
    'CONFLICT',
    'EARLIER_NOT_CONFIRMED',
  ])
  expect(story.units()['2026-10']).toBe(10)
})

test('where the newest one is held, the older ones of its line wait for it', async () => {
  const { story, written } = await startWritten([
    ['2026-10-10', 10],
    ['2026-10-15', 12],
  ])
  story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay('2026-10-01'), 14)
  const counters = written.map((one) => takeBack(one))
  const { plans } = await planCounter(story, { ...story.request(), counters })
  expect(plans.map(({ holds, findings }) => [holds[0]?.code, findings[0]?.facts.reason])).toEqual([
    [undefined, 'NEWER_ONE_HELD'],
    ['DRIFT', undefined],
  ])
  expect((await undo(story, written)).some(({ kind }) => kind === 'posting')).toBe(false)
})

/*
 * Written in August, September and October, none of them invoiced yet; taken back in November.
 *
 *     Aug 1: 10 | Sep 1: +2 | Oct 1: +3      the +3 from October, the +2 from September, the 10 from August
 */
test('each goes back to its own period, however long ago, while all since are open', async () => {
  const { story, written } = await startWritten([
    ['2026-08-03', 10],
    ['2026-09-03', 12],
    ['2026-10-03', 15],
  ])
  story.on('2026-11-03')
  const events = await undo(story, written.slice(1))
  expect(
    events.flatMap((event) => (event.kind === 'posting' ? [event.intent.effectiveDay] : [])),
  ).toEqual(['2026-10-01', '2026-09-01'])
  expect(events.map(({ kind }) => kind)).not.toContain('found')
  const units = story.units()
  expect(['2026-08', '2026-09', '2026-10', '2026-11'].map((month) => units[month])).toEqual([
    10, 10, 10, 10,
  ])
})

/*
 * A PSA that does not show from which day inside a period a change counts.
 *
 *     Jan 5: 2 | Jan 9: 1 | Feb 2: 0      the last goes back from Mar 1: Feb 0 | Mar 1
 *                                         the one before it would have to change February and March apart
 */
test('an adjustment is undone by one counter-adjustment or not at all', async () => {
  const { story, written } = await startWritten(
    [
      ['2026-01-05', 2],
      ['2026-01-09', 1],
      ['2026-02-02', 0],
    ],
    { settings: { effectiveDatePolicy: 'TODAY' }, rules: { insideRows: 'WHOLE' } },
  )
  const counters = written.slice(1).map((one) => takeBack(one))
  const { plans } = await planCounter(story, { ...story.request(), counters })
  expect(plans.map(({ findings: [finding] }) => [finding?.code, finding?.facts.reason])).toEqual([
    ['TAKE_BACK_IMPOSSIBLE', 'LATER_CHANGES'],
    ['TAKE_BACK_PARTIAL', undefined],
  ])
  const events = await undo(story, written.slice(1))
  expect(
    events.flatMap((event) => (event.kind === 'posting' ? [event.intent.effectiveDay] : [])),
  ).toEqual(['2026-03-01'])
})
