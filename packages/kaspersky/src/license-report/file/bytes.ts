import { createHash } from 'node:crypto'
import { UnreadableReport } from '../problem.ts'

/** A file on its way in: a Node stream, a web stream, or an upload. */
export type ReportBytes = AsyncIterable<Uint8Array>

/** The bytes of a file, counted and hashed while they pass. */
export interface CountedBytes {
  readonly bytes: AsyncGenerator<Buffer>
  /** SHA-256 of everything that has passed, in hexadecimal digits. */
  sha256(): string
}

/** Lets at most `maxBytes` pass. */
export function countBytes(source: ReportBytes, maxBytes: number): CountedBytes {
  const hash = createHash('sha256')
  let size = 0

  async function* pass(): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      size += chunk.byteLength
      if (size > maxBytes) throw new UnreadableReport('REPORT_TOO_LARGE', { value: `${maxBytes}` })
      hash.update(chunk)
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    }
  }

  return { bytes: pass(), sha256: () => hash.copy().digest('hex') }
}

/** The first items, as many as `isEnough` wants, and then all of them from the beginning. */
export async function peek<T>(
  items: AsyncGenerator<T>,
  isEnough: (seen: readonly T[]) => boolean,
): Promise<{ readonly first: readonly T[]; readonly all: AsyncGenerator<T> }> {
  const first: T[] = []
  let isAtEnd = false
  while (!isAtEnd && !isEnough(first)) {
    const next = await items.next()
    if (next.done === true) isAtEnd = true
    else first.push(next.value)
  }

  async function* replay(): AsyncGenerator<T> {
    try {
      yield* first
      yield* items
    } finally {
      // Whoever stops early also lets go of the file.
      await items.return(undefined)
    }
  }

  return { first, all: replay() }
}
