import { expect, test } from 'vitest'
import { countsOf, inPieces, problemsOf, PROFILE, read, RECEIVED, reportOf } from './report-text.ts'
import { readLicenceReport } from '../src/index.ts'

const NORTHWIND = 'Northwind;Endpoint Cloud;12;Devices;20;Active;Subscription;31.12.2026;L-1'
const CONTOSO = 'Contoso;Endpoint Cloud Plus;7;Users;10;Active;Commercial;31.12.2026;L-2'

test('a report becomes workspaces with what they use', async () => {
  const report = await read(reportOf(NORTHWIND, CONTOSO))
  expect(report.problems).toEqual([])
  expect(report.reading).toEqual({
    tenants: [
      { id: 'Contoso', kind: 'WORKSPACE', name: 'Contoso', isEnabled: true },
      { id: 'Northwind', kind: 'WORKSPACE', name: 'Northwind', isEnabled: true },
    ],
    readings: [
      {
        tenant: 'Contoso',
        complete: true,
        applications: [
          { application: 'Endpoint Cloud Plus', unit: 'USER', quantity: 7, keys: ['L-2'] },
        ],
      },
      {
        tenant: 'Northwind',
        complete: true,
        applications: [
          { application: 'Endpoint Cloud', unit: 'DEVICE', quantity: 12, keys: ['L-1'] },
        ],
      },
    ],
    applications: [
      { name: 'Endpoint Cloud', unit: 'DEVICE' },
      { name: 'Endpoint Cloud Plus', unit: 'USER' },
    ],
  })
  expect(report).toMatchObject({ format: 'CSV', reportDay: RECEIVED, namesDay: false })
  expect(report.rows).toEqual({ read: 2, counted: 2, wrong: 0, overLimit: 0 })
})

test('several licences of one application add up', async () => {
  const more = 'Northwind;Endpoint Cloud;5;Devices;5;Active;Commercial;;L-3'
  expect(countsOf(await read(reportOf(NORTHWIND, more)))).toEqual([
    'Northwind / Endpoint Cloud: 17 DEVICE',
  ])
})

test.for([
  ['a trial', 'Northwind;Endpoint Cloud;9;Devices;20;Active;Trial;31.12.2026;L-9'],
  ['an expired licence', 'Northwind;Endpoint Cloud;9;Devices;20;Expired;Commercial;31.12.2026;L-9'],
  ['a paused one', 'Northwind;Endpoint Cloud;9;Devices;20;Paused;Subscription;31.12.2026;L-9'],
  [
    'one past its last day',
    'Northwind;Endpoint Cloud;9;Devices;20;Active;Commercial;14.06.2026;L-9',
  ],
] as const)('%s does not count', async ([, row]) => {
  const report = await read(reportOf(row, CONTOSO))
  expect(countsOf(report)).toEqual(['Contoso / Endpoint Cloud Plus: 7 USER'])
  expect(report.reading?.tenants.map(({ name }) => name)).toEqual(['Contoso', 'Northwind'])
})

test('a licence counts on its last day, and one without an end always', async () => {
  const rows = [
    'Northwind;Endpoint Cloud;1;Devices;;Active;Commercial;15.06.2026;L-4',
    'Northwind;Endpoint Cloud;2;Devices;;Active;Commercial;;L-5',
    'Northwind;Endpoint Cloud;4;Devices;Unlimited;Active;Commercial;Unlimited;L-6',
  ]
  expect(countsOf(await read(reportOf(...rows)))).toEqual(['Northwind / Endpoint Cloud: 7 DEVICE'])
})

test('Microsoft 365 applications count mailboxes where no column says the unit', async () => {
  const rows =
    'Company;Application;Used\nA;Security for Microsoft Office 365;3\nA;Endpoint Cloud;4\n'
  const profile = {
    unit: null,
    limit: null,
    status: null,
    type: null,
    expiry: null,
    licenceId: null,
  }
  expect(countsOf(await read(rows, { profile }))).toEqual([
    'A / Endpoint Cloud: 4 DEVICE',
    'A / Security for Microsoft Office 365: 3 MAILBOX',
  ])
})

