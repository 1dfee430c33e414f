import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import type { ReportFile } from '../report/report-file.ts'

/** A report on this machine's disk; read as a stream each time it is opened. */
export function toFileOnDisk(path: string): ReportFile {
  return { name: basename(path), open: () => createReadStream(path) }
}
