// What the engine alone costs: planning for a provider of some size, from values in memory to the plan.
//
// It does not show reading from Kaspersky and Autotask, the database, or drawing the plan, which take most of a real run.
// All contracts are monthly and every customer has the same number of lines; a tenth of the lines changes. The time of
// parsing Autotask's pages stands beside it because nobody can plan before having parsed: it is the floor of any tool.
// Garbage collection may use further cores, for both sides alike.
import { reconcile } from '@trueup/core'
import { alternate } from '../../alternate.ts'
import type { Benchmark, BenchmarkOptions, Figure } from '../../benchmark.ts'
import { buildAutotaskPages } from './autotask-pages.ts'
import { measureApart } from './measure-apart.ts'
import { buildPlanInput } from './plan-input.ts'

const linesPerAccount = 5
const changed = 0.1
const sizes = [1_000, 10_000, 100_000, 1_000_000] as const

/** `npm run bench -- plan` */
export const planBenchmark: Benchmark = {
  name: 'plan',
  measure: async (options) => [
    ...(await compareWithParsing(options)),
    ...(await measureGrowth(options)),
  ],
}

async function compareWithParsing({ seed, say }: BenchmarkOptions): Promise<Figure[]> {
  const lines = 100_000
  say(`planning ${lines.toLocaleString('en')} lines beside parsing their pages`)
  const input = buildPlanInput({
    accounts: lines / linesPerAccount,
    linesPerAccount,
    changed,
    seed,
  })
  const pages = buildAutotaskPages(input)
  const { totals } = reconcile(input)
  if (totals.linesCompared !== lines)
    throw new Error(`Only ${totals.linesCompared} lines were compared.`)
  const { plan, parse } = await alternate(
    { plan: () => reconcile(input), parse: () => pages.map((page): unknown => JSON.parse(page)) },
    { rounds: 9, warmUpRounds: 2 },
  )
  return [
    {
      name: 'plan 100,000 lines',
      value: plan.median,
      spread: plan.spread,
      unit: 'ms',
      bar: '< 1000',
    },
    { name: 'JSON.parse of their pages', value: parse.median, spread: parse.spread, unit: 'ms' },
    {
      name: 'plan / JSON.parse',
      value: plan.median / parse.median,
      unit: 'ratio',
      against: 'JSON.parse of the same pages',
      bar: '< 1',
    },
  ]
}

/** Each size in a process of its own, so that no size inherits another's heap. */
async function measureGrowth({ seed, say }: BenchmarkOptions): Promise<Figure[]> {
  const figures: Figure[] = []
  const perLine: number[] = []
  for (const lines of sizes) {
    const name = lines.toLocaleString('en')
    say(`planning ${name} lines in a process of its own`)
    const size = { accounts: lines / linesPerAccount, linesPerAccount, changed, seed }
    const { median, spread, peakMegabytes } = await measureApart(size)
    perLine.push((median * 1_000) / lines)
    figures.push(
      {
        name: `${name} lines, a line`,
        value: (median * 1_000) / lines,
        spread: (spread * 1_000) / lines,
        unit: 'µs',
      },
      { name: `${name} lines, peak memory`, value: peakMegabytes, unit: 'MB' },
    )
  }
  const growth = Math.max(...perLine) / Math.min(...perLine)
  return [
    ...figures,
    { name: 'dearest / cheapest line', value: growth, unit: 'ratio', bar: '<= 1.3' },
  ]
}
