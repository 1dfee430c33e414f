import { reconcile } from '@trueup/core'
import { expect, test } from 'vitest'
import { buildAutotaskPages } from './autotask-pages.ts'
import { buildPlanInput } from './plan-input.ts'

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

test('the pages hold every row of the ledger once, 500 at most on each', () => {
  const pages = buildAutotaskPages(input).map((page) => JSON.parse(page) as { items: unknown[] })
  const { contracts, lines, unitPeriods } = input.ledger
  expect(Math.max(...pages.map(({ items }) => items.length))).toBe(500)
  expect(pages.flatMap(({ items }) => items)).toHaveLength(
    contracts.length + lines.length + unitPeriods.length,
  )
})
