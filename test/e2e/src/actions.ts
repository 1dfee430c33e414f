import type { Page } from 'playwright-core'

/** Goes to one of the pages of the menu. */
export async function goTo(page: Page, name: string): Promise<void> {
  const navigation = page.getByRole('navigation', { name: 'Main' })
  await navigation.getByRole('link', { name: beginning(name) }).click()
}

/** Opens the list that is labelled so and takes the first of its options that begins so. */
export async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('button', { name: beginning(`${label}:`) }).click()
  await page.getByRole('option', { name: beginning(option) }).click()
}

/** Saves what is staged. The bar stays as long as something is not saved. */
export async function save(page: Page): Promise<void> {
  const bar = page.getByRole('region', { name: 'Unsaved changes' })
  await bar.getByRole('button', { name: 'Save changes' }).click()
  await bar.waitFor({ state: 'hidden' })
}

/** Starts a run and waits on its page until it is completed. */
export async function runNow(page: Page): Promise<void> {
  await goTo(page, 'Runs')
  await page.getByRole('button', { name: 'Run now' }).click()
  await page.getByRole('heading', { name: /^Run of/u }).waitFor()
  await page.getByRole('status').filter({ hasText: 'Completed' }).waitFor()
}

function beginning(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')}`, 'u')
}
