import { objectOf, toConnection } from './connection.ts'
import type { OfficeState } from './office.ts'
import { today } from './world.ts'

type Args = Record<string, unknown>

/** The office's reports: what a file says is decided by its name, because nobody reads it here. */
export function reportAnswers(state: OfficeState): Record<string, (args: Args) => unknown> {
  const imports: object[] = []
  return {
    previewLicenceReport: (args) => {
      state.calls.push({ name: 'previewLicenceReport', args })
      const { upload } = objectOf(args['file'])
      const name = upload instanceof File ? upload.name : ''
      const preview = toPreview(name, args['profile'] ?? null)
      return {
        preview:
          name === 'undated.csv'
            ? {
                ...preview,
                reading: { ...reading, namesDay: false, reportDay: args['reportDay'] ?? today },
              }
            : preview,
        problems: [],
      }
    },
    importLicenceReport: (args) => {
      state.calls.push({ name: 'importLicenceReport', args })
      const { upload } = objectOf(objectOf(args['input'])['file'])
      const taken = {
        id: `import-${imports.length + 1}`,
        kind: 'LICENCE_REPORT',
        name: upload instanceof File ? upload.name : '',
        at: '2026-08-17T09:30:00.000Z',
        actor: 'admin',
        usageDay: '2026-08-16',
        companies: 3,
        companiesIncomplete: 0,
        problemCount: 0,
        problems: [],
      }
      imports.unshift(taken)
      return { import: taken, isRepeated: false, problems: [] }
    },
    usageImports: (args) => toConnection(imports, args),
  }
}

const header = ['Company', 'Application', 'Used', 'Status', 'Expires']
const profile = {
  company: 'Company',
  application: 'Application',
  quantities: [{ title: 'Used', unit: null }],
  unit: null,
  limit: null,
  status: 'Status',
  type: null,
  expiry: 'Expires',
  reportDay: null,
  licenceId: null,
  defaultUnit: 'DEVICE',
  decimalMark: 'COMMA',
  dayOrder: 'DMY',
  legacyEncoding: 'windows-1252',
  words: [],
}
const reading = {
  reportDay: '2026-08-16',
  namesDay: true,
  rows: 3,
  rowsCounted: 3,
  rowsWrong: 0,
  rowsOverLimit: 0,
  companies: 3,
  companiesIncomplete: 0,
  units: 24,
  mayBeCut: false,
  canAcceptPartial: false,
  rowProblemCount: 0,
  rowProblems: [],
}

function toPreview(name: string, given: unknown): object {
  const preview = {
    format: 'CSV',
    encoding: 'utf-8',
    separator: ';',
    header,
    rows: [{ cells: ['Northwind', 'Endpoint Cloud', '12', 'Active', '01.02.2027'] }],
    profile: given ?? profile,
    profileOrigin: given === null ? 'PROPOSED' : 'GIVEN',
    proposedProfile: profile,
    open: [],
    fileProblems: [],
    reading,
    missing: [],
    appeared: ['Northwind AG'],
    mustExplainMissing: false,
  }
  if (name === 'unknown-columns.csv' && given === null)
    return { ...preview, profile: null, reading: null }
  if (name === 'unclear.csv' && given === null) return { ...preview, open: ['DAY_ORDER'] }
  if (name === 'missing.csv') return { ...preview, missing: vanished, mustExplainMissing: true }
  const isExplained = objectOf(given)['words'] instanceof Array && wordsOf(given).length > 0
  return name === 'wrong-rows.csv' && !isExplained ? { ...preview, reading: wrong } : preview
}

function wordsOf(given: unknown): readonly unknown[] {
  const { words } = objectOf(given)
  return Array.isArray(words) ? words : []
}

const vanished = ['Northwind', 'Contoso'].map((name) => ({
  __typename: 'Workspace',
  id: `tenant-${name}`,
  name,
}))
const wrong = {
  ...reading,
  companiesIncomplete: 1,
  canAcceptPartial: true,
  rowProblemCount: 1,
  rowProblems: [
    {
      code: 'REPORT_WORD_UNKNOWN',
      row: 3,
      column: 'Status',
      value: 'laufend',
      message: 'This word is not known. Say what it means.',
    },
  ],
}
