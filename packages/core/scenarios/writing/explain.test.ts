import { expect, test } from 'vitest'
import { drawPlan } from '../../src/explain/draw-plan.ts'
import { aServiceMapping } from '../../src/testing/index.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Rule 15: every planned line explains itself: counts, keys, rule, period, date choice, price and money.
 *
 *     Oct 1: 10 in use, 2 free: 8 | Oct 10: 14 in use, 2 free: 12 | Nov 1
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

test('the same is there as data, for a line that changes and for one that does not', async () => {
  const counting = { includedUnits: 2 }
  const story = startStory({ mappings: [aServiceMapping({ counting })] })
  story.on('2026-10-01')
  story.uses(10)
  await story.run()
  const unchanged = await story.preview()
  expect(unchanged.adjustments).toEqual([])
  story.on('2026-10-10')
  story.uses(14)
  const { lines, adjustments } = await story.preview()
  const facts = {
    policy: 'PERIOD_START',
    dateChoice: 'CURRENT_PERIOD_START',
    periodStart: '2026-10-01',
    periodEnd: '2026-10-31',
    baselineUnits: 0,
  }
  expect(unchanged.lines[0]).toMatchObject({ target: 8, billed: 8, explanation: facts })
  expect(lines[0]).toMatchObject({ target: 12, billed: 8, explanation: facts })
  expect(adjustments[0]?.explanation).toMatchObject(facts)
  expect(adjustments[0]?.explanation.counts).toEqual([
    {
      application: 'Endpoint Security',
      category: null,
      basis: 'CURRENT',
      snapshotIds: ['snapshot-2026-10-10-1'],
      usageDay: '2026-10-10',
      counted: 14,
      excluded: 0,
      included: 2,
      minimum: 0,
      billable: 12,
      keys: ['key-1'],
    },
  ])
})
