import { z } from 'zod'
import { failure, hasCode } from './failure.ts'
import type { Session } from './session.ts'
import type { WireContainer } from './wire.ts'

/** A call that answers with a place to fetch rows from. */
export interface RowQuery<T> {
  readonly operation: string
  readonly arguments: WireContainer
  readonly row: z.ZodType<T>
  /** Rows asked for at a time; the server may give fewer. */
  readonly pageSize: number
}

/** From here on a result set is given back at once and not only when the session ends. */
const LARGE_RESULT_ROWS = 20_000
/** A page without rows does not end an iterator; many of them in a row mean that it never will. */
const MAX_EMPTY_PAGES = 3

/**
 * All rows of a forward-only iterator (`GroupSyncIterator`), as many as the query announced in `lKeyCount`.
 * An iterator that breaks or ends early is made anew once, because its next page cannot be asked for twice.
 * Throws {@link VendorError}, `KSC_TOTALS_DIFFER` when the numbers still do not agree.
 */
export function readIterator<T>(session: Session, query: RowQuery<T>): Promise<T[]> {
  return onceMore(() => readIteratorOnce(session, query))
}

/**
 * All rows of a result set (`ChunkAccessor`), as many as the query returned in `PxgRetVal`.
 * Throws {@link VendorError}, `KSC_TOTALS_DIFFER` when fewer or more rows come.
 */
export function readChunks<T>(session: Session, query: RowQuery<T>): Promise<T[]> {
  return onceMore(() => readChunksOnce(session, query))
}

async function readIteratorOnce<T>(session: Session, query: RowQuery<T>): Promise<T[]> {
  const { operation } = query
  const { lKeyCount: announced, wstrIterator: iterator } = await session.call({
    operation,
    arguments: query.arguments,
    answer: z.object({ lKeyCount: z.int().min(0), wstrIterator: z.string() }),
  })
  const page = z.object({
    PxgRetVal: z.int().min(0),
    bEOF: z.boolean(),
    pData: z.object({ KLCSP_ITERATOR_ARRAY: z.array(query.row).default([]) }).nullish(),
  })
  const rows: T[] = []
  let emptyPages = 0
  for (let isAtEnd = false; !isAtEnd;) {
    const next = await session.call({
      operation: 'GroupSyncIterator.GetNextItems',
      arguments: { szwIterator: iterator, nCount: query.pageSize },
      answer: page,
      neverRepeat: true,
    })
    const delivered = next.pData?.KLCSP_ITERATOR_ARRAY ?? []
    requireEqual(operation, 'page', next.PxgRetVal, delivered.length)
    append(rows, delivered)
    isAtEnd = next.bEOF
    emptyPages = delivered.length === 0 ? emptyPages + 1 : 0
    if (rows.length > announced || emptyPages > MAX_EMPTY_PAGES) isAtEnd = true
  }
  if (rows.length >= LARGE_RESULT_ROWS) {
    await release(session, 'GroupSyncIterator.ReleaseIterator', { szwIterator: iterator })
  }
  requireEqual(operation, 'rows', announced, rows.length)
  return rows
}

async function readChunksOnce<T>(session: Session, query: RowQuery<T>): Promise<T[]> {
  const { operation } = query
  const { PxgRetVal: announced, strAccessor } = await session.call({
    operation,
    arguments: query.arguments,
    answer: z.object({ PxgRetVal: z.int().min(0), strAccessor: z.string() }),
  })
  const page = z.object({
    PxgRetVal: z.int().min(0),
    pChunk: z.object({ KLCSP_ITERATOR_ARRAY: z.array(query.row).default([]) }).nullish(),
  })
  const rows: T[] = []
  for (let isAtEnd = announced === 0; !isAtEnd;) {
    const chunk = await session.call({
      operation: 'ChunkAccessor.GetItemsChunk',
      arguments: { strAccessor, nStart: rows.length, nCount: query.pageSize },
      answer: page,
    })
    const delivered = chunk.pChunk?.KLCSP_ITERATOR_ARRAY ?? []
    requireEqual(operation, 'page', chunk.PxgRetVal, delivered.length)
    append(rows, delivered)
    isAtEnd = rows.length >= announced || delivered.length === 0
  }
  if (rows.length >= LARGE_RESULT_ROWS) {
    await release(session, 'ChunkAccessor.Release', { strAccessor })
  }
  requireEqual(operation, 'rows', announced, rows.length)
  return rows
}

/** Totals that do not agree, and iterators that the server forgot, are worth one fresh start. */
async function onceMore<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const isWorthIt = hasCode(
      error,
      'KSC_TOTALS_DIFFER',
      'KSC_NOT_FOUND',
      'KSC_UNAVAILABLE',
      'KSC_TIMEOUT',
      'KSC_CONNECTION_LOST',
      'KSC_UNEXPECTED_STATUS',
      'KSC_ANSWER_NOT_UNDERSTOOD',
    )
    if (!isWorthIt) throw error
    return await read()
  }
}

async function release(session: Session, operation: string, target: WireContainer): Promise<void> {
  await session.call({ operation, arguments: target, answer: z.unknown() })
}

function requireEqual(operation: string, of: string, announced: number, read: number): void {
  if (announced === read) return
  throw failure({
    operation,
    code: 'KSC_TOTALS_DIFFER',
    message: `${operation} announced ${announced} and delivered ${read} (${of}).`,
    facts: { announced, read },
  })
}

function append<T>(rows: T[], more: readonly T[]): void {
  // Not push(...more): a page may hold more rows than a call may have arguments.
  for (const row of more) rows.push(row)
}
