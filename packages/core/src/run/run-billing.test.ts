import { expect, test } from 'vitest'
import { outcomes, startStory } from '../../test/support/story.ts'
import { aService, aServiceMapping, someUsage } from '../testing/index.ts'
import type { ApplicationName, ServiceId } from '../values/ids.ts'

test('a first run writes the counted units from the current period on, and a second run writes nothing', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  expect(outcomes(await story.run())).toEqual(['confirmed'])
  expect(story.units()).toEqual({ '2026-10': 12, '2026-11': 12, '2026-12': 12 })
  expect(outcomes(await story.run())).toEqual([])
  expect(story.ledger.calls().filter((call) => call === 'applyAdjustment')).toHaveLength(1)
})

test('several services on one contract are all written in one run, one after the other', async () => {
  const [mail, mailService] = ['Mail Security' as ApplicationName, 'service-mail' as ServiceId]
  const story = startStory({
    mappings: [aServiceMapping(), aServiceMapping({ application: mail, service: mailService })],
  })
  story.ledger.addService(aService({ id: mailService }))
  story.on('2026-10-10')
  story.uses([someUsage(12), { ...someUsage(7), application: mail }])
  expect(outcomes(await story.run())).toEqual(['confirmed', 'confirmed'])
  expect([story.units()['2026-10'], story.units(mailService)['2026-10']]).toEqual([12, 7])
})

test('a post that was applied and whose answer was lost is confirmed by reading, without waiting', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  story.ledger.failNext('post', 'LOSE_ANSWER')
  expect(outcomes(await story.run())).toEqual(['confirmed'])
  expect(story.units()['2026-11']).toBe(12)
  expect(story.clock.sleptMs()).toBe(0)
})

test('a post that never arrived is repeated once, and only after the cut-off of the PSA', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  story.ledger.failNext('post', 'LOSE_POST')
  expect(outcomes(await story.run())).toEqual(['lapsed', 'confirmed'])
  expect(story.clock.sleptMs()).toBe(300_000)
  expect(story.units()['2026-11']).toBe(12)
})

test('a line whose two posts in a row never arrived waits for a person', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  story.ledger.failNext('post', 'LOSE_POST')
  story.ledger.failNext('post', 'LOSE_POST')
  expect(outcomes(await story.run())).toEqual(['lapsed', 'lapsed'])
  const plan = await story.preview()
  expect(plan.adjustments).toEqual([])
  expect(plan.holds.map(({ code }) => code)).toEqual(['UNSETTLED_ADJUSTMENT'])
})

test('a run that died after its post is settled by the next one, which writes nothing', async () => {
  const story = startStory()
  story.on('2026-10-10')
  story.uses(12)
  const events = []
  story.ledger.failNext('post', 'LOSE_ANSWER')
  const { runBilling } = await import('./run-billing.ts')
  for await (const event of runBilling(story, { ...story.request(), apply: 'ALL' })) {
    events.push(event.kind)
    if (event.kind === 'posting') break
  }
  story.journal.dropLocks()
  expect(outcomes(await story.run())).toEqual(['settled'])
  expect(story.units()['2026-10']).toBe(12)
  expect(story.record().confirmed).toEqual({ units: 12, effectiveDay: '2026-10-01' })
})
