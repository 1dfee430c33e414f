import { ReadableStream } from 'node:stream/web'
import { parseDay } from '@trueup/core'
import { HucreError } from 'hucre'
import { streamXlsxRows } from 'hucre/xlsx'
import type { Cell, Row } from '../problem.ts'
import { UnreadableReport } from '../problem.ts'

/** Rows of the first sheet, as they come. Throws {@link UnreadableReport} when the workbook is damaged. */
export async function* readXlsxRows(
  bytes: AsyncGenerator<Buffer>,
  maxBytes: number,
): AsyncGenerator<Row> {
  const input = ReadableStream.from(bytes) as unknown as globalThis.ReadableStream<Uint8Array>
  let number = 0
  try {
    for await (const row of streamXlsxRows(input, { maxInputBytes: maxBytes })) {
      number = row.index + 1
      yield { number, cells: row.values.map(toCell) }
    }
  } catch (error) {
    if (!(error instanceof HucreError)) throw error
    throw new UnreadableReport('REPORT_DAMAGED', { row: number + 1, value: error.message })
  }
}

function toCell(value: string | number | boolean | Date | null): Cell {
  if (value instanceof Date) {
    const day = Number.isNaN(value.getTime()) ? null : parseDay(value.toISOString().slice(0, 10))
    return day === null ? 'not a date' : { day }
  }
  if (typeof value === 'boolean') return String(value)
  return value ?? ''
}
