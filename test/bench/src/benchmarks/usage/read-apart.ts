import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** A Security Center to read. */
export interface ReadingRequest {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly sha256: string
  readonly plan: 'DETECT' | 'PER_SERVER'
  /** The server's virtual time: keys that end before it do not count. */
  readonly nowMs: number
}

/** A licence report to read. */
export interface ReportRequest {
  readonly report: string
}

/** What a process of its own read and measured. */
export interface ApartReading {
  readonly seconds: number
  readonly peakMegabytes: number
  /** Tenant, application, category or unit, and number, joined by slashes. */
  readonly counts: readonly string[]
}

const program = fileURLToPath(new URL('read-one.ts', import.meta.url))

/** Reads in a fresh process, so that its memory is the reader's alone. */
export async function readApart(request: ReadingRequest | ReportRequest): Promise<ApartReading> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, JSON.stringify(request)],
    { maxBuffer: 64 * 1024 * 1024 },
  )
  return JSON.parse(stdout) as ApartReading
}
