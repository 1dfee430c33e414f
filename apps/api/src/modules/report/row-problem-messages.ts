import type { LicenceReportProblemCode } from '@trueup/kaspersky'

/** What is wrong with a cell, a row or a file, in words. A sentence may change; a code and its meaning never do. */
export const rowProblemMessages: Readonly<Record<LicenceReportProblemCode, string>> = {
  REPORT_EMPTY: 'There is no row below the header.',
  REPORT_FORMAT_UNKNOWN: 'The file is neither CSV nor XLSX. Save an old workbook as XLSX.',
  REPORT_TOO_LARGE: 'The file is larger than what is read.',
  REPORT_DAMAGED: 'The file cannot be read to its end. Export it again.',
  REPORT_ENCODING_BROKEN: 'The text changes its encoding, or is cut inside a letter.',
  REPORT_SHEETS_SEVERAL: 'Several sheets hold a report. Save each as a file, or join them.',
  REPORT_COLUMN_MISSING: 'The column is not in the header.',
  REPORT_COLUMN_TWICE: 'Two columns have this title.',
  REPORT_TOTAL_DIFFERS: 'The line of totals is not the sum of the rows.',
  REPORT_DAYS_DIFFER: 'The rows are of different days.',
  REPORT_CELL_EMPTY: 'The cell is empty.',
  REPORT_NUMBER_UNREADABLE: 'This is no whole number from 0 on.',
  REPORT_NUMBER_AMBIGUOUS: 'This could be one or a thousand. Choose the decimal mark.',
  REPORT_DAY_UNREADABLE: 'This is no day in the chosen order.',
  REPORT_WORD_UNKNOWN: 'This word is not known. Say what it means.',
  REPORT_UNIT_DIFFERS: 'The application, or the row, is counted in two units.',
  REPORT_ROW_REPEATED: 'The same licence stands there twice.',
  REPORT_ROW_TOO_LONG: 'The row has more cells than the header.',
  REPORT_ROW_TOO_SHORT: 'The row has fewer cells than the header: the file was cut.',
}
