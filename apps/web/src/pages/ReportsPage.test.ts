import { fireEvent, screen, within } from '@testing-library/vue'
import { describe, expect, test } from 'vitest'
import { openPage, type OpenPage } from '../../test/kit/open-page.ts'
import { openOffice } from '../../test/office/office.ts'
import ReportsPage from './ReportsPage.vue'

const path = '/integrations/integration-1/reports'

async function open(): Promise<OpenPage> {
  const office = openOffice({ tenants: 3 })
  const integration = office.state.integrations[0]
  if (integration !== undefined)
    Object.assign(integration, { source: 'LICENCE_REPORT', securityCenter: null })
  return openPage(ReportsPage, path, office)
}
async function choose({ user }: OpenPage, name: string): Promise<void> {
  const input = await screen.findByLabelText('Licence report')
  await user.upload(input, new File(['…'], name, { type: 'text/csv' }))
  await screen.findByRole('button', { name: 'Import report' })
}
function importButton(): HTMLButtonElement {
  return screen.getByRole<HTMLButtonElement>('button', { name: 'Import report' })
}
function lastInput({ office }: OpenPage): unknown {
  const call = office.state.calls.findLast(({ name }) => name === 'importLicenceReport')
  return call?.args['input']
}
async function select({ user }: OpenPage, label: string, option: RegExp): Promise<void> {
  await user.click(screen.getByRole('combobox', { name: label }))
  await user.click(await screen.findByRole('option', { name: option }))
}

describe('the page of licence reports', () => {
  test('a clear report is looked at, imported, and stands in the history', async () => {
    const page = await open()
    await screen.findByText('No report yet')
    await choose(page, 'august.csv')
    const rows = within(screen.getByRole('region', { name: 'First rows of the report' }))
    expect(rows.getByText('Northwind')).toBeTruthy()
    expect(screen.getByText(/3 rows of 16 Aug 2026/)).toBeTruthy()
    await page.user.click(importButton())
    await screen.findByText('The report is imported')
    expect(await screen.findByText('august.csv')).toBeTruthy()
    expect(lastInput(page)).toMatchObject({
      profile: { company: 'Company', quantities: [{ title: 'Used' }] },
      acceptRowsWithProblems: false,
      acceptMissing: false,
    })
  })

  test('a report can be dropped on the page', async () => {
    await open()
    const drop = (await screen.findByLabelText('Licence report')).closest('label')
    if (drop === null) throw new Error('the file input has no label around it')
    const file = new File(['…'], 'dropped.csv')
    await fireEvent.drop(drop, { dataTransfer: { files: [file] } })
    expect(await screen.findByText('dropped.csv')).toBeTruthy()
  })

  test('columns that nobody knows are chosen before anything can be imported', async () => {
    const page = await open()
    await choose(page, 'unknown-columns.csv')
    expect(importButton().disabled).toBe(true)
    await select(page, 'Company', /^Company$/)
    await select(page, 'Application', /^Application$/)
    await select(page, 'Used quantity', /^Used$/)
    await screen.findByText(/3 rows of/)
    expect(importButton().disabled).toBe(false)
  })

  test('the day of a report is asked for when it does not say it, and only then', async () => {
    const page = await open()
    await choose(page, 'august.csv')
    expect(screen.queryByLabelText('Which day is it of?')).toBeNull()
    await choose(page, 'undated.csv')
    const day = await screen.findByLabelText<HTMLInputElement>('Which day is it of?', {
      selector: 'input',
    })
    expect(day.value).toBe('2026-08-17')
    day.value = '2026-08-14'
    await fireEvent.change(day)
    await screen.findByText(/3 rows of 14 Aug 2026/)
    await page.user.click(importButton())
    await screen.findByText('The report is imported')
    expect(lastInput(page)).toMatchObject({ reportDay: '2026-08-14' })
  })

  test('what the file leaves open is said before a person confirms it by importing', async () => {
    const page = await open()
    await choose(page, 'unclear.csv')
    expect(screen.getByText(/whether the day or the month comes first/)).toBeTruthy()
    await select(page, 'Days', /month first/)
    await page.user.click(importButton())
    await screen.findByText('The report is imported')
    expect(lastInput(page)).toMatchObject({ profile: { dayOrder: 'MDY' } })
  })

  test('wrong rows stop the import until a person takes the others or explains the word', async () => {
    const page = await open()
    await choose(page, 'wrong-rows.csv')
    expect(screen.getByText('1 problem in the report')).toBeTruthy()
    expect(screen.getByText('REPORT_WORD_UNKNOWN')).toBeTruthy()
    expect(importButton().disabled).toBe(true)
    await page.user.click(screen.getByRole('switch', { name: /^Import the 2 workspaces/ }))
    expect(importButton().disabled).toBe(false)
    await select(page, 'Meaning of laufend', /in force: counts/)
    await page.user.click(importButton())
    await screen.findByText('The report is imported')
    expect(lastInput(page)).toMatchObject({
      profile: { words: [{ word: 'laufend', status: 'RUNNING' }] },
    })
  })

  test('for each workspace that is missing a person says what became of it', async () => {
    const page = await open()
    await choose(page, 'missing.csv')
    expect(importButton().disabled).toBe(true)
    await select(page, 'What became of Northwind', /Now called Northwind AG/)
    expect(importButton().disabled).toBe(true)
    await page.user.click(screen.getByRole('button', { name: 'All others are gone' }))
    await page.user.click(importButton())
    await screen.findByText('The report is imported')
    expect(lastInput(page)).toMatchObject({
      acceptMissing: true,
      renames: [{ from: 'Northwind', to: 'Northwind AG' }],
    })
  })

  test('an integration that reads its server takes no reports', async () => {
    await openPage(ReportsPage, path)
    expect(await screen.findByText('This integration reads its server')).toBeTruthy()
  })
})
