import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LicenceReportProfile } from '../src/index.ts'
import { proposeProfile } from '../src/index.ts'
import { countsOf, inPieces, PROFILE, read } from './report-text.ts'

interface Licence {
  readonly company: string
  readonly application: string
  readonly quantity: number
  readonly expires: string | null
}

interface Writing {
  readonly separator: ',' | ';' | '\t'
  readonly encoding: 'utf8' | 'utf8 bom' | 'utf16' | 'windows-1252'
  readonly decimalMark: '.' | ','
  readonly numbers: 'plain' | 'grouped' | 'decimals'
  readonly dayOrder: 'DMY' | 'MDY'
  readonly dayMark: '.' | '/' | '-'
  readonly lineEnd: '\n' | '\r\n'
  readonly quoteAll: boolean
}

/** Names people give companies, separators and quotes included, in letters that every encoding here has. */
const names = fc
  .array(fc.constantFrom('Müller', 'Café', 'A,B', 'x;y', '"Q"', 'O’Neil', '5', 'Co', 'ß', "'"), {
    minLength: 1,
    maxLength: 3,
  })
  .map((parts) => parts.join(' '))

const licences: fc.Arbitrary<Licence> = fc.record({
  company: names,
  application: fc.constantFrom('Endpoint Cloud', 'Endpoint Cloud Plus', 'Security; for, "mail"'),
  quantity: fc.oneof(fc.nat(30), fc.nat(9_999_999)),
  expires: fc.option(
    fc
      .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10)),
  ),
})

const writings: fc.Arbitrary<Writing> = fc.record({
  separator: fc.constantFrom(',', ';', '\t'),
  encoding: fc.constantFrom('utf8', 'utf8 bom', 'utf16', 'windows-1252'),
  decimalMark: fc.constantFrom('.', ','),
  numbers: fc.constantFrom('plain', 'grouped', 'decimals'),
  dayOrder: fc.constantFrom('DMY', 'MDY'),
  dayMark: fc.constantFrom('.', '/', '-'),
  lineEnd: fc.constantFrom('\n', '\r\n'),
  quoteAll: fc.boolean(),
})

function write(rows: readonly Licence[], writing: Writing): Buffer {
  const header = ['Company', 'Application', 'Used', 'Expires', 'Licence']
  const lines = rows.map(({ company, application, quantity, expires }, index) => [
    company,
    application,
    writeNumber(quantity, writing),
    expires === null ? '' : writeDay(expires, writing),
    `L-${index}`,
  ])
  const text = [header, ...lines]
    .map((cells) => cells.map((cell) => quote(cell, writing)).join(writing.separator))
    .map((line) => line + writing.lineEnd)
    .join('')
  return encode(text, writing.encoding)
}

function writeNumber(quantity: number, { numbers, decimalMark }: Writing): string {
  const group = decimalMark === ',' ? '.' : ','
  if (numbers === 'decimals') return `${quantity}${decimalMark}00`
  if (numbers === 'plain') return String(quantity)
  return String(quantity).replaceAll(/\B(?=(?:\d{3})+$)/g, group)
}

function writeDay(iso: string, { dayOrder, dayMark }: Writing): string {
  const [year, month, day] = iso.split('-')
  return (dayOrder === 'DMY' ? [day, month, year] : [month, day, year]).join(dayMark)
}

function quote(cell: string, { separator, quoteAll }: Writing): string {
  const needs = quoteAll || cell.includes(separator) || cell.includes('"')
  return needs ? `"${cell.replaceAll('"', '""')}"` : cell
}

function encode(text: string, encoding: Writing['encoding']): Buffer {
  if (encoding === 'utf16') return Buffer.from(`\uFEFF${text}`, 'utf16le')
  if (encoding === 'utf8 bom') return Buffer.from(`\uFEFF${text}`)
  if (encoding === 'utf8') return Buffer.from(text)
  return Buffer.from(text.replaceAll('’', '\x92'), 'latin1')
}