test.for<[what: string, row: string, problem: readonly [string, number, string | null]]>([
  ['a missing company', ';Endpoint Cloud;1;Devices;;;;;', ['REPORT_CELL_EMPTY', 3, 'Company']],
  ['a missing application', 'Acme;;1;Devices;;;;;', ['REPORT_CELL_EMPTY', 3, 'Application']],
  ['a missing quantity', 'Acme;Endpoint Cloud;;Devices;;;;;', ['REPORT_CELL_EMPTY', 3, 'Used']],
  [
    'half a device',
    'Acme;Endpoint Cloud;1,5;Devices;;;;;',
    ['REPORT_NUMBER_UNREADABLE', 3, 'Used'],
  ],
  [
    'fewer than none',
    'Acme;Endpoint Cloud;-1;Devices;;;;;',
    ['REPORT_NUMBER_UNREADABLE', 3, 'Used'],
  ],
  [
    'a thousand or one',
    'Acme;Endpoint Cloud;1,000;Devices;;;;;',
    ['REPORT_NUMBER_AMBIGUOUS', 3, 'Used'],
  ],
  ['an unknown unit', 'Acme;Endpoint Cloud;1;Toasters;;;;;', ['REPORT_WORD_UNKNOWN', 3, 'Unit']],
  [
    'an unreadable limit',
    'Acme;Endpoint Cloud;1;Devices;lots;;;;',
    ['REPORT_NUMBER_UNREADABLE', 3, 'Limit'],
  ],
  [
    'an unknown status',
    'Acme;Endpoint Cloud;1;Devices;;Dormant;;;',
    ['REPORT_WORD_UNKNOWN', 3, 'Status'],
  ],
  [
    'an unknown type',
    'Acme;Endpoint Cloud;1;Devices;;;Leased;;',
    ['REPORT_WORD_UNKNOWN', 3, 'Type'],
  ],
  [
    'no such day',
    'Acme;Endpoint Cloud;1;Devices;;;;30.02.2026;',
    ['REPORT_DAY_UNREADABLE', 3, 'Expires'],
  ],
  ['a cell too many', 'Acme;Endpoint Cloud;1;Devices;;;;;;9', ['REPORT_ROW_TOO_LONG', 3, null]],
  ['a row cut short', 'Acme;Endpoint Cloud;1', ['REPORT_ROW_TOO_SHORT', 3, 'Used']],
  ['the same licence twice', NORTHWIND, ['REPORT_ROW_REPEATED', 3, null]],
  [
    'two rows alike without a licence',
    'Northwind;Other;3;Devices;;;;;\r\nNorthwind;Other;3;Devices;;;;;',
    ['REPORT_ROW_REPEATED', 4, null],
  ],
  ['another unit', 'Acme;Endpoint Cloud;1;Users;;;;;L-8', ['REPORT_UNIT_DIFFERS', 3, null]],
])('%s is a problem with its row and column, and nothing is imported', async ([, row, problem]) => {
  const report = await read(reportOf(NORTHWIND, row, CONTOSO))
  expect(problemsOf(report)).toEqual([problem])
  expect(report.reading).toBeNull()
})

test('every wrong cell of a row is named at once', async () => {
  const report = await read(reportOf('Acme;;x;Toasters;;Dormant;;99.99.2026;'))
  expect(report.problems.map(({ column, value }) => [column, value])).toEqual([
    ['Application', ''],
    ['Used', 'x'],
    ['Unit', 'Toasters'],
    ['Expires', '99.99.2026'],
    ['Status', 'Dormant'],
  ])
})

test('a person may take the right companies; those with a wrong row have no reading', async () => {
  const half = 'Contoso;Endpoint Cloud;lots;Devices;;;;;L-7'
  const report = await read(reportOf(NORTHWIND, CONTOSO, half), { acceptPartial: true })
  expect(countsOf(report)).toEqual([
    'Contoso: REPORT_ROWS_WRONG',
    'Northwind / Endpoint Cloud: 12 DEVICE',
  ])
  expect(report.rows.wrong).toBe(1)
})

test('a row of nobody could be of anybody, so it is never left out', async () => {
  const nobody = ';Endpoint Cloud;4;Devices;;;;;L-7'
  const report = await read(reportOf(NORTHWIND, nobody), { acceptPartial: true })
  expect(report.reading).toBeNull()
})

