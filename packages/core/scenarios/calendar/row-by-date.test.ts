import { expect, test } from 'vitest'
import { CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 8 and peers 4.1 (line 1): the row is chosen by the date, never "the first" or "the last".
 *
 *     rows     Jan 10 ... Jun 10 | Jul 12 ... Dec 12        day Jun 20, next-period policy
 *     target 12: nothing to do from Jul 1 on. The first row would say +2.
 */
test('the units of the period that the change is dated in are compared, not those of another row', async () => {
  const story = startStory({ settings: { effectiveDatePolicy: 'NEXT_PERIOD' } })
  story.ledger.addLine(CONTRACT, ENDPOINT_SERVICE, toDay('2026-01-01'), 10)
  story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay('2026-07-01'), 2)
  story.journal.putRecord({ contract: CONTRACT, service: ENDPOINT_SERVICE, ownership: 'OWNED' })
  story.on('2026-06-20')
  story.uses(12)
  const plan = await story.preview()
  expect(plan.lines.map(({ billed, target }) => [billed, target])).toEqual([[12, 12]])
  expect(plan.adjustments).toEqual([])
})

/*
 *     rows     Jan 10 ... Jun 10 | Jul 12 ... Dec 12        day Jun 20, from this period's start
 *     target 10: June is right, July is not. The last row would say -2 for June as well.
 */
test('a row that lies ahead says nothing of the current period', async () => {
  const story = startStory()
  story.ledger.addLine(CONTRACT, ENDPOINT_SERVICE, toDay('2026-01-01'), 10)
  story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay('2026-07-01'), 2)
  story.journal.putRecord({ contract: CONTRACT, service: ENDPOINT_SERVICE, ownership: 'OWNED' })
  story.on('2026-06-20')
  story.uses(10)
  const plan = await story.preview()
  expect(plan.lines.map(({ billed, target }) => [billed, target])).toEqual([[10, 10]])
  expect(
    plan.adjustments.map(({ effectiveDay, before, after }) => [effectiveDay, before, after]),
  ).toEqual([['2026-07-01', 12, 10]])
})