/** What a bookkeeper would add up by hand. */
function truth(rows: readonly Licence[]): readonly string[] {
  const sums = new Map<string, number>()
  for (const { company, application, quantity, expires } of rows) {
    if (expires !== null && expires < '2026-06-15') continue
    const key = `${company} / ${application}`
    sums.set(key, (sums.get(key) ?? 0) + quantity)
  }
  return [...sums]
    .filter(([, sum]) => sum > 0)
    .map(([key, sum]) => `${key}: ${sum} DEVICE`)
    .toSorted()
}

const columns: Partial<LicenceReportProfile> = { unit: null, limit: null, status: null, type: null }
const RUNS = { numRuns: 200 }

test('a report in any writing of Europe is read as it was meant', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(licences, { minLength: 1, maxLength: 20 }),
      writings,
      async (rows, writing) => {
        const { decimalMark, dayOrder } = writing
        const profile = { ...columns, decimalMark, dayOrder }
        const report = await read(write(rows, writing), { profile })
        expect(report.problems).toEqual([])
        expect(countsOf(report)).toEqual(truth(rows))
      },
    ),
    RUNS,
  )
})

test('with a wrong decimal mark a count is refused or right, never another number', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(licences, { minLength: 1, maxLength: 20 }),
      writings,
      async (rows, writing) => {
        const decimalMark = writing.decimalMark === ',' ? '.' : ','
        const profile = { ...columns, decimalMark, dayOrder: writing.dayOrder } as const
        const report = await read(write(rows, writing), { profile })
        expect([null, ...truth(rows)]).toEqual(
          expect.arrayContaining([...(countsOf(report) ?? [null])]),
        )
      },
    ),
    RUNS,
  )
})

test('a proposed profile reads the file it was proposed for, or a person is asked', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(licences, { minLength: 1, maxLength: 20 }),
      writings,
      async (rows, writing) => {
        const file = write(rows, writing)
        const { profile, open } = await proposeProfile(inPieces(file))
        expect(profile).not.toBeNull()
        const report = await read(file, { profile: profile ?? PROFILE })
        const isAsked = open.some((choice) => choice === 'DAY_ORDER' || choice === 'DECIMAL_MARK')
        if (isAsked || report.reading === null) return
        expect(countsOf(report)).toEqual(truth(rows))
      },
    ),
    RUNS,
  )
})

test('whatever bytes come, they are read or refused, never a crash', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    fc.string({ unit: 'binary', maxLength: 300 }).map((text) => Buffer.from(text)),
    fc
      .array(fc.constantFrom('Company', 'Used', 'Application', ';', ',', '\n', '"', '7', '\t', 'ö'))
      .map((parts) => Buffer.from(parts.join(''))),
    fc.uint8Array({ maxLength: 300 }).map((tail) => Buffer.from([0x50, 0x4b, 3, 4, ...tail])),
  )
  await fc.assert(
    fc.asyncProperty(bytes, async (content) => {
      const report = await read(Buffer.from(content), { profile: columns })
      expect(report.reading === null || report.problemCount === 0).toBe(true)
      await proposeProfile(inPieces(Buffer.from(content)))
    }),
    RUNS,
  )
})

test('a report cut anywhere is refused, or only whole rows at its end are missing', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(licences, { minLength: 2, maxLength: 8 }),
      writings,
      fc.double({ min: 0.05, max: 0.999, noNaN: true }),
      async (rows, writing, share) => {
        const file = write(rows, writing)
        const { decimalMark, dayOrder } = writing
        const cut = file.subarray(0, Math.floor(file.length * share))
        const report = await read(cut, { profile: { ...columns, decimalMark, dayOrder } })
        const counts = countsOf(report)
        if (counts === null) return
        const possible = rows.map((_, index) => JSON.stringify(truth(rows.slice(0, index + 1))))
        expect(possible).toContain(JSON.stringify(counts))
      },
    ),
    RUNS,
  )
})
