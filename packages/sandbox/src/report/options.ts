import { z } from 'zod'
import { REPORT_LOCALES, type ReportLocaleName } from './locales.ts'

/** `true` and `false` in a query are text. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])

/** How a report file is written; also what `GET /licence-report?…` takes. */
export const reportOptionsSchema = z.strictObject({
  format: z.enum(['csv', 'xlsx']).default('csv'),
  locale: z.enum(Object.keys(REPORT_LOCALES) as ReportLocaleName[]).default('en-US'),
  /** CSV only; what the locale uses when absent. */
  separator: z.enum([',', ';', '\t']).optional(),
  /** CSV only. Letters that windows-1252 lacks become question marks, as in Excel. */
  encoding: z.enum(['utf-8', 'utf-8-bom', 'utf-16le-bom', 'windows-1252']).default('utf-8-bom'),
  /** CSV only. */
  lineEnd: z.enum(['crlf', 'lf']).default('crlf'),
  /** CSV only: quotes around every cell, or only where needed. */
  quoted: z.enum(['needed', 'all']).default('needed'),
  /** Dates as the locale writes them, or YYYY-MM-DD. */
  dates: z.enum(['locale', 'iso']).default('locale'),
  /** 1234, 1234,00 or 1.234 (marks by locale). */
  numbers: z.enum(['plain', 'decimals', 'grouped']).default('plain'),
  /** One column that names the unit, or one column for each unit. */
  units: z.enum(['column', 'columns']).default('column'),
  /** XLSX only: numbers and dates as such, or everything as text. */
  cells: z.enum(['typed', 'text']).default('typed'),
  /** Lines with title and report date above the header, and then no column for the date. */
  preamble: flag.default(false),
  /** A line with totals below the rows. */
  totals: flag.default(false),
})

/** How a report file is written, with every choice made. */
export type ReportOptions = z.output<typeof reportOptionsSchema>
/** Any part of it. */
export type ReportOptionsInput = z.input<typeof reportOptionsSchema>
