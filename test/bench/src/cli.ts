import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { benchmarks } from './registry.ts'
import { buildResult, drawTable, writeResult, type BenchmarkResult } from './report.ts'

const resultsFolder = fileURLToPath(new URL('../results', import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string', default: '1' } },
})
const unknown = positionals.filter(
  (name) => !benchmarks.some((benchmark) => benchmark.name === name),
)
const seed = Number(values.seed)

if (unknown.length > 0 || !Number.isSafeInteger(seed)) {
  const names = benchmarks.map(({ name }) => name).join(', ')
  console.error(`Usage: npm run bench -- [name …] [--seed N]. Benchmarks: ${names}.`)
  process.exitCode = 2
} else {
  await runBenchmarks()
}

async function runBenchmarks(): Promise<void> {
  const chosen = benchmarks.filter(
    ({ name }) => positionals.length === 0 || positionals.includes(name),
  )
  const results: BenchmarkResult[] = []
  for (const { name, measure } of chosen) {
    const say = (line: string) => console.error(`${name}: ${line}`)
    const figures = await measure({ seed, say })
    const result = buildResult({ name, at: new Date(), seed }, figures)
    say(`written to ${writeResult(resultsFolder, result)}`)
    results.push(result)
  }
  console.log(drawTable(results))
  const missed = results.some(({ figures }) => figures.some(({ holds }) => holds === false))
  if (missed) process.exitCode = 1
}
