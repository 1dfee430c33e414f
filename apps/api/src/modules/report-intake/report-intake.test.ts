import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { reportOf, storeReportIntegration, usageOf } from '../../../test/kit/reports.ts'
import { startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'
import { createReportFolder, QUIET_MS, toFolderName, type ReportFolder } from './report-folder.ts'
import { parseImportFlags, runImportCommand, type ImportFlags } from './run-import-command.ts'

const DAY = '2026-03-15'
const GOOD = reportOf(DAY, ['Northwind', 'Endpoint Cloud', 12])

let trueup: TestApp
let dir: string
beforeAll(async () => {
  trueup = await startTestApp('sqlite')
})
afterAll(() => trueup.close())
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'trueup-reports-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

let count = 0
async function create(): Promise<{ id: string; name: string }> {
  count += 1
  const name = `Cloud ${count}`
  return { id: await storeReportIntegration(trueup, { name }), name }
}
const importsOf = async (id: string): Promise<number> =>
  (
    await trueup.ask<{ usageSnapshots: { totalCount: number } }>(
      `{ usageSnapshots(integrationId: "${id}") { totalCount } }`,
    )
  ).data.usageSnapshots.totalCount

describe('the folder of reports', () => {
  let folder: ReportFolder
  let own: string
  let id: string
  beforeEach(async () => {
    const created = await create()
    id = created.id
    own = join(dir, created.name)
    folder = createReportFolder(trueup.app.services, dir)
    await folder.look()
  })
  afterEach(() => folder.stop())

  const lookAgain = (): Promise<number> => {
    trueup.clock.advance(QUIET_MS)
    return folder.look()
  }

  test('each integration of reports has a folder, and a file in it is imported and put away', async () => {
    writeFileSync(join(own, 'march.csv'), GOOD)
    expect(await folder.look()).toBe(1)
    expect(await lookAgain()).toBe(0)
    expect(await usageOf(trueup, id)).toEqual(['Northwind / Endpoint Cloud: 12'])
    expect(existsSync(join(own, 'march.csv'))).toBe(false)
    const [report, text] = readdirSync(join(own, 'imported')).toSorted()
    expect(report).toMatch(/ march\.csv$/)
    expect(readFileSync(join(own, 'imported', text ?? ''), 'utf8')).toBe(
      'march.csv is imported: 1 workspaces of 2026-03-15.\n',
    )
  })

  test('a file that is still being written waits until it is whole', async () => {
    const half = GOOD.length / 2
    writeFileSync(join(own, 'march.csv'), GOOD.slice(0, half))
    expect(await folder.look()).toBe(1)
    appendFileSync(join(own, 'march.csv'), GOOD.slice(half))
    expect(await lookAgain()).toBe(1)
    expect(await importsOf(id)).toBe(0)
    expect(await lookAgain()).toBe(0)
    expect(await usageOf(trueup, id)).toEqual(['Northwind / Endpoint Cloud: 12'])
  })

  test('what programs write under another name first is left alone', async () => {
    for (const name of ['march.csv.part', '~$march.xlsx', '.march.csv', 'march.crdownload'])
      writeFileSync(join(own, name), GOOD)
    expect(await folder.look()).toBe(0)
    expect(await importsOf(id)).toBe(0)
  })

  test('a report that is refused is put away with every reason, and changes nothing', async () => {
    writeFileSync(join(own, 'march.csv'), reportOf(DAY, ['Northwind', 'Endpoint Cloud', 'lots']))
    await folder.look()
    await lookAgain()
    expect(await importsOf(id)).toBe(0)
    const text = readdirSync(join(own, 'refused')).find((name) => name.endsWith('.txt')) ?? ''
    const lines = readFileSync(join(own, 'refused', text), 'utf8').split('\n')
    expect(lines[0]).toBe('march.csv was not imported.')
    expect(lines[1]).toContain('REPORT_HAS_PROBLEMS')
    expect(lines[2]).toBe(
      'row 2, “Used”: “lots”: This is no whole number from 0 on. (REPORT_NUMBER_UNREADABLE)',
    )
  })

  test('the same file again is the same snapshot, and says so', async () => {
    for (const name of ['a.csv', 'b.csv']) writeFileSync(join(own, name), GOOD)
    await folder.look()
    await lookAgain()
    expect(await importsOf(id)).toBe(1)
    const texts = readdirSync(join(own, 'imported'))
      .filter((name) => name.endsWith('b.csv.txt'))
      .map((name) => readFileSync(join(own, 'imported', name), 'utf8'))
    expect(texts).toEqual([
      'b.csv was imported before: 1 workspaces of 2026-03-15. Nothing was changed.\n',
    ])
  })

  test('it is told of new files by the system, without looking all the time', async () => {
    await folder.start()
    mkdirSync(own, { recursive: true })
    writeFileSync(join(own, 'march.csv'), GOOD)
    await vi.waitFor(() => expect(readdirSync(join(own, 'imported'))).toHaveLength(2), 10_000)
    await folder.stop()
    expect(await importsOf(id)).toBe(1)
  })

  test('a folder that cannot be made is told in the log and keeps nobody from starting', async () => {
    writeFileSync(join(dir, 'a file'), '')
    const impossible = createReportFolder(trueup.app.services, join(dir, 'a file', 'reports'))
    await impossible.start()
    await impossible.stop()
    expect(trueup.logged.join('\n')).toContain('Nobody tells of new reports')
  })

  test('names of integrations become names of folders on any system', () => {
    expect(toFolderName('Büro: Nord/Süd')).toBe('Büro- Nord-Süd')
    expect(toFolderName('..')).toBe('integration')
    expect(toFolderName('Cloud. ')).toBe('Cloud')
  })
})

describe('npm run import', () => {
  const flags = (changes: Partial<ImportFlags>): ImportFlags => ({
    path: join(dir, 'march.csv'),
    integration: null,
    day: null,
    acceptRowsWithProblems: false,
    acceptMissing: false,
    ...changes,
  })
  const run = (changes: Partial<ImportFlags>): ReturnType<typeof runImportCommand> =>
    runImportCommand(trueup.app.services, flags(changes))

  test('imports a file for the integration that is named, in any case of its letters', async () => {
    const { id, name } = await create()
    writeFileSync(join(dir, 'march.csv'), GOOD)
    const done = await run({ integration: name.toUpperCase() })
    expect(done).toEqual({
      lines: ['march.csv is imported: 1 workspaces of 2026-03-15.'],
      isWell: true,
    })
    expect(await importsOf(id)).toBe(1)
    expect((await run({ integration: id })).lines[0]).toContain('was imported before')
  })

  test('what keeps a file from being imported is said line by line', async () => {
    const { name } = await create()
    await create()
    expect((await run({})).lines).toEqual([`There is no file ${join(dir, 'march.csv')}.`])
    writeFileSync(
      join(dir, 'march.csv'),
      reportOf(DAY, ['A', 'Endpoint Cloud', 'x'], ['B', 'X', 1]),
    )
    expect((await run({})).lines[0]).toContain(`--integration: “Cloud 1”`)
    expect((await run({ integration: 'nobody' })).isWell).toBe(false)
    const refused = await run({ integration: name })
    expect(refused.isWell).toBe(false)
    expect(refused.lines).toHaveLength(3)
    const taken = await run({ integration: name, acceptRowsWithProblems: true })
    expect(taken.isWell).toBe(true)
    expect(taken.lines[0]).toContain('1 of them were not taken')
  })

  test('flags that make no sense are told apart from those that do', () => {
    expect(parseImportFlags(['report.csv', '--integration', 'Cloud', '--day', DAY])).toEqual({
      path: 'report.csv',
      integration: 'Cloud',
      day: DAY,
      acceptRowsWithProblems: false,
      acceptMissing: false,
    })
    for (const wrong of [[], ['a', 'b'], ['a', '--force'], ['a', '--day', 'today']])
      expect(parseImportFlags(wrong)).toBeNull()
  })
})