test('words of a console that Trueup does not know can be taught', async () => {
  const rows = reportOf('Acme;Endpoint Cloud;3;Toasters;;Dormant;Leased;;L-1')
  const taught = await read(rows, {
    profile: {
      unitWords: { toasters: 'DEVICE' },
      statusWords: { Dormant: 'NOT_RUNNING' },
      typeWords: { leased: 'COUNTED' },
    },
  })
  expect(taught.problems).toEqual([])
  expect(countsOf(taught)).toEqual([])
})

test('one column for each unit: a row fills one of them', async () => {
  const header = 'Company;Application;Devices;Users;Mailboxes\r\n'
  const profile = {
    quantities: [
      { title: 'Devices', unit: 'DEVICE' },
      { title: 'Users', unit: 'USER' },
      { title: 'Mailboxes', unit: 'MAILBOX' },
    ],
    unit: null,
    limit: null,
    status: null,
    type: null,
    expiry: null,
    licenceId: null,
  } as const
  const good = await read(`${header}A;One;5;;\r\nA;Two;0;3;0\r\nA;Three;;;0\r\nA;Four;0;0;0\r\n`, {
    profile,
  })
  expect(good.problems).toEqual([])
  expect(countsOf(good)).toEqual(['A / One: 5 DEVICE', 'A / Two: 3 USER'])
  const twice = await read(`${header}A;One;5;2;\r\n`, { profile })
  expect(problemsOf(twice)).toEqual([['REPORT_UNIT_DIFFERS', 2, 'Users']])
})

test('a line of totals is a control: it has to agree', async () => {
  const right = await read(reportOf(NORTHWIND, CONTOSO, 'Total;;19;;30;;;;'))
  expect(countsOf(right)).toHaveLength(2)
  const wrong = await read(reportOf(NORTHWIND, CONTOSO, 'Total;;26;;30;;;;'), {
    acceptPartial: true,
  })
  expect(problemsOf(wrong)).toEqual([['REPORT_TOTAL_DIFFERS', 4, null]])
  expect(wrong.problems[0]?.value).toBe('26 / 19')
  expect(wrong.reading).toBeNull()
})

test('a customer called Total is a customer', async () => {
  const report = await read(reportOf('Total;Endpoint Cloud;4;Devices;;;;;L-1', NORTHWIND))
  expect(countsOf(report)).toContain('Total / Endpoint Cloud: 4 DEVICE')
  const withoutApplication = await read(reportOf('Total;;4;Devices;;;;;L-1', NORTHWIND))
  expect(problemsOf(withoutApplication)).toEqual([['REPORT_CELL_EMPTY', 2, 'Application']])
})

test('lines above the header are passed over, and may name the day of the report', async () => {
  const rows = `Licence report\r\nReport date;14.06.2026\r\n\r\n${reportOf(NORTHWIND)}`
  const report = await read(rows, { profile: { reportDay: 'Report date' } })
  expect(countsOf(report)).toHaveLength(1)
  expect(report).toMatchObject({ reportDay: '2026-06-14', namesDay: true })
  const unreadable = rows.replace('14.06.2026', 'yesterday')
  expect(problemsOf(await read(unreadable, { profile: { reportDay: 'Report date' } }))).toEqual([
    ['REPORT_DAY_UNREADABLE', null, 'Report date'],
  ])
})

test('the rows of one report are of one day', async () => {
  const header = 'Company;Application;Used;Day\r\n'
  const profile = {
    unit: null,
    limit: null,
    status: null,
    type: null,
    expiry: null,
    licenceId: null,
    reportDay: 'Day',
  }
  const one = await read(`${header}A;X;1;14.06.2026\r\nB;X;1;14.06.2026\r\n`, { profile })
  expect(one).toMatchObject({ reportDay: '2026-06-14', namesDay: true })
  const two = await read(`${header}A;X;1;14.06.2026\r\nB;X;1;13.06.2026\r\n`, { profile })
  expect(problemsOf(two)).toEqual([['REPORT_DAYS_DIFFER', null, null]])
})

test('a column that is missing or there twice is named', async () => {
  const renamed = reportOf(NORTHWIND).replace('Used', 'Nutzung')
  expect(problemsOf(await read(renamed))).toEqual([['REPORT_COLUMN_MISSING', null, 'Used']])
  const twice = reportOf(NORTHWIND).replace('Limit', 'used')
  expect(problemsOf(await read(twice, { profile: { limit: null } }))).toEqual([
    ['REPORT_COLUMN_TWICE', 1, 'Used'],
  ])
})

