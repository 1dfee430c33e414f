import type { ReportOptionsInput, Sandbox } from '@trueup/sandbox'
import { workspaceTruth, writeLicenceReport } from '@trueup/sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { proposeProfile } from '../src/index.ts'
import { openPractice } from './practice.ts'
import { countsOf, inPieces, PROFILE, read } from './report-text.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await openPractice({ virtualServers: 60, devices: 600 })
})
afterAll(() => sandbox.close())

function trueCounts(): readonly string[] {
  return workspaceTruth(sandbox.world.workspaces, sandbox.world.clock.day())
    .filter(({ used }) => used > 0)
    .map(
      ({ company, application, used, unit }) =>
        `${company} / ${application}: ${used} ${unit.toUpperCase()}`,
    )
    .toSorted()
}

const LOCALES = ['en-US', 'de-DE', 'fr-FR', 'es-ES', 'pl-PL'] as const
const WRITINGS: readonly [name: string, writing: ReportOptionsInput][] = [
  ['as CSV', {}],
  ['as CSV with tabs, every cell quoted', { separator: '\t', quoted: 'all', lineEnd: 'lf' }],
  ['as CSV in UTF-16 with decimals', { encoding: 'utf-16le-bom', numbers: 'decimals' }],
  [
    'as CSV with grouped digits and a column for each unit',
    { numbers: 'grouped', units: 'columns' },
  ],
  ['as CSV with title and totals', { preamble: true, totals: true, encoding: 'utf-8' }],
  ['as XLSX', { format: 'xlsx' }],
  ['as XLSX with title and totals', { format: 'xlsx', preamble: true, totals: true }],
  ['as XLSX with text in every cell', { format: 'xlsx', cells: 'text', numbers: 'decimals' }],
  ['as XLSX with a column for each unit', { format: 'xlsx', units: 'columns' }],
]
const CASES = LOCALES.flatMap((locale) =>
  WRITINGS.map(([name, writing]) => [locale, name, writing] as const),
)

test.for(CASES)('a report in %s, %s, is recognised and read', async ([locale, , writing]) => {
  const file = await writeLicenceReport(sandbox.world, { locale, ...writing })
  const { profile, header, preview, problems } = await proposeProfile(inPieces(file))
  expect(problems).toEqual([])
  expect(preview).toHaveLength(10)
  expect(header.length).toBeGreaterThan(6)
  const report = await read(file, { profile: profile ?? PROFILE })
  expect(report.problems).toEqual([])
  expect(countsOf(report)).toEqual(trueCounts())
  expect(report.reportDay).toBe(sandbox.world.clock.day())
})

test('the code page of a file is asked for, because nothing in it says which it is', async () => {
  const options = { locale: 'de-DE', encoding: 'windows-1252' } as const
  const file = await writeLicenceReport(sandbox.world, options)
  const proposal = await proposeProfile(inPieces(file))
  expect(proposal).toMatchObject({ encoding: 'windows-1252', separator: ';', format: 'CSV' })
  expect(proposal.open).toContain('LEGACY_ENCODING')
})

test('a file whose titles nobody knows is shown, not guessed', async () => {
  const proposal = await proposeProfile(inPieces('alpha;beta;gamma\r\nAcme;Cloud;3\r\n'))
  expect(proposal).toMatchObject({
    profile: null,
    header: ['alpha', 'beta', 'gamma'],
    preview: [['Acme', 'Cloud', '3']],
    columns: { quantities: [] },
  })
})

test('days that could be read in two orders are asked for', async () => {
  const file = 'Company,Application,Used,Expires\nA,X,1,05/06/2027\nB,X,1,07/08/2027\n'
  expect((await proposeProfile(inPieces(file))).open).toContain('DAY_ORDER')
  const clear = file.replace('05/06', '05/26')
  const proposal = await proposeProfile(inPieces(clear))
  expect(proposal.open).not.toContain('DAY_ORDER')
  expect(proposal.profile?.dayOrder).toBe('MDY')
})

test('a proposal reads no further than it needs', async () => {
  let pieces = 0
  async function* endless(): AsyncGenerator<Buffer> {
    yield Buffer.from('Company;Application;Used\r\n')
    for (;;) {
      pieces += 1
      yield Buffer.from('Acme;Endpoint Cloud;3\r\n'.repeat(1_000))
    }
  }
  expect((await proposeProfile(endless())).profile).not.toBeNull()
  expect(pieces).toBeLessThan(50)
})
