import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { runNow } from '../src/actions.ts'
import { openBrowser, signIn, takeScreenshot } from '../src/browser.ts'
import { createIntegration, startTrueup, type Trueup } from '../src/trueup.ts'

let trueup: Trueup
let browser: Browser
let page: Page
let integrationId: string
/** Units of every line and period that carries any, as Autotask had them before the first run. */
let before: readonly string[]

beforeAll(async () => {
  trueup = await startTrueup({ virtualServers: 6, devices: 90, day: '2026-03-10' })
  integrationId = await createIntegration(trueup)
  await mapOneCustomer()
  before = billedUnits()
  browser = await openBrowser()
  page = await signIn(browser, trueup)
  page.setDefaultTimeout(15_000)
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await takeScreenshot(page, 'take-back-failed')
})

afterAll(async () => {
  await browser?.close()
  await trueup?.stop()
})

test('an administrator takes a confirmed adjustment back, and Autotask carries what it did before', async () => {
  await runNow(page)
  expect(billedUnits()).not.toEqual(before)
  const billed = page.url()
  await page
    .getByRole('button', { name: /^Why: / })
    .first()
    .click()
  await page.getByRole('button', { name: /^Take back: / }).click()
  const dialog = page.getByRole('dialog', { name: 'Take back 1 adjustment' })
  await dialog.getByText('Leaves it alone: stopped').waitFor()
  await takeScreenshot(page, 'take-back-preview')
  await dialog.getByRole('button', { name: 'Take back 1 adjustment' }).click()

  await page.getByRole('heading', { name: /^Take-back of/u }).waitFor()
  await page.getByRole('status').filter({ hasText: 'Completed' }).waitFor()
  expect(billedUnits()).toEqual(before)
  await recompute()
  await page
    .getByRole('button', { name: /^Why: / })
    .first()
    .click()
  await takeScreenshot(page, 'take-back')
  await page.getByRole('link', { name: /^run of / }).click()
  await page.waitForURL(billed)
  await page
    .getByRole('button', { name: /^Why: / })
    .first()
    .click()
  await page.getByRole('link', { name: /^take-back of / }).waitFor()
  expect(await page.getByRole('button', { name: /^Take back: / }).count()).toBe(0)
  await takeScreenshot(page, 'taken-back')

  // The line is stopped: a run bills nothing, and a person can have it billed again.
  await runNow(page)
  expect(billedUnits()).toEqual(before)
  await page.getByRole('tab', { name: 'Findings' }).click()
  await page.getByRole('link', { name: 'Resume the line' }).click()
  await page.getByRole('heading', { name: 'Lines to decide' }).waitFor()
  await takeScreenshot(page, 'lines')
})

/** The run that is shown would post today exactly what it posted then. */
async function recompute(): Promise<void> {
  await page.getByRole('tab', { name: 'Recompute' }).click()
  await page.getByRole('button', { name: 'Recompute this day' }).click()
  await page.getByText(/exactly as it was written\.$/u).waitFor()
  await page.getByRole('tab', { name: 'Adjustments' }).click()
}

/** One customer, one application, one service that nobody has on a contract yet. */
async function mapOneCustomer(): Promise<void> {
  trueup.sandbox.hand.addService({ name: 'Endpoint protection', unitPrice: 3.5 })
  await trueup.ask(
    'mutation ($id: ID!) { readDirectory(integrationId: $id) { problems { code } } }',
    { id: integrationId },
  )
  const found = await trueup.ask<Directory>(DIRECTORY, { id: integrationId })
  const { usage } = trueup.sandbox.state()
  const named = found.tenants.nodes.flatMap((tenant) => {
    const account = found.autotaskAccounts.nodes.find(({ name }) =>
      isAlike(name, tenant.name.replace(/^VS\S*\s/u, '')),
    )
    const contract = account?.contracts.find(
      ({ unavailableBecause }) => unavailableBecause === null,
    )
    const [used] = usage.filter(({ virtualServer }) => virtualServer === tenant.name)
    return contract === undefined || used === undefined ? [] : [{ tenant, account, contract, used }]
  })
  const [customer] = named
  const service = found.services.nodes.find(({ name }) => name === 'Endpoint protection')
  const application = found.applications.find(({ name }) => name === customer?.used.application)
  await trueup.ask(
    `mutation ($id: ID!, $services: [ServiceMappingInput!]!, $accounts: [AccountMappingInput!]!) {
      saveServiceMappings(integrationId: $id, rows: $services) { problems { code message } }
      saveAccountMappings(integrationId: $id, rows: $accounts) { problems { code message } }
    }`,
    {
      id: integrationId,
      services: [{ applicationId: application?.id, serviceId: service?.id }],
      accounts: [
        {
          tenantId: customer?.tenant.id,
          version: customer?.tenant.mapping.version,
          accountId: customer?.account?.id,
          billingEnabled: true,
          contractId: customer?.contract.id,
        },
      ],
    },
  )
}

interface Directory {
  readonly tenants: {
    readonly nodes: readonly {
      readonly id: string
      readonly name: string
      readonly mapping: { readonly version: number }
    }[]
  }
  readonly autotaskAccounts: {
    readonly nodes: readonly {
      readonly id: string
      readonly name: string
      readonly contracts: readonly {
        readonly id: string
        readonly unavailableBecause: string | null
      }[]
    }[]
  }
  readonly services: { readonly nodes: readonly { readonly id: string; readonly name: string }[] }
  readonly applications: readonly { readonly id: string; readonly name: string }[]
}

const DIRECTORY = `query ($id: ID!) {
  tenants(integrationId: $id, first: 100) { nodes { id name mapping { version } } }
  autotaskAccounts(integrationId: $id, first: 100) { nodes { id name contracts { id unavailableBecause } } }
  services(integrationId: $id, first: 100) { nodes { id name } }
  applications(integrationId: $id) { id name }
}`

/** Names differ in their marks, and in what the one or the other adds. */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => name.normalize('NFC').toLowerCase())
  return a !== undefined && b !== undefined && (a.startsWith(b) || b.startsWith(a))
}

function billedUnits(): string[] {
  return trueup.sandbox
    .state()
    .unitPeriods.filter(({ units }) => units > 0)
    .map(({ contractID, serviceID, startDate, units }) =>
      [contractID, serviceID, startDate, units].join(' '),
    )
    .toSorted()
}
