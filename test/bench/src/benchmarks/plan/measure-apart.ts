import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Summary } from '../../alternate.ts'

/** What is measured of the engine in a process of its own, so that nothing else's memory is in the way. */
export interface Measurements {
  /** Planning beside parsing the pages, alternating; milliseconds. */
  readonly PARSING: Readonly<Record<'plan' | 'planShuffled' | 'parseAsked' | 'parseAll', Summary>>
  /** Planning a million lines as providers of each size, alternating; milliseconds for all of them. */
  readonly GROWTH: Readonly<Record<string, Summary>>
  /** One plan for one provider; the most memory held at any time, its input included, in megabytes. */
  readonly PEAK: number
}

/** Which measurement, and of how many lines (`GROWTH`: the sizes are its own). */
export interface Task<Kind extends keyof Measurements = keyof Measurements> {
  readonly kind: Kind
  readonly lines: number
  readonly seed: number
}

const program = fileURLToPath(new URL('measure-one.ts', import.meta.url))

/** Measures in a fresh process. */
export async function measureApart<Kind extends keyof Measurements>(
  task: Task<Kind>,
): Promise<Measurements[Kind]> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--max-old-space-size=8192',
    '--expose-gc',
    program,
    JSON.stringify(task),
  ])
  return JSON.parse(stdout) as Measurements[Kind]
}
