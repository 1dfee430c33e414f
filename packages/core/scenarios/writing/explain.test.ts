import { expect, test } from 'vitest'
import { drawPlan } from '../../src/explain/draw-plan.ts'
import { aServiceMapping } from '../../src/testing/index.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 15: every planned line explains itself: counts, keys, rule, period, date choice, price and money.
 */
test('a plan drawn as text says what, why, from when and for how much', async () => {
  const counting = { includedUnits: 2 }
  const story = startStory({ mappings: [aServiceMapping({ counting })] })
  story.on('2026-10-01')
  story.uses(10)
  await story.run()
  story.on('2026-10-10')
  story.uses(14)
  const names = { account: () => 'Northwind Ltd', service: () => 'Managed endpoint' }
  expect(drawPlan(await story.preview(), names)).toBe(
    [
      'Plan for 2026-10-10',
      'To post',
      '  Northwind Ltd, Managed endpoint: 8 +4 = 12 from 2026-10-01',
      '    Endpoint Security: 14 counted on 2026-10-10 by key key-1. With 2 included free: 12 to bill.',
      '    From 2026-10-01 on the line carries 8 units; with 4 more it carries 12.',
      '    The day is 2026-10-01 because changes count from the start of the current period and the current period is not posted yet.',
      '    One unit costs 3.0000 a period: 12.0000 more in the period 2026-10-01 to 2026-10-31, 12.0000 more in every whole period after it.',
      '1 lines compared, 0 unchanged, 4 units up, 0 down, 12.0000 a period, 0.0000 a month at risk',
    ].join('\n'),
  )
})
