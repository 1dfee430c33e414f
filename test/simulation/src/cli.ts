import { parseArgs } from 'node:util'
import { simulate, SimulationFailure, type Story } from './simulate.ts'

const USAGE = 'Usage: npm run simulate -- [--seeds N] [--seed S] [--months M]'

interface Flags {
  readonly seeds: number
  readonly seed: number
  readonly months: number
}

/** Flags as numbers; null when one is wrong. */
function readFlags(): Flags | null {
  try {
    const text = { type: 'string' } as const
    const { values } = parseArgs({ options: { seeds: text, seed: text, months: text } })
    const [seeds, seed, months] = [values.seeds ?? '20', values.seed ?? '1', values.months ?? '6']
    if (![seeds, seed, months].every((value) => /^[1-9]\d{0,8}$/u.test(value))) return null
    return { seeds: Number(seeds), seed: Number(seed), months: Number(months) }
  } catch {
    return null
  }
}

async function run({ seeds, seed: first, months }: Flags): Promise<void> {
  const total = new Map<keyof Story, number>()
  let failed = 0
  for (let seed = first; seed < first + seeds; seed += 1) {
    try {
      const story = await simulate({ seed, months })
      for (const [name, count] of Object.entries(story) as [keyof Story, number][]) {
        total.set(name, (total.get(name) ?? 0) + count)
      }
    } catch (error) {
      failed += 1
      const what =
        error instanceof SimulationFailure ? error.message : String((error as Error).stack)
      console.error(`seed ${seed}:\n  ${what}`)
      console.error(`→ npm run simulate -- --seeds 1 --seed ${seed} --months ${months}\n`)
    }
  }
  const figures = [...total].map(([name, count]) => `${name} ${count}`).join(', ')
  console.log(
    `${seeds} seeds of ${months} months: ${seeds - failed} passed, ${failed} failed. ${figures}`,
  )
  if (failed > 0) process.exitCode = 1
}

const flags = readFlags()
if (flags === null) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  await run(flags)
}
