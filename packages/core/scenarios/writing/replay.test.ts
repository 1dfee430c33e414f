import { expect, test } from 'vitest'
import type { CounterInput } from '../../src/decisions/counter-plan.ts'
import type { PlannedAdjustment } from '../../src/plan.ts'
import type { ReconcileInput } from '../../src/reconcile.ts'
import type { WrittenAdjustment } from '../../src/replay.ts'
import { replayDay } from '../../src/replay.ts'
import { runCounter } from '../../src/run/run-counter.ts'
import type { RunEvent } from '../../src/run/events.ts'
import { toDay } from '../../src/values/day.ts'
import type { Story } from '../../test/support/story.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * A past day is computed again from what was stored with its run, and compared with what was written.
 *
 *     Oct 10: wrote 0 -> 12          replayed as it was: no difference
 *                                    replayed with 2 free units: 10, not 12
 */
/** What was stored of a run, as the database gives it back, and what the run wrote. */
function storedOf(events: readonly RunEvent[]): {
  stored: ReconcileInput
  written: WrittenAdjustment[]
} {
  const reconciled = events.find((event) => event.kind === 'reconciled')
  if (reconciled === undefined) throw new Error('nothing was planned')
  const stored = JSON.parse(JSON.stringify(reconciled.input)) as ReconcileInput
  return { stored, written: confirmedIn(events) }
}

async function runOn(story: Story, day: string, units: number): Promise<readonly RunEvent[]> {
  story.on(day)
  story.uses(units)
  return story.run()
}

test('the same rules on a stored day would write the same, and other rules something else', async () => {
  const { stored, written } = storedOf(await runOn(startStory(), '2026-10-10', 12))
  expect(replayDay(stored, written).differences).toEqual([])

  const [mapping] = stored.serviceMappings
  if (mapping === undefined) throw new Error('nothing is mapped')
  const serviceMappings = [{ ...mapping, counting: { ...mapping.counting, includedUnits: 2 } }]
  const { differences } = replayDay({ ...stored, serviceMappings }, written)
  expect(differences.map(({ replayed, written: wrote }) => [replayed, wrote])).toEqual([
    [
      { before: 0, after: 10 },
      { before: 0, after: 12 },
    ],
  ])
})

/*
 * What stands on one side only is a difference, too.
 *
 *     written 0 -> 12, the customer is switched off by today's rules      would not be written
 *     nothing was written that day                                        would be written
 */
test('what would not be written any more, and what was not written then, are differences', async () => {
  const { stored, written } = storedOf(await runOn(startStory(), '2026-10-10', 12))
  const units = { before: 0, after: 12 }
  const accountMappings = stored.accountMappings.map((one) => ({ ...one, billingEnabled: false }))
  expect(replayDay({ ...stored, accountMappings }, written).differences).toMatchObject([
    { effectiveDay: '2026-10-01', replayed: null, written: units },
  ])
  expect(replayDay(stored, []).differences).toMatchObject([
    { effectiveDay: '2026-10-01', replayed: units, written: null },
  ])
})

/*
 * A later day is replayed on what was billed then, not on nothing.
 *
 *     Oct 5: 0 -> 10 | Oct 10: 10 -> 8 from Nov 1 | Oct 20: 8 -> 10 from Nov 1, then 10 -> 12 from Oct 1
 */
test('a day with two changes of a line is replayed change by change, on what was billed then', async () => {
  const story = startStory({ settings: { effectiveDatePolicy: 'ASYMMETRIC' } })
  await runOn(story, '2026-10-05', 10)
  await runOn(story, '2026-10-10', 8)
  const { stored, written } = storedOf(await runOn(story, '2026-10-20', 12))
  expect(written).toHaveLength(2)
  const { plan, differences } = replayDay(stored, written)
  expect(plan.adjustments.map(({ before, after }) => [before, after])).toEqual([
    [10, 12],
    [8, 10],
  ])
  expect(differences).toEqual([])
})

/*
 * A take-back, and a release, are computed again from the contracts and the journal that stood then, and what was asked for.
 *
 *     Oct 1: 10 | Oct 10: +2 | Oct 11: both taken back, 12 -> 10 -> 0        no difference
 *                                      as if October had been posted         nothing in October, from November on instead
 */
test('a stored take-back would write the same, pair by pair', async () => {
  const story = startStory()
  const written: PlannedAdjustment[] = []
  for (const [day, units] of [
    ['2026-10-01', 10],
    ['2026-10-10', 12],
  ] as const) {
    story.on(day)
    story.uses(units)
    written.push(...confirmedIn(await story.run()))
  }
  const counters = written.map((taken) => ({
    kind: 'TAKE_BACK' as const,
    taken,
    isTakenBack: false,
  }))
  const events: RunEvent[] = []
  const request = { ...story.request(), counters, apply: 'ALL' as const }
  for await (const event of runCounter(story, request)) events.push(event)
  const { input } = events.find((event) => event.kind === 'counterPlanned')?.planned ?? {}
  if (input === undefined) throw new Error('nothing was planned')
  const stored = JSON.parse(JSON.stringify(input)) as CounterInput
  const counterWritten = confirmedIn(events)
  const { plan, differences } = replayDay(stored, counterWritten)
  expect(differences).toEqual([])
  expect([plan.totals.linesCompared, plan.totals.linesUnchanged]).toEqual([1, 0])

  const unitPeriods = stored.ledger.unitPeriods.map((row) =>
    row.startDay === '2026-10-01' ? { ...row, postedDay: toDay('2026-10-10') } : row,
  )
  const posted = { ...stored, ledger: { ...stored.ledger, unitPeriods } }
  const [first, second] = written
  expect(
    replayDay(posted, counterWritten).differences.map((one) => [
      one.takesBack,
      one.effectiveDay,
      one.replayed?.after ?? null,
      one.written?.after ?? null,
    ]),
  ).toEqual([
    [first?.key, '2026-10-01', null, 0],
    [second?.key, '2026-10-01', null, 10],
    [first?.key, '2026-11-01', 0, null],
    [second?.key, '2026-11-01', 10, null],
  ])
})

function confirmedIn(events: readonly RunEvent[]): PlannedAdjustment[] {
  return events.flatMap((event) => (event.kind === 'confirmed' ? [event.adjustment] : []))
}
