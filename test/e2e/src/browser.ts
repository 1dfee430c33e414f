import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import type { Trueup } from './trueup.ts'

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/google-chrome']

/** The machine's Chromium without a window. `npm test` finds or installs it and names it in `CHROMIUM_PATH`. */
export async function openBrowser(): Promise<Browser> {
  const executablePath =
    process.env['CHROMIUM_PATH'] || usualPlaces.find((place) => existsSync(place))
  if (executablePath === undefined) {
    throw new Error('No Chromium: run `npm test`, or set CHROMIUM_PATH to its program file.')
  }
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  })
}

/** A page of a desktop's size on which a person has signed in. */
export async function signIn(browser: Browser, { url, signIn: person }: Trueup): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
  await page.goto(url)
  await page.getByLabel('User name').fill(person.userName)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  return page
}

/** Keeps a picture of the page in `screenshots/` of this package, for people to look at. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`../screenshots/${name}.png`, import.meta.url))
  await page.screenshot({ path, animations: 'disabled' })
}
