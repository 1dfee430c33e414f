import { expect, test } from 'vitest'
import { decideHold } from '../../src/decisions/decide-hold.ts'
import type { LedgerFault, MemoryLedger, UnitBookRules } from '../../src/testing/index.ts'
import { CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import type { Story } from '../../test/support/story.ts'
import { codesOf, outcomes, startStory } from '../../test/support/story.ts'

/*
 * Rules 16 and 17. Autotask's pages do not say how a change inside a period shows (autotask-rest.md 4.2). 10 units become 15 on
 * the 17th; each of these may be what is read back:
 *
 *     TOTAL        10 the whole month, 15 from the 17th           next month 15
 *     DIFFERENCE   10 the whole month,  5 from the 17th           next month 15
 *     SPLIT        10 until the 16th,  15 from the 17th           next month 15
 *     WHOLE        15 the whole month                             next month 15
 *     HIDDEN       10 the whole month                             next month 15
 *
 *     the answer            next month reads     confirmed?
 *     accepted              15                   yes, whatever this month shows
 *     lost                  15                   yes where this month shows it; else a person looks
 *     lost                  10                   never arrived: after 5 minutes once more
 *     lost, last month      -                    only where this month shows it; nothing is ever posted again
 */
type Reading = UnitBookRules['insideRows']
const readings: readonly Reading[] = ['TOTAL', 'DIFFERENCE', 'SPLIT', 'WHOLE', 'HIDDEN']

async function change(
  insideRows: Reading,
  month: '10' | '12',
  fault: LedgerFault | null,
): Promise<{ story: Story; seen: string[]; posts: number }> {
  const story = startStory({ settings: { effectiveDatePolicy: 'TODAY' }, rules: { insideRows } })
  story.on(`2026-${month}-01`)
  story.uses(10)
  await story.run()
  story.on(`2026-${month}-17`)
  story.uses(15)
  if (fault !== null) story.ledger.failNext('post', fault)
  const before = story.ledger.calls().length
  const seen = outcomes(await story.run())
  const calls = story.ledger.calls().slice(before)
  return { story, seen, posts: calls.filter((call) => call === 'applyAdjustment').length }
}

test.each(readings)(
  'an accepted change is confirmed by the next period, shown as %s',
  async (insideRows) => {
    const { story, seen, posts } = await change(insideRows, '10', null)
    expect([seen, posts]).toEqual([['confirmed'], 1])
    story.on('2026-10-18')
    story.uses(15)
    expect(codesOf(await story.preview())).toEqual({ holds: [], findings: [] })
    expect((await story.preview()).adjustments).toEqual([])
    story.uses(16)
    expect(outcomes(await story.run())).toEqual(['confirmed'])
    expect(story.units()['2026-11']).toBe(16)
  },
)

test.each(readings)(
  'an applied change whose answer was lost is not posted again: %s',
  async (insideRows) => {
    const { story, seen, posts } = await change(insideRows, '10', 'LOSE_ANSWER')
    expect([seen, posts]).toEqual([[insideRows === 'HIDDEN' ? 'unknown' : 'confirmed'], 1])
    expect(story.units()['2026-11']).toBe(15)
  },
)

test.each(readings)('a change that never arrived is posted once more: %s', async (insideRows) => {
  const { story, seen, posts } = await change(insideRows, '10', 'LOSE_POST')
  expect([seen, posts]).toEqual([['lapsed', 'confirmed'], 2])
  expect(story.units()['2026-11']).toBe(15)
})

test.each<[Reading, LedgerFault, string]>([
  ['TOTAL', 'LOSE_ANSWER', 'confirmed'],
  ['DIFFERENCE', 'LOSE_ANSWER', 'confirmed'],
  ['SPLIT', 'LOSE_ANSWER', 'confirmed'],
  ['WHOLE', 'LOSE_ANSWER', 'confirmed'],
  ['HIDDEN', 'LOSE_ANSWER', 'unknown'],
  ['TOTAL', 'LOSE_POST', 'unknown'],
  ['HIDDEN', 'LOSE_POST', 'unknown'],
])('in the last period, shown as %s, after %s: %s, and one post', async (...row) => {
  const [insideRows, fault, outcome] = row
  const { story, seen, posts } = await change(insideRows, '12', fault)
  expect([seen, posts]).toEqual([[outcome], 1])
  const before = story.ledger.rows(CONTRACT, ENDPOINT_SERVICE)
  await story.run()
  await story.run()
  expect(story.ledger.rows(CONTRACT, ENDPOINT_SERVICE)).toEqual(before)
})

test.each(readings)(
  'after a change of ours inside a period, whole periods change from the next one on: %s',
  async (insideRows) => {
    const { story } = await change(insideRows, '10', null)
    story.settings = { ...story.settings, effectiveDatePolicy: 'PERIOD_START' }
    story.on('2026-10-20')
    story.uses(12)
    const { adjustments } = await story.preview()
    expect(
      adjustments.map(({ effectiveDay, before, after }) => [effectiveDay, before, after]),
    ).toEqual([['2026-11-01', 15, 12]])
  },
)

/*
 * Peers 6.3 (a guard that stops what is right): 2 units from the 10th, 0 from the 11th, whose answer is lost; meanwhile somebody
 * gives the next month 2 again, and says of the lost one that it was looked at. The row of the 11th is a total of 0 or a
 * difference of 0, and next month's 2 is the edit's: it must not be taken as a witness for a difference.
 *
 *     Feb 1: 0 ---- 10: 2 -- 11: 0 ---- | Mar 1: 2 (edited) ---        nothing more in February, -2 from March
 */
test('after an outcome nobody could tell, an edit of the next period does not explain this one', async () => {
  const story = startStory({
    settings: { effectiveDatePolicy: 'TODAY' },
    rules: { insideRows: 'TOTAL' },
  })
  story.on('2026-02-10')
  story.uses(2)
  await story.run()
  story.uses(0)
  story.ledger.failNext('post', 'LOSE_ANSWER')
  const ledger = editedWhilePosting(story, '2026-03-01', 2)
  expect(outcomes(await story.run('ALL', { ledger }))).toEqual(['unknown'])
  for (const { key } of await story.journal.readUnsettled()) {
    await story.journal.settle(key, { kind: 'RESOLVED', reason: 'a person looked' })
  }
  expect((await story.preview()).adjustments).toMatchObject([
    { effectiveDay: '2026-03-01', before: 2, after: 0 },
  ])
  expect(outcomes(await story.run())).toEqual(['confirmed'])
  expect((await story.preview()).adjustments).toEqual([])
})

/*
 * Peers 6.3 (period boundaries): a person makes 6 units 10 inside October and 16 from November on, and says that the line is ours
 * now. The row of the 10th is a total of 10 or a difference of 10, and November's 16 is also what a difference would come to. Were
 * it a witness, 13 units would be taken off on the 12th, from a line that carries 10.
 *
 *     Oct 1: 6 ---- 10: 10 ---- | Nov 1: 16 ---        3 are counted: nothing more in October, -13 from November
 */
test("a person's edit of the next period does not explain one inside this period", async () => {
  const story = startStory({
    settings: { effectiveDatePolicy: 'TODAY' },
    rules: { insideRows: 'TOTAL' },
  })
  story.ledger.addLine(CONTRACT, ENDPOINT_SERVICE, toDay('2026-01-01'), 6)
  story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay('2026-10-10'), 4)
  story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay('2026-11-01'), 6)
  story.on('2026-10-12')
  story.uses(3)
  const [hold] = (await story.preview()).holds
  if (hold === undefined) throw new Error('nothing is held')
  const decision = decideHold(hold, 'OWN_LINE', story.record())
  if (decision.kind === 'RECORD') story.journal.putRecord(decision.record)
  expect((await story.preview()).adjustments).toMatchObject([
    { effectiveDay: '2026-11-01', before: 16, after: 3 },
  ])
  expect(outcomes(await story.run())).toEqual(['confirmed'])
})

/** A PSA in which a person edits a period at the moment in which a change is posted. */
function editedWhilePosting(story: Story, startDay: string, change: number): MemoryLedger {
  return {
    ...story.ledger,
    applyAdjustment: (post, options) => {
      story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay(startDay), change)
      return story.ledger.applyAdjustment(post, options)
    },
  }
}
