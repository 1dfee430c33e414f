import { reconcile } from '@trueup/core'
import { expect, test } from 'vitest'
import { buildAutotaskPages } from './autotask-pages.ts'
import { buildPlanInput, joinInputs } from './plan-input.ts'

const size = { accounts: 200, linesPerAccount: 5, changed: 0.1, seed: 1 }
const input = buildPlanInput(size)
const plan = reconcile(input)

test('every line is compared, and the changed share of them becomes adjustments without holds', () => {
  expect(plan.totals.linesCompared).toBe(1_000)
  expect(plan.holds).toEqual([])
  expect(plan.findings).toEqual([])
  expect(plan.adjustments.length).toBeGreaterThan(70)
  expect(plan.adjustments.length).toBeLessThan(130)
})

test('the same seed gives the same plan, another seed another one', () => {
  expect(reconcile(buildPlanInput(size))).toEqual(plan)
  expect(reconcile(buildPlanInput({ ...size, seed: 2 }))).not.toEqual(plan)
})

test('providers that are joined are planned as they are alone', () => {
  const other = { ...size, seed: 2, firstAccount: 200 }
  const inputs = [input, buildPlanInput(other)]
  const joined = reconcile(joinInputs(inputs))
  const alone = inputs.flatMap((one) => reconcile(one).adjustments)
  expect(joined.totals.linesCompared).toBe(2_000)
  expect(new Set(joined.adjustments)).toEqual(new Set(alone))
})

test.each(['ALL', 'ASKED'] as const)(
  'the pages hold every row once, 500 at most on each: %s',
  (fields) => {
    const pages = buildAutotaskPages(input, fields).map(
      (page) => JSON.parse(page) as { items: unknown[] },
    )
    const { contracts, lines, unitPeriods } = input.ledger
    expect(Math.max(...pages.map(({ items }) => items.length))).toBe(500)
    expect(pages.flatMap(({ items }) => items)).toHaveLength(
      contracts.length + lines.length + unitPeriods.length,
    )
    const [unit] = pages.at(-1)?.items ?? []
    expect(Object.keys(unit ?? {})).toHaveLength(fields === 'ALL' ? 13 : 8)
  },
)
