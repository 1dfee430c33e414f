import { randomUUID } from 'node:crypto'
import { notFound } from './pxg-error.ts'
import type { Container } from './wire.ts'

/** A frozen result: rows are encoded page by page. */
export interface Rows {
  count: number
  page(start: number, count: number): Container[]
}

/** `iterator`: forward only, read by GroupSyncIterator. `accessor`: by position, read by ChunkAccessor. */
export type CursorKind = 'iterator' | 'accessor'

/** An open result set of one session. */
export interface Cursor {
  readonly kind: CursorKind
  readonly rows: Rows
  /** Rows handed out or passed over so far; iterators only. */
  position: number
  reads: number
  readonly expiresAtMs: number
}

/** The open result sets of one session; they vanish with it. */
export interface Cursors {
  open(kind: CursorKind, rows: Rows, lifeSeconds: number): string
  /** The result set, counting one read; 1186 when unknown or expired. `maxReads` null: no limit. */
  read(kind: CursorKind, id: string, maxReads: number | null): Cursor
  /** 1186 when unknown. */
  release(kind: CursorKind, id: string): void
}

/** No open result sets. `elapsedMs` is any clock that only goes forward. */
export function createCursors(elapsedMs: () => number): Cursors {
  const byId = new Map<string, Cursor>()

  function find(kind: CursorKind, id: string): Cursor {
    const cursor = byId.get(id)
    if (cursor && elapsedMs() >= cursor.expiresAtMs) byId.delete(id)
    else if (cursor?.kind === kind) return cursor
    throw notFound(`${kind} "${id}"`)
  }

  return {
    open: (kind, rows, lifeSeconds) => {
      const id = randomUUID().replaceAll('-', '')
      const expiresAtMs = elapsedMs() + lifeSeconds * 1_000
      byId.set(id, { kind, rows, position: 0, reads: 0, expiresAtMs })
      return id
    },
    read: (kind, id, maxReads) => {
      const cursor = find(kind, id)
      if (maxReads !== null && cursor.reads >= maxReads) {
        byId.delete(id)
        throw notFound(`${kind} "${id}"`)
      }
      cursor.reads += 1
      return cursor
    },
    release: (kind, id) => {
      find(kind, id)
      byId.delete(id)
    },
  }
}
