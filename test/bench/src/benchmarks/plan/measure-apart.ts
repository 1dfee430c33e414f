import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Summary } from '../../alternate.ts'
import type { PlanSize } from './plan-input.ts'

/** What a process of its own measured. */
export interface ApartMeasurement extends Summary {
  /** The most memory that process held at any time, its input included. */
  readonly peakMegabytes: number
}

const program = fileURLToPath(new URL('measure-one.ts', import.meta.url))

/** Plans for a provider of the size in a fresh process; milliseconds. */
export async function measureApart(size: PlanSize): Promise<ApartMeasurement> {
  const heap = '--max-old-space-size=8192'
  const { stdout } = await promisify(execFile)(process.execPath, [
    heap,
    program,
    JSON.stringify(size),
  ])
  return JSON.parse(stdout) as ApartMeasurement
}
