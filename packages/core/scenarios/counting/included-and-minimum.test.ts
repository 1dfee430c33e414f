import { expect, test } from 'vitest'
import { aServiceMapping } from '../../src/testing/index.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 4: 5 units are free, and 10 are billed at least while the application is in use.
 *
 *     in use   30    12     3     0
 *     - free   25     7     0     0
 *     billed   25    10    10     0
 */
test.each([
  [30, 25],
  [12, 10],
  [3, 10],
  [0, 0],
])('of %i units in use, 5 free and 10 at least, %i are billed', async (used, billed) => {
  const counting = { includedUnits: 5, minimumUnits: 10 }
  const story = startStory({ mappings: [aServiceMapping({ counting })] })
  story.on('2026-10-01')
  story.uses(20)
  await story.run()
  story.on('2026-10-05')
  story.uses(used)
  await story.run()
  expect(story.units()['2026-10']).toBe(billed)
})

test('while the free units suffice no line is made', async () => {
  const story = startStory({ mappings: [aServiceMapping({ counting: { includedUnits: 5 } })] })
  story.on('2026-10-01')
  story.uses(3)
  expect((await story.preview()).lines).toEqual([])
  await story.run()
  expect(story.ledger.lines()).toEqual([])
})
