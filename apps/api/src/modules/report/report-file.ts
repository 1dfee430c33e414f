import type { FileUpload } from 'graphql-upload/processRequest.mjs'
import { UnreadableReport, type ReportBytes } from '@trueup/kaspersky'

/** Bytes of a report that are taken in unless somebody says otherwise; a report of a million rows has about 80 MB. */
export const MOST_REPORT_BYTES = 100 * 1024 * 1024

/** A report somebody hands in. It can be read from its beginning more than once, piece by piece. */
export interface ReportFile {
  /** What people call it. */
  readonly name: string
  open(): ReportBytes
}

/** A report as a request brings it. */
export interface HandedIn {
  readonly upload?: Promise<FileUpload> | null
  readonly base64?: string | null
  readonly name?: string | null
}

const NAMELESS = 'report'
const MOST_NAME_CHARACTERS = 200

/** The file of a request; `null` when it brings none, or two. Throws what receiving the upload throws. */
export async function toReportFile({ upload, base64, name }: HandedIn): Promise<ReportFile | null> {
  const hasUpload = upload !== undefined && upload !== null
  if (hasUpload === (typeof base64 === 'string')) return null
  if (typeof base64 === 'string') {
    const bytes = Buffer.from(base64, 'base64')
    return { name: toName(name ?? NAMELESS), open: () => inOnePiece(bytes) }
  }
  const received = await upload
  if (received === undefined || received === null) return null
  return {
    name: toName(name ?? received.filename),
    // Each stream reads what has arrived so far and then what arrives; several may go on at once.
    open: () => asReport(() => received.createReadStream()),
  }
}

/** An upload that was ended at the limit is a report that is too large. */
async function* asReport(open: () => ReportBytes): AsyncGenerator<Uint8Array> {
  try {
    yield* open()
  } catch (error) {
    if (!isTooLarge(error)) throw error
    throw new UnreadableReport('REPORT_TOO_LARGE')
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'status' in error && error.status === 413
}

async function* inOnePiece(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

function toName(name: string): string {
  const last = name.split(/[\\/]/).at(-1)?.trim() ?? ''
  return (last === '' ? NAMELESS : last).slice(0, MOST_NAME_CHARACTERS)
}
