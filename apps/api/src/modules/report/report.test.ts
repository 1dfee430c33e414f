import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import {
  codesOf,
  importText,
  reportOf,
  storeReportIntegration,
  usageOf,
} from '../../../test/kit/reports.ts'
import { startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'
import { storeIntegration } from '../../../test/kit/store-integration.ts'

const DAY = '2026-03-15'
const NORTHWIND = ['Northwind', 'Endpoint Cloud', 12] as const
const CONTOSO = ['Contoso', 'Endpoint Cloud', 7] as const

describe.each(databaseKinds)('licence reports, on %s', (kind) => {
  let trueup: TestApp
  let count = 0
  beforeAll(async () => {
    trueup = await startTestApp(kind)
  })
  afterAll(() => trueup.close())

  const create = (): Promise<string> => {
    count += 1
    return storeReportIntegration(trueup, { name: `Workspaces ${count}` })
  }

  const previewDay = async (id: string, text: string, reportDay: string): Promise<object> => {
    const { data } = await trueup.ask<{
      previewLicenceReport: { preview: { reading: object } }
    }>(
      `mutation($id: ID!, $file: ReportFileInput!, $day: Day) { previewLicenceReport(integrationId: $id, file: $file, reportDay: $day) {
        preview { reading { reportDay namesDay } } } }`,
      { id, file: { base64: Buffer.from(text).toString('base64') }, day: reportDay },
    )
    return data.previewLicenceReport.preview.reading
  }

  test('a clear report is a snapshot of its own day, and its companies are workspaces', async () => {
    const id = await create()
    const taken = await importText(trueup, id, reportOf('2026-03-14', NORTHWIND, CONTOSO))
    expect(taken).toMatchObject({
      import: { usageDay: '2026-03-14', companies: 2, companiesIncomplete: 0 },
      isRepeated: false,
      problems: [],
    })
    expect(await usageOf(trueup, id)).toEqual([
      'Contoso / Endpoint Cloud: 7',
      'Northwind / Endpoint Cloud: 12',
    ])
  })

  test('the same file twice is one snapshot, also when both come at once', async () => {
    const id = await create()
    const file = reportOf(DAY, NORTHWIND, CONTOSO)
    await importText(trueup, id, reportOf('2026-03-13', NORTHWIND, CONTOSO))
    const [one, other] = await Promise.all([
      importText(trueup, id, file),
      importText(trueup, id, file),
    ])
    expect([one, other].filter(({ isRepeated }) => isRepeated)).toHaveLength(1)
    expect(one.import?.snapshot?.id).toBe(other.import?.snapshot?.id)
    const again = await importText(trueup, id, file)
    expect(again).toMatchObject({ isRepeated: true, import: { id: one.import?.id } })
    const { data } = await trueup.ask<{ usageSnapshots: { totalCount: number } }>(
      `{ usageSnapshots(integrationId: "${id}") { totalCount } }`,
    )
    expect(data.usageSnapshots.totalCount).toBe(2)
  })

  test('nothing is imported when a row is wrong; a person may take the companies that are right', async () => {
    const id = await create()
    await importText(trueup, id, reportOf('2026-03-13', NORTHWIND, CONTOSO))
    const file = reportOf(
      DAY,
      ['Northwind', 'Endpoint Cloud', 'lots'],
      ['Contoso', 'Endpoint Cloud', 8],
    )
    const refused = await importText(trueup, id, file)
    expect(codesOf(refused)).toEqual(['REPORT_HAS_PROBLEMS'])
    expect(refused).toMatchObject({
      import: { snapshot: null },
      rowProblemCount: 1,
      rowProblems: [{ code: 'REPORT_NUMBER_UNREADABLE', row: 2, column: 'Used' }],
    })
    expect(refused.problems[0]?.message).toContain('can be taken without the others')
    const log = await trueup.ask<{ activities: { nodes: object[] } }>(
      `{ activities(integrationId: "${id}", first: 1) { nodes { action subject { kind id name } } } }`,
    )
    expect(log.data.activities.nodes).toEqual([
      {
        action: 'REPORT_REFUSED',
        subject: { kind: 'INTEGRATION', id, name: `Workspaces ${count}` },
      },
    ])
    const before = ['Contoso / Endpoint Cloud: 7', 'Northwind / Endpoint Cloud: 12']
    expect(await usageOf(trueup, id)).toEqual(before)
    const taken = await importText(trueup, id, file, { acceptRowsWithProblems: true })
    expect(taken).toMatchObject({ import: { companies: 2, companiesIncomplete: 1 }, problems: [] })
    // The company with the wrong row has no reading of that day: what was known of it stays.
    const { data } = await trueup.ask<{
      usageSnapshot: { counts: { tenant: { name: string }; complete: boolean; reason: string }[] }
    }>(
      `{ usageSnapshot(id: "${taken.import?.snapshot?.id}") { counts { tenant { name } complete reason } } }`,
    )
    expect(data.usageSnapshot.counts).toEqual([
      { tenant: { name: 'Contoso' }, complete: true, reason: null },
      { tenant: { name: 'Northwind' }, complete: false, reason: 'REPORT_ROWS_WRONG' },
    ])
  })

  test('a report of no known day, of an older day, or of tomorrow does not replace what is there', async () => {
    const id = await create()
    await importText(trueup, id, reportOf('2026-03-14', NORTHWIND))
    const older = await importText(trueup, id, reportOf('2026-03-13', NORTHWIND))
    expect(codesOf(older)).toEqual(['REPORT_OLDER'])
    const future = await importText(trueup, id, reportOf('2026-03-16', NORTHWIND))
    expect(codesOf(future)).toEqual(['REPORT_FROM_THE_FUTURE'])
    const said = await importText(trueup, id, reportOf(DAY, NORTHWIND), { reportDay: '2026-03-14' })
    expect(codesOf(said)).toEqual(['REPORT_DAY_NOT_AS_SAID'])
    const undated =
      'Company;Application;Used;Unit;Licence\r\nNorthwind;Endpoint Cloud;3;Devices;L-1\r\n'
    const other = await create()
    const taken = await importText(trueup, other, undated)
    expect(taken.import?.usageDay).toBe(DAY)
    expect(await previewDay(other, undated, '2026-03-14')).toEqual({
      reportDay: '2026-03-14',
      namesDay: false,
    })
    expect(await previewDay(id, reportOf(DAY, NORTHWIND), '2026-03-14')).toEqual({
      reportDay: DAY,
      namesDay: true,
    })
    const dated = await importText(trueup, other, undated, { reportDay: DAY })
    expect(dated).toMatchObject({ isRepeated: false, import: { usageDay: DAY } })
  })

  test('workspaces that are missing are asked for, renamed ones keep their mapping, gone ones stay listed', async () => {
    const id = await create()
    const others = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L'].map(
      (name) => [name, 'Endpoint Cloud', 1] as const,
    )
    await importText(trueup, id, reportOf('2026-03-13', NORTHWIND, CONTOSO, ...others))
    const cut = await importText(trueup, id, reportOf(DAY, NORTHWIND, CONTOSO))
    expect(codesOf(cut)).toEqual(['REPORT_COMPANIES_MISSING'])
    expect(cut.problems[0]?.facts).toContainEqual({ name: 'missing', value: '12' })

    const renamed = reportOf(
      '2026-03-14',
      ['Northwind AG', 'Endpoint Cloud', 13],
      CONTOSO,
      ...others,
    )
    const { data } = await trueup.ask<{ tenants: { nodes: { id: string; name: string }[] } }>(
      `{ tenants(integrationId: "${id}", filter: { nameContains: "northwind" }) { nodes { id name } } }`,
    )
    const wrong = await importText(trueup, id, renamed, {
      renames: [{ from: 'Nobody', to: 'Northwind AG' }],
    })
    expect(codesOf(wrong)).toContain('REPORT_RENAME_IMPOSSIBLE')
    const taken = await importText(trueup, id, renamed, {
      renames: [{ from: 'Northwind', to: 'Northwind AG' }],
    })
    expect(codesOf(taken)).toEqual([])
    const after = await trueup.ask<{ tenants: { nodes: object[] } }>(
      `{ tenants(integrationId: "${id}", filter: { nameContains: "northwind" }) { nodes { id name } } }`,
    )
    expect(after.data.tenants.nodes).toEqual([
      { id: data.tenants.nodes[0]?.id, name: 'Northwind AG' },
    ])
    const gone = await importText(
      trueup,
      id,
      reportOf(DAY, ['Northwind AG', 'Endpoint Cloud', 13], CONTOSO),
      { acceptMissing: true },
    )
    expect(codesOf(gone)).toEqual([])
    expect(await usageOf(trueup, id)).toContain('A: gone')
  })

  test('a file without the end of its last line is asked about when somebody is missing from it', async () => {
    const id = await create()
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L']
    const rows = names.map((name) => [name, 'Endpoint Cloud', 1] as const)
    await importText(trueup, id, reportOf('2026-03-13', ...rows))
    const fewer = reportOf(DAY, ...rows.slice(0, -1))
    const cut = await importText(trueup, id, fewer.trimEnd())
    expect(codesOf(cut)).toEqual(['REPORT_COMPANIES_MISSING'])
    expect(cut.problems[0]?.facts).toContainEqual({ name: 'mayBeCut', value: 'true' })
    expect(codesOf(await importText(trueup, id, fewer))).toEqual([])
  })

  test('columns that are not clear are asked for once, and then known', async () => {
    const id = await create()
    const file = 'Wer;Was;Wieviel\r\nNorthwind;Endpoint Cloud;3\r\n'
    expect(codesOf(await importText(trueup, id, file))).toEqual(['REPORT_PROFILE_NEEDED'])
    const open =
      'Company;Application;Used;Unit;Expires\r\nA;Endpoint Cloud;3;Devices;01.02.2027\r\n'
    expect(codesOf(await importText(trueup, id, open))).toEqual(['REPORT_PROFILE_NEEDED'])
    const profile = {
      company: 'Wer',
      application: 'Was',
      quantities: [{ title: 'Wieviel', unit: 'USER' }],
      defaultUnit: 'DEVICE',
      decimalMark: 'COMMA',
      dayOrder: 'DMY',
      legacyEncoding: 'windows-1252',
      words: [{ word: 'laufend', status: 'RUNNING' }],
    }
    const twice = { ...profile, application: 'Wer' }
    expect(codesOf(await importText(trueup, id, file, { profile: twice }))).toEqual([
      'REPORT_PROFILE_INVALID',
    ])
    expect(codesOf(await importText(trueup, id, file, { profile }))).toEqual([])
    const next = 'Wer;Was;Wieviel\r\nNorthwind;Endpoint Cloud;4\r\n'
    expect(codesOf(await importText(trueup, id, next))).toEqual([])
    const { data } = await trueup.ask<{ integration: { reportProfile: object; version: number } }>(
      `{ integration(id: "${id}") { version reportProfile { company words { word status } } } }`,
    )
    expect(data.integration).toEqual({
      version: 2,
      reportProfile: { company: 'Wer', words: [{ word: 'laufend', status: 'RUNNING' }] },
    })
  })

  test('a file that was read wrongly can be read again by other columns, and then counts anew', async () => {
    const id = await create()
    const file = 'Company;Application;Used;Bought\r\nNorthwind;Endpoint Cloud;3;10\r\n'
    const profile = {
      company: 'Company',
      application: 'Application',
      quantities: [{ title: 'Bought', unit: 'USER' }],
      defaultUnit: 'USER',
      decimalMark: 'COMMA',
      dayOrder: 'DMY',
      legacyEncoding: 'windows-1252',
      words: [],
    }
    await importText(trueup, id, file, { profile })
    expect(await usageOf(trueup, id)).toEqual(['Northwind / Endpoint Cloud: 10'])
    const corrected = { ...profile, quantities: [{ title: 'Used', unit: 'USER' }] }
    const again = await importText(trueup, id, file, { profile: corrected })
    expect(again).toMatchObject({ isRepeated: false, problems: [] })
    expect(await usageOf(trueup, id)).toEqual(['Northwind / Endpoint Cloud: 3'])
  })

  test('the preview shows the columns, the first rows and what is wrong, and stores nothing', async () => {
    const id = await create()
    const base64 = Buffer.from(
      reportOf(DAY, NORTHWIND, ['Contoso', 'Endpoint Cloud', 'x']),
    ).toString('base64')
    const { data } = await trueup.ask<{ previewLicenceReport: { preview: object } }>(
      `mutation($id: ID!, $file: ReportFileInput!) { previewLicenceReport(integrationId: $id, file: $file) {
        preview { format separator encoding header rows { cells } profileOrigin open profile { company dayOrder decimalMark }
          reading { reportDay rows companies companiesIncomplete canAcceptPartial rowProblems { code row column value } }
          appeared missing { name } mustExplainMissing }
        problems { code } } }`,
      { id, file: { base64 } },
    )
    expect(data.previewLicenceReport.preview).toMatchObject({
      format: 'CSV',
      separator: ';',
      profileOrigin: 'PROPOSED',
      open: [],
      profile: { company: 'Company', decimalMark: 'COMMA' },
      rows: [
        {
          cells: [
            'Northwind',
            'Endpoint Cloud',
            '12',
            'Devices',
            'Active',
            '2030-12-31',
            'L-0',
            DAY,
          ],
        },
        {},
      ],
      reading: {
        reportDay: DAY,
        rows: 2,
        companies: 2,
        companiesIncomplete: 1,
        canAcceptPartial: true,
        rowProblems: [{ code: 'REPORT_NUMBER_UNREADABLE', row: 3, column: 'Used', value: 'x' }],
      },
      appeared: ['Contoso', 'Northwind'],
      missing: [],
    })
    expect(await usageOf(trueup, id)).toEqual([])
  })

  test('an integration that reads a server takes no reports, and one of reports has no server', async () => {
    const id = await storeIntegration(trueup, 'A server')
    expect(codesOf(await importText(trueup, id, reportOf(DAY, NORTHWIND)))).toEqual([
      'USAGE_NOT_TAKEN_IN',
    ])
    const reports = await create()
    const { data } = await trueup.ask<{ updateIntegration: { problems: { code: string }[] } }>(
      `mutation { updateIntegration(id: "${reports}", version: 1, input: { securityCenter: { url: "https://ksc.example" } }) {
        problems { code } } }`,
    )
    expect(data.updateIntegration.problems).toEqual([{ code: 'SOURCE_HAS_NO_SERVER' }])
    const none = await importText(trueup, reports, '', { file: { name: 'nothing.csv' } })
    expect(codesOf(none)).toEqual(['REPORT_FILE_MISSING'])
  })

  test('every import and every refusal is remembered with its reason', async () => {
    const id = await create()
    await importText(trueup, id, reportOf(DAY, NORTHWIND))
    await importText(trueup, id, 'nothing')
    const { data } = await trueup.ask<{ usageImports: { nodes: object[] } }>(
      `{ usageImports(integrationId: "${id}") { nodes { name kind actor usageDay problems { code } snapshot { usageDay } } } }`,
    )
    expect(data.usageImports.nodes).toMatchObject([
      { name: 'report.csv', usageDay: null, snapshot: null, problems: [{}] },
      {
        usageDay: DAY,
        kind: 'LICENCE_REPORT',
        actor: 'token TRUEUP_ADMIN_TOKEN',
        snapshot: { usageDay: DAY },
      },
    ])
  })
})
