import { XlsxStreamWriter } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { proposeProfile } from '../src/index.ts'
import { countsOf, inPieces, problemsOf, PROFILE, read } from './report-text.ts'

const header = ['Company', 'Application', 'Used']
const columns = {
  ...PROFILE,
  unit: null,
  limit: null,
  status: null,
  type: null,
  expiry: null,
  licenceId: null,
}
const northwind = ['Northwind', 'Endpoint Cloud', 12]
const contoso = ['Contoso', 'Endpoint Cloud', 7]

/** A workbook with these sheets, rolled over by the writer after so many rows. */
async function workbookOf(rows: readonly (readonly (string | number)[])[], rowsPerSheet: number) {
  const writer = new XlsxStreamWriter({
    name: 'Report',
    maxRowsPerSheet: rowsPerSheet,
    repeatHeaders: false,
  })
  for (const row of rows) writer.addRow([...row])
  return Buffer.from(await writer.finish())
}

test('the rows of a workbook with one sheet are read', async () => {
  const file = await workbookOf([header, northwind, contoso], 100)
  expect(countsOf(await read(file, { profile: columns }))).toEqual([
    'Contoso / Endpoint Cloud: 7 DEVICE',
    'Northwind / Endpoint Cloud: 12 DEVICE',
  ])
})

test('a second sheet under the same titles refuses the workbook: its companies would be missing', async () => {
  const file = await workbookOf([header, northwind, header, contoso], 2)
  const report = await read(file, { profile: columns })
  expect(report.reading).toBeNull()
  expect(problemsOf(report)).toEqual([['REPORT_SHEETS_SEVERAL', null, null]])
  const { problems } = await proposeProfile(inPieces(file))
  expect(problems.map(({ code }) => code)).toEqual(['REPORT_SHEETS_SEVERAL'])
})

test('a second sheet with something else does no harm', async () => {
  const file = await workbookOf([header, northwind, ['Notes'], ['by hand']], 2)
  expect(countsOf(await read(file, { profile: columns }))).toEqual([
    'Northwind / Endpoint Cloud: 12 DEVICE',
  ])
})
