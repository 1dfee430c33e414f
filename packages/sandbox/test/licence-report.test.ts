import { readSheet } from 'read-excel-file/node'
import { describe, expect, it } from 'vitest'
import { createClock } from '../src/clock.ts'
import { writeLicenceReport } from '../src/report/licence-report.ts'
import type { ReportOptionsInput } from '../src/report/options.ts'
import type { Workspace, WorkspaceLicence } from '../src/world/workspaces/workspace-state.ts'
import { workspaceTruth } from '../src/world/workspaces/workspace-state.ts'

const licence: WorkspaceLicence = {
  id: 'L-1',
  application: 'Kaspersky Endpoint Security Cloud Plus',
  unit: 'user',
  type: 'subscription',
  used: 1_234,
  limit: 2_000,
  paused: false,
  expiresOn: '2025-04-05',
}

const workspaces: Workspace[] = [
  {
    id: 'w1',
    company: 'Müller; Söhne "Elektro" GmbH',
    registeredOn: '2024-01-01',
    licences: [
      licence,
      { ...licence, id: 'L-2', used: 6, expiresOn: null },
      { ...licence, id: 'L-3', used: 9, type: 'trial' },
      { ...licence, id: 'L-4', used: 8, expiresOn: '2025-03-14' },
      { ...licence, id: 'L-5', used: 7, paused: true },
    ],
  },
  {
    id: 'w2',
    company: 'Łódź Hurtownia',
    registeredOn: '2024-01-01',
    licences: [
      {
        ...licence,
        id: 'L-6',
        application: 'Kaspersky Security for Microsoft Office 365',
        unit: 'mailbox',
        used: 0,
      },
    ],
  },
]

const world = { workspaces: { workspaces }, clock: createClock('2025-03-15') }
const write = (options: ReportOptionsInput) => writeLicenceReport(world, options)
const lines = async (options: ReportOptionsInput, decoder = 'utf-8') =>
  new TextDecoder(decoder).decode(await write(options)).split('\r\n')

describe('the true usage of workspaces', () => {
  it('sums active commercial and subscription licences, and shows a used licence of zero', () => {
    expect(workspaceTruth({ workspaces }, '2025-03-15')).toEqual([
      expect.objectContaining({ workspaceId: 'w1', unit: 'user', used: 1_240 }),
      expect.objectContaining({ workspaceId: 'w2', unit: 'mailbox', used: 0 }),
    ])
    expect(workspaceTruth({ workspaces }, '2025-04-06')[0]).toMatchObject({ used: 6 })
  })
})

describe('a licence report as CSV', () => {
  it('is written as an American console would', async () => {
    const [header, first, second] = await lines({ encoding: 'utf-8' })
    expect(header).toBe(
      'Company,Application,License ID,License type,License status,Unit,Used,License limit,Expiration date,Report date',
    )
    expect(first).toBe(
      '"Müller; Söhne ""Elektro"" GmbH",Kaspersky Endpoint Security Cloud Plus,L-1,Subscription,Active,Users,1234,2000,4/5/2025,3/15/2025',
    )
    expect(second).toContain(',6,2000,Unlimited,3/15/2025')
  })

  it('is written as a German console would, with the marks of the country', async () => {
    const [, first, , , expired, paused] = await lines({
      locale: 'de-DE',
      encoding: 'utf-8',
      numbers: 'grouped',
    })
    expect(first).toContain(';Abonnement;Aktiv;Benutzer;1.234;2.000;05.04.2025;15.03.2025')
    expect(expired).toContain(';Abgelaufen;')
    expect(paused).toContain(';Angehalten;')
    const decimals = await lines({ locale: 'fr-FR', encoding: 'utf-8', numbers: 'decimals' })
    expect(decimals[1]).toContain(';1234,00;2000,00;05/04/2025;')
  })

  it.each([
    ['utf-8-bom', 'utf-8', [0xef, 0xbb, 0xbf]],
    ['utf-16le-bom', 'utf-16le', [0xff, 0xfe]],
    ['windows-1252', 'windows-1252', [0x55, 0x6e]],
  ] as const)('is written in %s', async (encoding, decoder, start) => {
    const bytes = await write({ locale: 'de-DE', encoding })
    expect([...bytes.subarray(0, start.length)]).toEqual(start)
    expect(new TextDecoder(decoder).decode(bytes)).toContain('Müller; Söhne ""Elektro"" GmbH')
  })

  it('loses letters that windows-1252 lacks, as Excel does', async () => {
    const text = (await lines({ encoding: 'windows-1252' }, 'windows-1252')).join('\n')
    expect(text).toContain('?ód? Hurtownia')
  })

  it('takes any separator, quotes and line end', async () => {
    const bytes = await write({ separator: '\t', quoted: 'all', lineEnd: 'lf', encoding: 'utf-8' })
    expect(bytes.toString().split('\n')[0]).toMatch(/^"Company"\t"Application"\t/u)
  })

  it('can have a column for each unit, lines above the header and a line of totals', async () => {
    const all = await lines({
      locale: 'es-ES',
      encoding: 'utf-8',
      units: 'columns',
      preamble: true,
      totals: true,
    })
    expect(all.slice(0, 3)).toEqual(['Informe de licencias', 'Fecha del informe;15/3/2025', ''])
    expect(all[3]).toContain(';Dispositivos;Usuarios;Buzones;')
    expect(all[4]).toContain(';;1234;;2000;')
    expect(all.at(-2)).toBe('Total;;;;;0;1264;0;12000;')
  })
})

describe('a licence report as XLSX', () => {
  it('holds numbers and dates as such', async () => {
    const rows = await readSheet(await write({ format: 'xlsx', locale: 'pl-PL' }))
    expect(rows).toHaveLength(7)
    expect(rows[0]?.[0]).toBe('Firma')
    expect(rows[1]?.slice(5)).toEqual([
      'Użytkownicy',
      1_234,
      2_000,
      new Date('2025-04-05T00:00:00Z'),
      new Date('2025-03-15T00:00:00Z'),
    ])
    expect(rows[6]?.[0]).toBe('Łódź Hurtownia')
  })

  it('can hold everything as text', async () => {
    const options = { format: 'xlsx', locale: 'de-DE', cells: 'text', numbers: 'grouped' } as const
    const rows = await readSheet(await write(options))
    expect(rows[1]?.slice(6)).toEqual(['1.234', '2.000', '05.04.2025', '15.03.2025'])
  })
})
