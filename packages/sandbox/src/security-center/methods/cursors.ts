import type { Cursor } from '../cursors.ts'
import { badFormat } from '../pxg-error.ts'
import { type Outer, params } from '../wire.ts'
import type { MethodContext, Methods } from './method.ts'

/** Classes GroupSyncIterator (forward only) and ChunkAccessor (by position). */
export const cursorMethods: Methods = {
  'GroupSyncIterator.GetNextItems': (context, given) => {
    const { session, settings } = context
    const [iterator, count] = [given.text('szwIterator'), given.whole('nCount')]
    return nextItems(
      context,
      session.cursors.read('iterator', iterator, settings.cursorReads),
      count,
    )
  },
  'GroupSyncIterator.ReleaseIterator': ({ session }, given) => {
    session.cursors.release('iterator', given.text('szwIterator'))
    return {}
  },
  'ChunkAccessor.GetItemsCount': ({ session, settings }, given) => {
    const cursor = session.cursors.read('accessor', given.text('strAccessor'), settings.cursorReads)
    return { PxgRetVal: cursor.rows.count }
  },
  'ChunkAccessor.GetItemsChunk': (context, given) => {
    const { session, settings } = context
    const accessor = given.text('strAccessor')
    const range = { start: given.whole('nStart'), count: given.whole('nCount') }
    return itemsChunk(
      context,
      session.cursors.read('accessor', accessor, settings.cursorReads),
      range,
    )
  },
  'ChunkAccessor.Release': ({ session }, given) => {
    session.cursors.release('accessor', given.text('strAccessor'))
    return {}
  },
}

function nextItems(
  { settings, faults }: MethodContext,
  cursor: Cursor,
  asked: number,
): Record<string, Outer> {
  const size = pageSize(asked, settings.maxPageRows)
  const rows = cursor.rows.page(cursor.position, size)
  cursor.position += rows.length
  const left = cursor.rows.count - cursor.position
  const atEnd = settings.endOfRows === 'emptyPage' ? rows.length === 0 : left <= 0
  // Rows that are lost on the way: the iterator has passed over them.
  const isCut =
    rows.length > 0 && faults.strikes('cutRows', 'securityCenter.GroupSyncIterator.GetNextItems')
  const delivered = isCut ? rows.slice(0, -1) : rows
  return {
    PxgRetVal: delivered.length,
    bEOF: atEnd,
    pData: { KLCSP_ITERATOR_ARRAY: delivered.map((row) => params(row)) },
  }
}

function itemsChunk(
  { settings, faults }: MethodContext,
  cursor: Cursor,
  { start, count }: { start: number; count: number },
): Record<string, Outer> {
  if (start < 0) throw badFormat('nStart is negative')
  const rows = cursor.rows.page(start, pageSize(count, settings.maxPageRows))
  // A cut chunk still says how many rows it should have had.
  const isCut =
    rows.length > 0 && faults.strikes('cutRows', 'securityCenter.ChunkAccessor.GetItemsChunk')
  const delivered = isCut ? rows.slice(0, -1) : rows
  return {
    PxgRetVal: rows.length,
    pChunk: { KLCSP_ITERATOR_ARRAY: delivered.map((row) => params(row)) },
  }
}

function pageSize(asked: number, most: number | null): number {
  if (asked < 1) throw badFormat('nCount must be 1 or more')
  return Math.min(asked, most ?? asked)
}
