// How many calls one run makes at Autotask, beside the least that is possible and beside what a straightforward script
// with somebody else's client makes for the same job.
//
// Counted is a run of a server that has been running: the zone is known and the catalogue has been read. The least is one
// call for each full or begun 500 contracts, lines, unit rows of this and the next period, and changed rows, one for each
// write, and one closing page where the last page of lines or unit rows is exactly full. It does not show time: answers
// come at once here and take 100 ms and more in reality. Reading usage from Kaspersky and the admin's own readings are not part of a run's calls.
import type { Benchmark, BenchmarkOptions, Figure } from '../../benchmark.ts'
import { startProvider, type ProviderSize } from './provider.ts'
import { runScript } from './run-script.ts'
import { runTrueup } from './run-trueup.ts'

const sizes = [100, 1_000, 10_000] as const
const shares = [0, 0.01, 0.1] as const
const linesPerContract = 5
const pageRows = 500
/** This period's and the next one's. */
const periodsRead = 2

interface Counted {
  readonly calls: number
  readonly atOnce: number
  readonly rejected: number
}

/** `npm run bench -- autotask-calls` */
export const autotaskCallsBenchmark: Benchmark = {
  name: 'autotask-calls',
  measure: async ({ say }) => {
    const figures: Figure[] = []
    for (const lines of sizes) {
      for (const changed of shares)
        figures.push(...(await compare({ lines, linesPerContract, changed }, say)))
    }
    return figures
  },
}

async function compare(size: ProviderSize, say: BenchmarkOptions['say']): Promise<Figure[]> {
  const name = `${size.lines.toLocaleString('en')} lines, ${size.changed * 100} % changed`
  say(name)
  const ours = await count(size, runTrueup)
  const theirs = await count(size, runScript)
  const least = leastCalls(size)
  return [
    {
      name,
      value: ours.calls,
      unit: 'calls',
      against: `least possible: ${least}`,
      bar: `<= ${least}`,
    },
    { name: `${name}: a script`, value: theirs.calls, unit: 'calls' },
    { name: `${name}: script / Trueup`, value: theirs.calls / ours.calls, unit: 'ratio' },
    { name: `${name}: at once, most`, value: ours.atOnce, unit: 'calls', bar: '<= 2' },
    { name: `${name}: refused for a limit`, value: ours.rejected, unit: 'calls', bar: '= 0' },
  ]
}

/** Each side gets a fresh world and has to finish the job. */
async function count(
  size: ProviderSize,
  run: (provider: Awaited<ReturnType<typeof startProvider>>) => Promise<number>,
): Promise<Counted> {
  const provider = await startProvider(size)
  try {
    const confirmed = await run(provider)
    const changes = Math.round(size.lines * size.changed)
    if (confirmed !== changes)
      throw new Error(`${confirmed} of ${changes} adjustments were confirmed.`)
    const { total, maxConcurrent, rejected } = provider.sandbox.calls()
    return { calls: total, atOnce: maxConcurrent, rejected }
  } finally {
    await provider.sandbox.close()
  }
}

function leastCalls({ lines, changed }: ProviderSize): number {
  const changes = Math.round(lines * changed)
  // Contracts are asked for by their ids: when all of them came, nothing is left to ask.
  const contracts = Math.ceil(lines / linesPerContract / pageRows)
  const readings = [lines, lines * periodsRead, changes * periodsRead]
  return readings.map(pagesOf).reduce((sum, pages) => sum + pages, 0) + contracts + changes
}

/** A full last page says that there may be more; one more call finds that there is not. */
function pagesOf(rows: number): number {
  return Math.ceil(rows / pageRows) + (rows > 0 && rows % pageRows === 0 ? 1 : 0)
}
