import { expect, test } from 'vitest'
import type { PeriodMonths } from '../../src/ledger.ts'
import { aService } from '../../src/testing/index.ts'
import { toDecimal } from '../../src/values/money.ts'
import { startStory } from '../../test/support/story.ts'

/*
 * Peers 6.3 (rounding, precision, cents): amounts are decimal numbers with four places, rounded once, at the end.
 *
 *     price               units    a month
 *      0.10                  3       0.3000     binary numbers say 0.30000000000000004
 *    100.00 a year           3      25.0000     rounding the month's price first says 24.9999
 *      3.3333                7      23.3331
 *      0.0049 a quarter      1       0.0016     0.00163: down
 *      0.0050 a quarter      1       0.0017     0.00167: up
 *      1.0062 a year         1       0.0839     exactly 0.08385: a half goes up; binary numbers say 0.0838
 *      1.0062 a year        -1      -0.0839     and away from zero when units are taken away
 */
test.each<[string, PeriodMonths, number, string]>([
  ['0.10', 1, 3, '0.3000'],
  ['100.00', 12, 3, '25.0000'],
  ['3.3333', 1, 7, '23.3331'],
  ['0.0049', 3, 1, '0.0016'],
  ['0.0050', 3, 1, '0.0017'],
  ['1.0062', 12, 1, '0.0839'],
])('%s for %i months, %i units: %s a month', async (price, periodMonths, units, amount) => {
  const story = startStory()
  story.ledger.addService(aService({ unitPrice: toDecimal(price), periodMonths }))
  story.on('2026-10-01')
  story.uses(units)
  const plan = await story.preview()
  expect(plan.adjustments[0]?.money).toMatchObject({ firstPeriod: amount, perPeriod: amount })
  expect(plan.totals.moneyPerPeriod).toBe(amount)
})

test('a half is rounded away from zero when units are taken away, as when they are added', async () => {
  const story = startStory()
  story.ledger.addService(aService({ unitPrice: toDecimal('1.0062'), periodMonths: 12 }))
  story.on('2026-10-01')
  story.uses(2)
  await story.run()
  story.on('2026-10-02')
  story.uses(1)
  const { adjustments } = await story.preview()
  expect(adjustments.map(({ money }) => money.perPeriod)).toEqual(['-0.0839'])
})
