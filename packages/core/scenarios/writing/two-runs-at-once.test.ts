import { expect, test } from 'vitest'
import { runBilling } from '../../src/run/run-billing.ts'
import { startStory } from '../../test/support/story.ts'
import { startActor } from '../../test/support/turns.ts'

/*
 * Rules 16 and 18, peers 6.3 (race; "the queue gap"): two runs plan from the same knowledge.
 *
 *     run A   read ------------------ lock post read settle unlock
 *     run B         read ----------------------------------------- lock: the journal has moved on, nothing is posted
 */
test('of two runs that planned the same change one writes it, and the other one leaves it', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const request = { ...story.request(), apply: 'ALL' as const }
  const kinds: string[] = []
  const start = () =>
    startActor(story, async (parts) => {
      for await (const { kind } of runBilling(parts, request)) kinds.push(kind)
    })
  const [first, second] = [start(), start()]
  while (second.waitsFor() !== 'lockContract') await second.step()
  while (first.waitsFor() !== null) await first.step()
  while (second.waitsFor() !== null) await second.step()
  expect(kinds.filter((kind) => kind === 'confirmed' || kind === 'skipped')).toEqual([
    'confirmed',
    'skipped',
  ])
  expect(story.units()['2026-10']).toBe(12)
})

test.each([0, 1, 2, 3])(
  'what another run writes after the first %i calls is not taken for a hand edit',
  async (calls) => {
    const story = startStory()
    story.on('2026-10-01')
    story.uses(10)
    await story.run()
    story.on('2026-10-10')
    story.uses(12)
    const held: string[] = []
    const slow = startActor(story, async (parts) => {
      for await (const event of runBilling(parts, { ...story.request(), apply: 'ALL' })) {
        if (event.kind === 'held') held.push(event.hold.code)
      }
    })
    for (let call = 0; call < calls; call += 1) await slow.step()
    await story.run()
    while (slow.waitsFor() !== null) await slow.step()
    expect(held).toEqual([])
    expect(story.units()['2026-10']).toBe(12)
  },
)
