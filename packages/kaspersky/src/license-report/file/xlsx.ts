import { parseDay } from '@trueup/core'
import { HucreError } from 'hucre'
import { streamXlsxRows } from 'hucre/xlsx'
import type { Cell, Row } from '../problem.ts'
import { UnreadableReport } from '../problem.ts'

/** Rows of one sheet, as they come. Throws {@link UnreadableReport} when the workbook is damaged. */
export async function* readXlsxRows(file: Buffer, sheet: number): AsyncGenerator<Row> {
  let number = 0
  try {
    for await (const row of streamXlsxRows(file, { sheet, maxInputBytes: file.length })) {
      number = row.index + 1
      yield { number, cells: row.values.map(toCell) }
    }
  } catch (error) {
    if (!(error instanceof HucreError)) throw error
    throw new UnreadableReport('REPORT_DAMAGED', { row: number + 1, value: error.message })
  }
}

const SHEET = /^xl\/worksheets\/[\w .-]{1,100}\.xml/

/** How many sheets a workbook has, as the names in its archive tell. */
export function countSheets(file: Buffer): number {
  const names = new Set<string>()
  for (
    let at = file.indexOf('xl/worksheets/');
    at >= 0;
    at = file.indexOf('xl/worksheets/', at + 1)
  ) {
    const name = SHEET.exec(file.toString('latin1', at, at + 120))?.[0]
    if (name !== undefined) names.add(name)
  }
  return names.size
}

function toCell(value: string | number | boolean | Date | null): Cell {
  if (value instanceof Date) {
    const day = Number.isNaN(value.getTime()) ? null : parseDay(value.toISOString().slice(0, 10))
    return day === null ? 'not a date' : { day }
  }
  if (typeof value === 'boolean') return String(value)
  return value ?? ''
}
