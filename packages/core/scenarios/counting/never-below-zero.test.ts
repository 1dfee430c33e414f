import { expect, test } from 'vitest'
import { decideHold } from '../../src/decisions/decide-hold.ts'
import { CONTRACT, ENDPOINT_SERVICE } from '../../src/testing/index.ts'
import { toDay } from '../../src/values/day.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 10: units never fall below zero. Somebody took 5 of 8 units away, and a person adopted that.
 *
 *     counted    8    2    6
 *     adopted   -5   -5   -5
 *     carries    3    0    1
 */
test('five fewer than counted is zero when fewer than five are counted', async () => {
  const story = startStory()
  story.on('2026-10-01')
  story.uses(8)
  await story.run()
  story.ledger.edit(CONTRACT, ENDPOINT_SERVICE, toDay('2026-10-01'), -5)
  const [hold] = (await story.preview()).holds
  if (hold === undefined) throw new Error('nothing is held')
  const decision = decideHold(hold, 'ADOPT', story.record())
  if (decision.kind === 'RECORD') story.journal.putRecord(decision.record)
  for (const [day, counted, carries] of [
    ['2026-10-02', 8, 3],
    ['2026-10-03', 2, 0],
    ['2026-10-04', 6, 1],
  ] as const) {
    story.on(day)
    story.uses(counted)
    await story.run()
    expect(story.units()['2026-10']).toBe(carries)
  }
})
