import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { choose, goTo, runNow, save } from '../src/actions.ts'
import { openBrowser, signIn, takeScreenshot } from '../src/browser.ts'
import { startTrueup, type Trueup } from '../src/trueup.ts'

const today = '2026-03-10'
const application = 'Kaspersky Endpoint Security Cloud'
const service = 'Cloud protection'

let trueup: Trueup
let browser: Browser
let page: Page
let folder: string
let customer: { readonly company: string; readonly account: string }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'trueup-report-'))
  trueup = await startTrueup({ virtualServers: 6, devices: 90, day: today })
  trueup.sandbox.hand.addService({ name: service, unitPrice: 2.5 })
  customer = findCustomer()
  browser = await openBrowser()
  page = await signIn(browser, trueup)
  page.setDefaultTimeout(15_000)
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await takeScreenshot(page, 'licence-report-failed')
})

afterAll(async () => {
  await browser?.close()
  await trueup?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a workspace is billed from its licence report: created, uploaded, mapped, run, confirmed', async () => {
  await createIntegration()
  await importReport(await exportReport('march.csv'))
  await takeScreenshot(page, 'reports')

  await goTo(page, 'Services')
  await choose(page, `Autotask service for ${application}`, service)
  await save(page)
  await goTo(page, 'Accounts')
  await page.getByRole('columnheader', { name: 'Workspace' }).waitFor()
  await page
    .getByRole('searchbox', { name: 'Search workspaces' })
    .fill(customer.company.slice(1, 9))
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await choose(page, `Autotask account for ${customer.company}`, customer.account)
  await page.getByRole('switch', { name: `Bill ${customer.company}` }).click()
  await choose(page, `Contract for ${customer.company}`, 'Managed Services')
  await save(page)
  await takeScreenshot(page, 'workspaces')

  await runNow(page)
  const adjustment = page.getByRole('row').filter({ hasText: customer.company })
  await adjustment.getByText('Confirmed', { exact: true }).waitFor()
  expect(billedUnits()).toEqual([reportedUnits()])
})

async function createIntegration(): Promise<void> {
  const { autotask } = trueup.sandbox.connection
  await page.getByRole('radio', { name: /^Licence reports/u }).click()
  await page.getByLabel('Integration name').fill('Cloud')
  await page.getByLabel('API user name').fill(autotask.userName)
  await page.getByLabel('API secret').fill(autotask.secret)
  await page.getByLabel('Tracking identifier').fill(autotask.integrationCode)
  await page.getByLabel('Service address').fill(autotask.url)
  await takeScreenshot(page, 'new-report-integration')
  await page.getByRole('button', { name: 'Create integration' }).click()
  await page.getByText('Read from Kaspersky and Autotask').first().waitFor()
}

/** Chosen, looked at and imported with the keyboard alone. */
async function importReport(file: string): Promise<void> {
  await goTo(page, 'Reports')
  await page.getByLabel('Licence report', { exact: true }).setInputFiles(file)
  await page.getByRole('region', { name: 'First rows of the report' }).waitFor()
  await takeScreenshot(page, 'report-preview')
  const button = page.getByRole('button', { name: 'Import report' })
  await button.focus()
  await page.keyboard.press('Enter')
  await page.getByText('The report is imported').first().waitFor()
  await page.getByRole('cell', { name: /^march\.csv/u }).waitFor()
}

/** The report as a person in Germany would have it after opening and saving it in Excel. */
async function exportReport(name: string): Promise<string> {
  const { control } = trueup.sandbox.connection
  const query = new URLSearchParams({ locale: 'de-DE', encoding: 'windows-1252', totals: 'true' })
  const response = await fetch(`${control}/licence-report?${query.toString()}`)
  const file = join(folder, name)
  writeFileSync(file, Buffer.from(await response.arrayBuffer()))
  return file
}

/** A customer of the application whose account has an open monthly contract. */
function findCustomer(): { company: string; account: string } {
  const { accounts, contracts, workspaces } = trueup.sandbox.state()
  for (const { company, licences } of workspaces) {
    const usesIt = licences.some((one) => one.application === application && one.type !== 'trial')
    const account = accounts.find(({ companyName }) => companyName.startsWith(company))
    const contract = contracts.find(
      ({ companyID, contractName }) =>
        companyID === account?.id && contractName.startsWith('Managed Services'),
    )
    if (usesIt && account !== undefined && contract !== undefined)
      return { company, account: account.companyName }
  }
  throw new Error('The world has no workspace that could be billed.')
}

/** What the world knows of the customer's running licences. */
function reportedUnits(): number {
  const { workspaces } = trueup.sandbox.state()
  const { licences = [] } = workspaces.find(({ company }) => company === customer.company) ?? {}
  return licences
    .filter((one) => one.application === application && one.type !== 'trial' && !one.paused)
    .filter(({ expiresOn }) => expiresOn === null || expiresOn >= today)
    .reduce((sum, { used }) => sum + used, 0)
}

/** The units that Autotask bills for the service today, of every line there is. */
function billedUnits(): number[] {
  return trueup.sandbox
    .state()
    .lines.filter(({ serviceName }) => serviceName === service)
    .flatMap(({ unitPeriods }) =>
      unitPeriods
        .filter(({ startDate, endDate }) => startDate <= today && today <= endDate)
        .map(({ units }) => units),
    )
}
