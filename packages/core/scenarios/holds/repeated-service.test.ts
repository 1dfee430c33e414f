import { expect, test } from 'vitest'
import { decideHold } from '../../src/decisions/decide-hold.ts'
import { CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * One service is on the contract twice (allowRepeatService): which line is ours is for a person to say.
 *
 *     line-1: 4    line-2: 0    counted: 12
 */
test('a repeated service is held once per line until a person has chosen the line', async () => {
  const story = startStory()
  story.ledger.addLine(CONTRACT, ENDPOINT_SERVICE, toDay('2026-01-01'), 4)
  story.ledger.addLine(CONTRACT, ENDPOINT_SERVICE, toDay('2026-01-01'), 0)
  story.on('2026-10-10')
  story.uses(12)
  const { holds } = await story.preview()
  expect(holds.map(({ code, adjustment }) => [code, adjustment.line, adjustment.before])).toEqual([
    ['AMBIGUOUS_LINE', 'line-1', 4],
    ['AMBIGUOUS_LINE', 'line-2', 0],
  ])
  const second = holds[1]
  if (second === undefined) throw new Error('nothing is held')
  const decision = decideHold(second, 'OWN_LINE', story.record())
  if (decision.kind === 'RECORD') story.journal.putRecord(decision.record)
  const { adjustments } = await story.preview()
  expect(adjustments.map(({ line, before, after }) => [line, before, after])).toEqual([
    ['line-2', 0, 12],
  ])
})
