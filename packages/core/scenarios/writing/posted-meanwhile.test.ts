import { expect, test } from 'vitest'
import type { ContractLedger } from '../../src/ports.ts'
import { toDay } from '../../src/values/day.ts'
import { outcomes, startStory } from '../../test/support/story.ts'

/*
 * Somebody posts October between the run's reading and its post. Where Autotask then skips the posted period, October is
 * invoiced without the change, and the run says so. It does not post again.
 *
 *     Oct 10 posted | Nov 12 | Dec 12
 */
test('a period that was posted meanwhile is reported, and the later ones are right', async () => {
  const story = startStory({ rules: { postedPeriod: 'SKIP' } })
  story.on('2026-10-01')
  story.uses(10)
  await story.run()
  story.on('2026-10-10')
  story.uses(12)
  const ledger: ContractLedger = {
    ...story.ledger,
    applyAdjustment: (request, options) => {
      story.ledger.post(toDay('2026-10-10'))
      return story.ledger.applyAdjustment(request, options)
    },
  }
  const events = await story.run('ALL', { ledger })
  const confirmed = events.find((event) => event.kind === 'confirmed')
  expect(confirmed).toMatchObject({ missedPostedPeriod: true })
  expect(story.units()).toEqual({ '2026-10': 10, '2026-11': 12, '2026-12': 12 })
  expect((await story.preview()).adjustments).toEqual([])
})

/*
 * The post is lost, and October is posted while its answer is waited for. Whether it came is seen in November; once more into an
 * invoiced month is not for Trueup to decide within the run, so the next one plans anew.
 *
 *     lost | Oct posted: 10 | Nov 10       never arrived, and not repeated
 *     next run                             from Nov 1: 12
 */
test('a lost post is not repeated into a period that was posted meanwhile', async () => {
  const story = startStory({ rules: { postedPeriod: 'EXTRA' } })
  story.on('2026-10-01')
  story.uses(10)
  await story.run()
  story.on('2026-10-10')
  story.uses(12)
  story.ledger.failNext('post', 'LOSE_POST')
  const clock = {
    nowMs: () => story.clock.nowMs(),
    sleep: async (ms: number): Promise<void> => {
      story.ledger.post(toDay('2026-10-10'))
      await story.clock.sleep(ms)
    },
  }
  expect(outcomes(await story.run('ALL', { clock }))).toEqual(['lapsed'])
  expect(story.units()).toEqual({ '2026-10': 10, '2026-11': 10, '2026-12': 10 })
  expect(outcomes(await story.run())).toEqual(['confirmed'])
  expect(story.units()).toEqual({ '2026-10': 10, '2026-11': 12, '2026-12': 12 })
})
