// What the engine alone costs: planning for a provider of some size, from values in memory to the plan.
//
// It does not show reading from Kaspersky and Autotask, the database, or drawing the plan, which take most of a real run.
// All contracts are monthly and every customer has the same number of lines; a tenth of the lines changes. The lists come
// in the order in which Autotask gives them, by ascending id, and customers are named in the order of their contracts. What
// it costs when they come in no order at all stands apart: they are then put in order first.
//
// JSON.parse of Autotask's pages stands beside it because nobody can plan before having parsed: it is the floor of any tool.
// The pages hold what the plan is made of, two rows a line, and come in two kinds: with every field, as Autotask answers a
// query, and with the few fields only that our own adapter asks for by `includeFields`, which are parsed in half the time.
// The bar is against the first, which is what planning costs beside the usual way of reading; the second is given beside
// it, and planning takes longer than that. Garbage collection may use further cores, for both sides alike, and some of it
// falls to the work after the one that made the garbage; the order turns round every other time.
//
// Growth: the same million lines, as 1,000 providers of 1,000 lines, 100 of 10,000, 10 of 100,000, and one of 1,000,000,
// planned one after another in turns in one process. All sizes so work on the same values in the same memory, and garbage is
// collected before each, so that none pays for another's. What is left is how the cost of a line grows with the size of its
// provider. It does not show that 1,000 lines planned again and again stay in the processor's cache, which makes them
// cheaper: that figure stands apart.
import { reconcile } from '@trueup/core'
import { alternate } from '../../alternate.ts'
import type { Benchmark, BenchmarkOptions, Figure } from '../../benchmark.ts'
import { measureApart } from './measure-apart.ts'
import { buildPlanInput } from './plan-input.ts'
import { changed, linesPerAccount, millionLines, sizes } from './sizes.ts'

/** `npm run bench -- plan` */
export const planBenchmark: Benchmark = {
  name: 'plan',
  measure: async (options) => [
    ...(await compareWithParsing(options)),
    ...(await measureGrowth(options)),
    await measureInCache(options),
    ...(await measurePeaks(options)),
  ],
}

async function compareWithParsing({ seed, say }: BenchmarkOptions): Promise<Figure[]> {
  const lines = 100_000
  say(`planning ${lines.toLocaleString('en')} lines beside parsing their pages`)
  const task = { kind: 'PARSING', lines, seed } as const
  const { plan, planShuffled, parseAsked, parseAll } = await measureApart(task)
  const inMs = ({ median, spread }: typeof plan) => ({ value: median, spread, unit: 'ms' })
  const against = 'JSON.parse of the same pages'
  return [
    { name: 'plan 100,000 lines', ...inMs(plan), bar: '< 1000' },
    { name: 'plan 100,000 lines, lists in no order', ...inMs(planShuffled), bar: '< 1000' },
    { name: 'JSON.parse of their pages with the fields we ask for', ...inMs(parseAsked) },
    { name: 'JSON.parse of their pages with all fields', ...inMs(parseAll) },
    {
      name: 'plan / JSON.parse with all fields',
      value: plan.median / parseAll.median,
      unit: 'ratio',
      against,
      bar: '< 1',
    },
    {
      name: 'plan / JSON.parse with the fields we ask for',
      value: plan.median / parseAsked.median,
      unit: 'ratio',
      against,
    },
  ]
}

async function measureGrowth({ seed, say }: BenchmarkOptions): Promise<Figure[]> {
  say(`planning ${millionLines.toLocaleString('en')} lines as providers of each size, in turns`)
  const measured = await measureApart({ kind: 'GROWTH', lines: millionLines, seed })
  const figures = sizes.map((size): Figure => {
    const { median = Number.NaN, spread = Number.NaN } = measured[String(size)] ?? {}
    const name = `${size.toLocaleString('en')} lines, a line`
    const perLine = (ms: number) => (ms * 1_000) / millionLines
    return { name, value: perLine(median), spread: perLine(spread), unit: 'µs' }
  })
  const values = figures.map(({ value }) => value)
  const growth = Math.max(...values) / Math.min(...values)
  return [
    ...figures,
    { name: 'dearest / cheapest line', value: growth, unit: 'ratio', bar: '<= 1.3' },
  ]
}

async function measureInCache({ seed, say }: BenchmarkOptions): Promise<Figure> {
  const [lines] = sizes
  say(`planning ${lines.toLocaleString('en')} lines again and again`)
  const input = buildPlanInput({
    accounts: lines / linesPerAccount,
    linesPerAccount,
    changed,
    seed,
  })
  const { plan } = await alternate(
    { plan: () => reconcile(input) },
    { rounds: 300, warmUpRounds: 300 },
  )
  const perLine = (ms: number) => (ms * 1_000) / lines
  return {
    name: '1,000 lines again and again, a line',
    value: perLine(plan.median),
    spread: perLine(plan.spread),
    unit: 'µs',
  }
}

async function measurePeaks({ seed, say }: BenchmarkOptions): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const lines of sizes) {
    const name = lines.toLocaleString('en')
    say(`planning ${name} lines once, in a process of its own`)
    const value = await measureApart({ kind: 'PEAK', lines, seed })
    figures.push({ name: `${name} lines, peak memory with their input`, value, unit: 'MB' })
  }
  return figures
}
