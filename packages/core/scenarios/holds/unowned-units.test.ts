import { expect, test } from 'vitest'
import { decideHold } from '../../src/decisions/decide-hold.ts'
import type { HoldExit } from '../../src/plan.ts'
import { aService, CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import type { ServiceId } from '../../src/values/ids.ts'
import type { Story } from '../../test/support/story.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 11: somebody entered 10 units by hand before Trueup came; 12 are counted.
 *
 *     OWN_LINE        12      Trueup decides
 *     KEEP_BASELINE   22      the 10 stay on top of what is counted
 *     STOP            10      hands off
 */
const BACKUP = 'service-backup' as ServiceId

async function startHeld(): Promise<Story> {
  const story = startStory()
  story.ledger.addLine(CONTRACT, ENDPOINT_SERVICE, toDay('2026-01-01'), 10)
  story.on('2026-10-10')
  story.uses(12)
  await story.run()
  return story
}

async function decide(story: Story, exit: HoldExit): Promise<void> {
  const [hold] = (await story.preview()).holds
  if (hold === undefined) throw new Error('nothing is held')
  const decision = decideHold(hold, exit, story.record())
  if (decision.kind === 'RECORD') story.journal.putRecord(decision.record)
}

test('a line that carries units from before is held and not touched', async () => {
  const story = await startHeld()
  const { holds, adjustments } = await story.preview()
  expect(adjustments).toEqual([])
  expect(holds.map(({ code, facts }) => [code, facts.unitsOnLine, facts.counted])).toEqual([
    ['UNOWNED_UNITS', 10, 12],
  ])
  expect(story.units()['2026-10']).toBe(10)
})

test.each<[HoldExit, number]>([
  ['OWN_LINE', 12],
  ['KEEP_BASELINE', 22],
  ['STOP', 10],
  ['DISMISS', 10],
])('after %s the line carries %i', async (exit, units) => {
  const story = await startHeld()
  await decide(story, exit)
  await story.run()
  expect(story.units()['2026-10']).toBe(units)
})

test('with a baseline, later counts move only the part that is counted', async () => {
  const story = await startHeld()
  await decide(story, 'KEEP_BASELINE')
  await story.run()
  story.on('2026-10-12')
  story.uses(5)
  await story.run()
  expect(story.units()['2026-10']).toBe(15)
})

test('a stopped line is left alone and named while it differs', async () => {
  const story = await startHeld()
  await decide(story, 'STOP')
  const plan = await story.preview()
  expect(plan.findings.map(({ code, facts }) => [code, facts.target, facts.billed])).toEqual([
    ['LINE_STOPPED', 12, 10],
  ])
  expect(plan.findings[0]?.revenueAtRiskPerMonth).toBe('6.0000')
})

/*
 * Units that begin later are somebody's as well.
 *
 *     Oct: 0 | Nov: 10, entered by hand          12 are counted in October
 */
test('units that somebody entered for a later month hold the line now', async () => {
  const story = startStory()
  story.ledger.addLine(CONTRACT, ENDPOINT_SERVICE, toDay('2026-11-01'), 10)
  story.on('2026-10-10')
  story.uses(12)
  const { holds, adjustments } = await story.preview()
  expect(adjustments).toEqual([])
  expect(holds.map(({ code, facts }) => [code, facts.unitsOnLine])).toContainEqual([
    'UNOWNED_UNITS',
    10,
  ])
})

/*
 * Nobody uses the application, and yet 10 units of its service are billed: somebody sold them, or forgot to take them off.
 *
 *     OWN_LINE        0      Trueup decides
 *     KEEP_BASELINE   10     they stay, and what is counted later comes on top
 *     STOP            10     hands off, and a finding goes on naming them
 */
test.each<[HoldExit, number, number, string[]]>([
  ['OWN_LINE', 0, 3, []],
  ['KEEP_BASELINE', 10, 13, []],
  ['STOP', 10, 10, ['LINE_STOPPED']],
])('units that nobody uses are held, too; after %s the line carries %i', async (...row) => {
  const [exit, units, unitsLater, findings] = row
  const story = startStory()
  story.ledger.addLine(CONTRACT, ENDPOINT_SERVICE, toDay('2026-01-01'), 10)
  story.on('2026-10-10')
  story.uses(0)
  const { holds, adjustments } = await story.preview()
  expect(adjustments).toEqual([])
  expect(holds.map(({ code, facts }) => [code, facts.unitsOnLine, facts.counted])).toEqual([
    ['UNOWNED_UNITS', 10, 0],
  ])
  await decide(story, exit)
  await story.run()
  expect(story.units()['2026-10']).toBe(units)
  expect((await story.preview()).findings.map(({ code }) => code)).toEqual(findings)
  story.on('2026-10-12')
  story.uses(3)
  await story.run()
  expect(story.units()['2026-10']).toBe(unitsLater)
})

/*
 * The contract carries what Trueup has nothing to do with: 7 backups, billed by hand. No application is mapped to that service.
 *
 *     service-backup      7      7     never touched
 *     service-endpoint    -     12     Trueup's own line
 */
test('a line of a service that is not mapped is never touched', async () => {
  const story = startStory()
  story.ledger.addService(aService({ id: BACKUP }))
  story.ledger.addLine(CONTRACT, BACKUP, toDay('2026-01-01'), 7)
  story.on('2026-10-10')
  story.uses(12)
  expect((await story.preview()).lines.map(({ service }) => service)).toEqual([ENDPOINT_SERVICE])
  await story.run()
  expect(story.units(BACKUP)['2026-10']).toBe(7)
  expect(story.units()['2026-10']).toBe(12)
})

test("an empty line, or no line, is nobody's: the first run writes it", async () => {
  const story = startStory()
  story.ledger.addLine(CONTRACT, ENDPOINT_SERVICE, toDay('2026-01-01'), 0)
  story.on('2026-10-10')
  story.uses(12)
  await story.run()
  expect(story.units()['2026-10']).toBe(12)
  expect(story.record().ownership).toBe('OWNED')
})
