import { expect, test } from 'vitest'
import { decideHold } from '../../src/decisions/decide-hold.ts'
import type { HoldExit } from '../../src/plan.ts'
import { CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import type { Story } from '../../test/support/story.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 13: Trueup wrote 12; on Oct 20 somebody made it 15 on the screen.
 *
 *     RESTORE   12     back to what is counted
 *     ADOPT     15     the edit stays: 3 more than counted, also tomorrow
 *     STOP      15     hands off
 */
async function startDrifted(): Promise<Story> {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  await story.run()
  story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay('2026-10-01'), 3)
  story.on('2026-10-21')
  story.uses(12)
  return story
}

async function decide(story: Story, exit: HoldExit): Promise<void> {
  const [hold] = (await story.preview()).holds
  if (hold === undefined) throw new Error('nothing is held')
  const decision = decideHold(hold, exit, story.record())
  if (decision.kind === 'RECORD') story.journal.putRecord(decision.record)
}

test('a hand edit is held, with what was written and what is seen', async () => {
  const story = await startDrifted()
  await story.run()
  const { holds } = await story.preview()
  expect(holds.map(({ code, facts }) => [code, facts.unitsWritten, facts.unitsSeen])).toEqual([
    ['DRIFT', 12, 15],
  ])
  expect(story.units()['2026-10']).toBe(15)
})

test.each<[HoldExit, number, number]>([
  ['RESTORE', 12, 14],
  ['ADOPT', 15, 17],
  ['STOP', 15, 15],
])('after %s the line carries %i, and %i when two more are counted', async (...row) => {
  const [exit, now, later] = row
  const story = await startDrifted()
  await decide(story, exit)
  await story.run()
  expect(story.units()['2026-10']).toBe(now)
  story.on('2026-10-22')
  story.uses(14)
  await story.run()
  expect(story.units()['2026-10']).toBe(later)
})

/*
 * Twice edited, twice adopted: what stays on top is what both edits left.
 *
 *     counted       12        13        13        20
 *     edited        15                  15
 *     on top         3         3         2         2
 *     carries       15        16        15        22
 */
test('a second edit that is adopted goes on from the first', async () => {
  const story = await startDrifted()
  await decide(story, 'ADOPT')
  story.uses(13)
  await story.run()
  expect(story.units()['2026-10']).toBe(16)
  story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay('2026-10-01'), -1)
  await decide(story, 'ADOPT')
  expect((await story.preview()).adjustments).toEqual([])
  story.uses(20)
  await story.run()
  expect(story.units()['2026-10']).toBe(22)
})

test('a way out that a hold does not offer is refused', async () => {
  const story = await startDrifted()
  const [hold] = (await story.preview()).holds
  if (hold === undefined) throw new Error('nothing is held')
  expect(hold.exits).toEqual(['RESTORE', 'ADOPT', 'STOP', 'DISMISS'])
  expect(() => decideHold(hold, 'APPROVE', story.record())).toThrow('does not offer')
})

test('an edit of a later period is seen before that period comes', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  await story.run()
  story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay('2026-11-01'), -2)
  const { holds } = await story.preview()
  expect(holds.map(({ code, facts }) => [code, facts.seenFrom])).toEqual([['DRIFT', '2026-11-01']])
})

/*
 * The contract's last month, changed inside by Trueup; a PSA that shows such a change on the whole month's row.
 *
 *     Dec 1: 10 | Dec 17: 15 | somebody makes it 18 | Dec 20: held, not taken for what Trueup wrote
 */
test('an edit of the last month is seen although Trueup changed inside that month', async () => {
  const story = startStory({
    settings: { effectiveDatePolicy: 'TODAY' },
    rules: { insideRows: 'WHOLE' },
  })
  story.on('2026-12-01')
  story.uses(10)
  await story.run()
  story.on('2026-12-17')
  story.uses(15)
  await story.run()
  expect(story.units()['2026-12']).toBe(15)
  story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay('2026-12-01'), 3)
  story.on('2026-12-20')
  story.uses(15)
  const { holds, adjustments } = await story.preview()
  expect(adjustments).toEqual([])
  expect(holds.map(({ code, facts }) => [code, facts.unitsWritten, facts.unitsSeen])).toEqual([
    ['DRIFT', 15, 18],
  ])
})

test('a neighbour that must not be held: our own fall that lies ahead is no drift', async () => {
  const story = startStory({ settings: { effectiveDatePolicy: 'ASYMMETRIC' } })
  story.on('2026-10-10')
  story.uses(12)
  await story.run()
  story.on('2026-10-11')
  story.uses(8)
  await story.run()
  story.on('2026-11-03')
  story.uses(9)
  await story.run()
  expect(story.units()).toEqual({ '2026-10': 12, '2026-11': 9, '2026-12': 9 })
})
