import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { choose, goTo, runNow, save } from '../src/actions.ts'
import { openBrowser, signIn, takeScreenshot } from '../src/browser.ts'
import { createIntegration, startTrueup, type Trueup } from '../src/trueup.ts'

const today = '2026-03-10'
const thisPeriod = '2026-03-01'

/** Three customers with a monthly contract whose current period is open, as the seed makes them. */
const customerNames = ['Szűcs Faipari', 'Török Könyvelés', 'Vogelsänger Steuerberatung']

interface Customer {
  readonly tenant: string
  readonly account: string
}

const services = [
  {
    application: 'Kaspersky Endpoint Security for Business - Select',
    service: 'Endpoint protection',
  },
  {
    application: 'Kaspersky Endpoint Security for Business - Advanced',
    service: 'Endpoint protection',
  },
  {
    application: 'Kaspersky Endpoint Detection and Response Optimum',
    service: 'Kaspersky EDR Optimum',
  },
] as const

let trueup: Trueup
let browser: Browser
let page: Page
let customers: readonly Customer[]

beforeAll(async () => {
  trueup = await startTrueup({ virtualServers: 6, devices: 90, day: today })
  // A service that nobody has on a contract yet: its lines come from Trueup alone.
  trueup.sandbox.hand.addService({ name: 'Endpoint protection', unitPrice: 3.5 })
  customers = customerNames.map(findCustomer)
  await createIntegration(trueup)
  browser = await openBrowser()
  page = await signIn(browser, trueup)
  page.setDefaultTimeout(15_000)
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await takeScreenshot(page, 'main-job-failed')
})

afterAll(async () => {
  await browser?.close()
  await trueup?.stop()
})

test('a browser on which nobody has signed in opens the sign-in page without an error in its console', async () => {
  const fresh = await browser.newPage()
  const errors: string[] = []
  fresh.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  fresh.on('pageerror', ({ message }) => errors.push(message))
  await fresh.goto(trueup.url)
  await fresh.getByLabel('User name').waitFor()
  await fresh.waitForLoadState('networkidle')
  await fresh.close()
  expect(errors).toEqual([])
})

test('an administrator maps, bills, and finds the right units in Autotask, once', async () => {
  await mapServices()
  for (const customer of customers) await mapCustomer(customer)
  await save(page)
  await takeScreenshot(page, 'accounts')

  await runNow(page)
  await takeScreenshot(page, 'run')
  expect(billedUnits()).toEqual(expectedUnits())
  const posted = trueup.sandbox.state().adjustments.length
  expect(posted).toBe(expectedUnits().length)

  await runNow(page)
  expect(billedUnits()).toEqual(expectedUnits())
  expect(trueup.sandbox.state().adjustments).toHaveLength(posted)
})

async function mapServices(): Promise<void> {
  await goTo(page, 'Services')
  for (const { application, service } of services) {
    await choose(page, `Autotask service for ${application}`, service)
  }
  await save(page)
  await takeScreenshot(page, 'services')
}

async function mapCustomer({ tenant, account }: Customer): Promise<void> {
  await goTo(page, 'Accounts')
  await page.getByRole('searchbox', { name: 'Search virtual servers' }).fill(tenant.slice(2, 9))
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await choose(page, `Autotask account for ${tenant}`, account)
  await page.getByRole('switch', { name: `Bill ${tenant}` }).click()
  await choose(page, `Contract for ${tenant}`, 'Managed Services')
}

/** The world spells a name now with letters, now with letters and combining marks. */
function findCustomer(name: string): Customer {
  const { virtualServers, accounts } = trueup.sandbox.state()
  const isNamed = (other: string) => other.normalize('NFC').startsWith(name)
  const tenant = virtualServers.find((server) => isNamed(server.name))?.name
  const account = accounts.find(({ companyName }) => isNamed(companyName))?.companyName
  if (tenant === undefined || account === undefined) throw new Error(`The world has no ${name}.`)
  return { tenant, account }
}

/** What the world knows its devices use, by account and service: today's truth, from this period on. */
function expectedUnits(): UnitRow[] {
  const { usage } = trueup.sandbox.state()
  return customers
    .flatMap(({ tenant, account }) =>
      [...new Set(services.map(({ service }) => service))].map((service) => {
        const applications = services.filter((mapped) => mapped.service === service)
        const units = usage
          .filter(({ virtualServer }) => virtualServer === tenant)
          .filter(({ application }) =>
            applications.some((mapped) => mapped.application === application),
          )
          .reduce((sum, { devices }) => sum + devices, 0)
        return { account, service, units, from: thisPeriod }
      }),
    )
    .filter(({ units }) => units > 0)
    .toSorted(byAccountAndService)
}

interface UnitRow {
  readonly account: string
  readonly service: string
  readonly units: number
  readonly from: string
}

/** What Autotask bills for the mapped services: the units, which must be the same in every period from the first on. */
function billedUnits(): UnitRow[] {
  const { accounts, contracts, lines } = trueup.sandbox.state()
  return lines
    .filter(({ serviceName }) => services.some(({ service }) => service === serviceName))
    .flatMap(({ contractID, serviceName, unitPeriods }) => {
      const contract = contracts.find(({ id }) => id === contractID)
      const account = accounts.find(({ id }) => id === contract?.companyID)?.companyName ?? ''
      const billed = unitPeriods.filter(({ units }) => units > 0)
      const [first] = billed.toSorted((one, other) => (one.startDate < other.startDate ? -1 : 1))
      if (first === undefined) return []
      const last = billed
        .map(({ endDate }) => endDate)
        .toSorted()
        .at(-1)
      expect(last, 'billed to the end of the contract').toBe(contract?.endDate)
      expect(new Set(billed.map(({ units }) => units)).size, 'the same units in each period').toBe(
        1,
      )
      return [{ account, service: serviceName, units: first.units, from: first.startDate }]
    })
    .toSorted(byAccountAndService)
}

function byAccountAndService(one: UnitRow, other: UnitRow): number {
  return `${one.account} ${one.service}` < `${other.account} ${other.service}` ? -1 : 1
}
