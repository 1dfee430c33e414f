import { expect, test } from 'vitest'
import { runCounter } from '../../src/run/run-counter.ts'
import { codesOf, outcomes, startStory } from '../../test/support/story.ts'

/*
 * Rule 23: removing a mapping changes no units by itself; giving them back is a step of its own.
 *
 *     Oct 1: 12 | mapping removed | Oct 5: still 12, and a finding | released: 0
 */
test('units of a mapping that was removed stay, are found, and are released when a person asks', async () => {
  const story = startStory()
  story.on('2026-10-01')
  story.uses(12)
  await story.run()
  const mappings = story.mappings
  story.mappings = []
  story.on('2026-10-05')
  story.uses(12)
  const plan = await story.preview()
  expect(plan.adjustments).toEqual([])
  expect(codesOf(plan).findings).toEqual(['APPLICATION_UNMAPPED', 'LINE_NO_LONGER_MAPPED'])

  const { tenant, account, contract } = story.account
  const service = mappings[0]?.service
  if (account === null || contract === null || service === undefined) throw new Error('not mapped')
  const line = { tenant, account, contract, service }
  const events = []
  for await (const event of runCounter(story, {
    ...story.request(),
    counters: [{ kind: 'RELEASE', line }],
    apply: 'ALL',
  })) {
    events.push(event)
  }
  expect(outcomes(events)).toEqual(['confirmed'])
  expect(story.units()).toEqual({ '2026-10': 0, '2026-11': 0, '2026-12': 0 })
})