test.for<[what: string, content: string | Buffer, code: string]>([
  ['an empty file', '', 'REPORT_EMPTY'],
  ['a header without rows', reportOf(), 'REPORT_EMPTY'],
  ['a workbook of Excel 97', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'REPORT_FORMAT_UNKNOWN'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'REPORT_FORMAT_UNKNOWN'],
  ['a zip file that is no workbook', Buffer.from('504b0304140000000000', 'hex'), 'REPORT_DAMAGED'],
  ['a quote without its end', reportOf('"Acme;Endpoint;1'), 'REPORT_DAMAGED'],
  [
    'text in two encodings',
    Buffer.concat([Buffer.from(reportOf('ö'.repeat(40_000))), Buffer.from([0xfc])]),
    'REPORT_ENCODING_BROKEN',
  ],
])('%s is refused as a whole', async ([, content, code]) => {
  const report = await read(content, { acceptPartial: true })
  expect(report.problems.map((problem) => problem.code)).toContain(code)
  expect(report.reading).toBeNull()
})

test('a file that never ends is cut off at the limit', async () => {
  async function* endless(): AsyncGenerator<Buffer> {
    yield Buffer.from(reportOf())
    for (let number = 0; ; number += 1)
      yield Buffer.from(`C${number};App;1;Devices;;;;;L${number}\r\n`)
  }
  const report = await readLicenceReport(endless(), PROFILE, {
    receivedDay: RECEIVED,
    maxBytes: 200_000,
  })
  expect(report.problems.map(({ code }) => code)).toEqual(['REPORT_TOO_LARGE'])
})

test('the same bytes have the same hash, in whatever pieces they come', async () => {
  const content = reportOf(NORTHWIND, CONTOSO)
  const hashes = [1, 7, 100_000].map(async (pieceBytes) => {
    const stream = inPieces(content, pieceBytes)
    return (await readLicenceReport(stream, PROFILE, { receivedDay: RECEIVED })).contentSha256
  })
  const [first, ...others] = await Promise.all(hashes)
  expect(first).toMatch(/^[0-9a-f]{64}$/)
  expect(others).toEqual([first, first])
  expect((await read(reportOf(CONTOSO, NORTHWIND))).contentSha256).not.toBe(first)
})

test('names are compared after tidying blanks and Unicode, and nothing else', async () => {
  const composed = 'Caf\u00E9  Nord;App;1;Devices;;;;;L-1'
  const decomposed = ' Cafe\u0301 Nord ;App;2;Devices;;;;;L-2'
  const other = 'CAF\u00C9 Nord;App;4;Devices;;;;;L-3'
  expect(countsOf(await read(reportOf(composed, decomposed, other)))).toEqual([
    'CAF\u00C9 Nord / App: 4 DEVICE',
    'Caf\u00E9 Nord / App: 3 DEVICE',
  ])
})

test('thousands of wrong rows are counted, and the first thousand are named', async () => {
  const rows = Array.from({ length: 1_500 }, (_, number) => `C${number};App;?;Devices;;;;;`)
  const report = await read(reportOf(...rows))
  expect(report.problemCount).toBe(1_500)
  expect(report.problems).toHaveLength(1_000)
})

test('rows over their limit are counted, because two swapped columns look like that', async () => {
  const report = await read(reportOf('Acme;App;30;Devices;20;;;;L-1', NORTHWIND))
  expect(report.rows.overLimit).toBe(1)
})

test('an upload that breaks off is a failure, not a shorter report', async () => {
  async function* broken(): AsyncGenerator<Buffer> {
    yield Buffer.from(reportOf(NORTHWIND))
    throw new Error('connection reset')
  }
  await expect(readLicenceReport(broken(), PROFILE, { receivedDay: RECEIVED })).rejects.toThrow(
    'connection reset',
  )
})

test('a text that stops without the end of a line may be cut, unless a line of totals vouches for it', async () => {
  const whole = reportOf(NORTHWIND, CONTOSO)
  expect((await read(whole)).mayBeCut).toBe(false)
  expect((await read(whole.trimEnd())).mayBeCut).toBe(true)
  const totals = reportOf(NORTHWIND, CONTOSO, 'Total;;19;;;;;;').trimEnd()
  expect(await read(totals)).toMatchObject({ mayBeCut: false, problems: [] })
})
