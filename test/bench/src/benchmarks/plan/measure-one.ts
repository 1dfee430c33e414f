// The process that measureApart starts: does one task and prints what it measured.
import { reconcile, type ReconcileInput } from '@trueup/core'
import { alternate, type Work } from '../../alternate.ts'
import { buildAutotaskPages } from './autotask-pages.ts'
import type { Measurements, Task } from './measure-apart.ts'
import { buildPlanInput, joinInputs, shuffleInput } from './plan-input.ts'
import { changed, linesPerAccount, millionLines, sizes } from './sizes.ts'

const task = JSON.parse(process.argv[2] ?? '') as Task
console.log(JSON.stringify(await measure(task)))

function measure({ kind, lines, seed }: Task): Promise<unknown> | number {
  switch (kind) {
    case 'PARSING':
      return measureParsing(buildInput(lines, seed), seed)
    case 'GROWTH':
      return measureGrowth(seed)
    case 'PEAK':
      return measurePeak(buildInput(lines, seed))
  }
}

async function measureParsing(
  input: ReconcileInput,
  seed: number,
): Promise<Measurements['PARSING']> {
  const [asked, all] = [buildAutotaskPages(input, 'ASKED'), buildAutotaskPages(input, 'ALL')]
  const shuffled = shuffleInput(input, seed)
  return alternate(
    {
      plan: () => reconcile(input),
      planShuffled: () => reconcile(shuffled),
      parseAsked: () => asked.map((page): unknown => JSON.parse(page)),
      parseAll: () => all.map((page): unknown => JSON.parse(page)),
    },
    { rounds: 15, warmUpRounds: 3 },
  )
}

async function measureGrowth(seed: number): Promise<Measurements['GROWTH']> {
  const [smallest] = sizes
  let inputs = Array.from({ length: millionLines / smallest }, (_, provider) =>
    buildInput(smallest, seed + provider, (provider * smallest) / linesPerAccount),
  )
  const works: Record<string, Work> = {}
  for (const size of sizes) {
    const providers = joinTo(inputs, millionLines / size)
    // All plans are kept until the last one is made: every size so needs the same memory.
    works[String(size)] = () => providers.map((input) => reconcile(input))
    inputs = providers
  }
  return alternate(works, { rounds: 6, warmUpRounds: 2, between: collectGarbage })
}

function collectGarbage(): void {
  if (gc === undefined) throw new Error('node must be started with --expose-gc')
  gc()
}

function joinTo(inputs: readonly ReconcileInput[], count: number): ReconcileInput[] {
  const each = inputs.length / count
  if (each === 1) return [...inputs]
  return Array.from({ length: count }, (_, index) =>
    joinInputs(inputs.slice(index * each, (index + 1) * each)),
  )
}

function measurePeak(input: ReconcileInput): number {
  const { totals } = reconcile(input)
  if (totals.linesCompared === 0) throw new Error('No line was compared.')
  return Math.round(process.resourceUsage().maxRSS / 1_024)
}

function buildInput(lines: number, seed: number, firstAccount = 0): ReconcileInput {
  return buildPlanInput({
    accounts: lines / linesPerAccount,
    linesPerAccount,
    changed,
    seed,
    firstAccount,
  })
}
