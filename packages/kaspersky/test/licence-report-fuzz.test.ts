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
  // Round thousands are where a mark that groups digits and one before decimals look most alike.
  quantity: fc.oneof(
    fc.nat(30),
    fc.nat(9_999_999),
    fc.nat(999).map((count) => count * 1_000),
  ),
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

function write(
  rows: readonly Licence[],
  writing: Writing,
  spoil: (lines: string[][]) => void = () => undefined,
): Buffer {
  const header = ['Company', 'Application', 'Used', 'Expires', 'Licence']
  const lines = rows.map(({ company, application, quantity, expires }, index) => [
    company,
    application,
    writeNumber(quantity, writing),
    expires === null ? '' : writeDay(expires, writing),
    `L-${index}`,
  ])
  spoil(lines)
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

interface Fault {
  readonly what: string
  /** Which row, as a share of all of them. */
  readonly where: number
}

/** One thing that is wrong with one row, in ways that people and programs really make. */
const faults: fc.Arbitrary<Fault> = fc.record({
  what: fc.constantFrom(
    'a half',
    'a negative number',
    'a word for a number',
    'a number with an exponent',
    'no number',
    'no company',
    'no application',
    'a day that is none',
    'a cell too many',
    'a cell too few',
    'the row twice',
  ),
  where: fc.double({ min: 0, max: 0.999, noNaN: true }),
})

function putFault(lines: string[][], { what, where }: Fault, { decimalMark }: Writing): void {
  const index = Math.floor(lines.length * where)
  const line = lines[index] ?? []
  const cells: Readonly<Record<string, readonly [number, string]>> = {
    'a half': [2, `12${decimalMark}5`],
    'a negative number': [2, '-3'],
    'a word for a number': [2, 'three'],
    'a number with an exponent': [2, '1e3'],
    'no number': [2, ' '],
    'no company': [0, ' '],
    'no application': [1, ''],
    'a day that is none': [3, '31.02.2030'],
  }
  const cell = cells[what]
  if (cell !== undefined) line[cell[0]] = cell[1]
  else if (what === 'a cell too many') line.push('more')
  else if (what === 'a cell too few') line.pop()
  else lines.splice(index, 0, [...line])
}

test('one fault in one row refuses the report, and in part its company alone is left out', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(licences, { minLength: 1, maxLength: 12 }),
      writings,
      faults,
      fc.boolean(),
      async (drawn, writing, fault, hasIds) => {
        // A licence that has ended is not counted, so having it twice does no harm.
        const rows = drawn.map((row) => ({ ...row, expires: null }))
        const file = write(rows, writing, (lines) => {
          putFault(lines, fault, writing)
          if (!hasIds) for (const line of lines) if (line.length > 4) line[4] = ''
        })
        const { decimalMark } = writing
        const profile = { ...columns, decimalMark, dayOrder: 'DMY', licenceId: null } as const
        const known = hasIds ? { ...profile, licenceId: 'Licence' } : profile
        expect((await read(file, { profile: known })).reading).toBeNull()
        const counts = countsOf(await read(file, { profile: known, acceptPartial: true }))
        if (counts === null) return
        const spoilt = cleanOf(rows[Math.floor(rows.length * fault.where)]?.company ?? '')
        const others = rows.filter(({ company }) => cleanOf(company) !== spoilt)
        const whole = counts.filter((count) => !count.endsWith('REPORT_ROWS_WRONG'))
        expect(truth(others)).toEqual(expect.arrayContaining(whole))
      },
    ),
    RUNS,
  )
})

function cleanOf(name: string): string {
  return name.trim()
}

test('letters that are no letters refuse the report instead of making a new name', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(licences, { minLength: 1, maxLength: 8 }),
      writings,
      fc.double({ min: 0.4, max: 0.99, noNaN: true }),
      async (rows, writing, share) => {
        const file = write(rows, { ...writing, encoding: 'utf8 bom' })
        const at = Math.floor(file.length * share)
        const broken = Buffer.concat([file.subarray(0, at), Buffer.from([0xff]), file.subarray(at)])
        const { decimalMark, dayOrder } = writing
        const report = await read(broken, { profile: { ...columns, decimalMark, dayOrder } })
        expect(report.reading).toBeNull()
      },
    ),
    RUNS,
  )
})
