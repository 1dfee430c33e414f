import { expect, test } from 'vitest'
import { runBilling } from '../../src/run/run-billing.ts'
import { CONTRACT } from '../../src/testing/index.ts'
import { outcomes, startStory } from '../../test/support/story.ts'
import type { Actor } from '../../test/support/turns.ts'
import { startActor } from '../../test/support/turns.ts'

/*
 * Rules 16 and 18, peers 6.3 (race; "the queue gap"): two runs plan from the same knowledge.
 *
 *     run A   read ------------------ lock post read settle unlock
 *     run B         read ----------------------------------------- lock: the journal has moved on, nothing is posted
 */
async function goOn(run: Actor, until: string | null): Promise<void> {
  for (let call = 0; call < 30 && run.waitsFor() !== until; call += 1) await run.step()
  expect(run.waitsFor()).toBe(until)
}

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
  await goOn(second, 'lockContract')
  await goOn(first, null)
  await goOn(second, null)
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
    await goOn(slow, null)
    expect(held).toEqual([])
    expect(story.units()['2026-10']).toBe(12)
  },
)

/*
 *     run A   lock post ..... waits for the answer ..... read settle unlock
 *     run B             contract is busy: nothing is posted, nothing of A's is settled
 */
test('while one run writes to a contract another one posts nothing there, and settles nothing', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const writer = startActor(story, async (parts) => {
    for await (const event of runBilling(parts, { ...story.request(), apply: 'ALL' })) void event
  })
  await goOn(writer, 'readWritten')
  expect(outcomes(await story.run())).toEqual([])
  story.uses(14)
  const request = await story.preview()
  expect(request.holds.map(({ code }) => code)).toEqual(['UNSETTLED_ADJUSTMENT'])
  await goOn(writer, null)
  expect(story.record().confirmed?.units).toBe(12)
  expect(outcomes(await story.run())).toEqual(['confirmed'])
  expect(story.units()['2026-10']).toBe(14)
})

test('a contract that somebody else writes to is left for the next run', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const lock = await story.journal.lockContract(CONTRACT)
  const events = await story.run()
  expect(events.filter(({ kind }) => kind === 'skipped')).toMatchObject([
    { reason: 'CONTRACT_BUSY' },
  ])
  expect(story.units()).toEqual({})
  await lock?.release()
  expect(outcomes(await story.run())).toEqual(['confirmed'])
})
