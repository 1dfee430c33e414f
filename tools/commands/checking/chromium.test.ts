import { expect, onTestFinished, test } from 'vitest'
import { findOrInstallChromium } from './chromium.mjs'

function setChosen(path: string): void {
  const before = process.env['CHROMIUM_PATH']
  process.env['CHROMIUM_PATH'] = path
  onTestFinished(() => {
    if (before === undefined) delete process.env['CHROMIUM_PATH']
    else process.env['CHROMIUM_PATH'] = before
  })
}

test('the browser that was chosen is taken', async () => {
  setChosen(process.execPath)
  expect(await findOrInstallChromium()).toBe(process.execPath)
})

test('a chosen browser that does not exist is told, not replaced by another one', async () => {
  setChosen('/no/such/chromium')
  await expect(findOrInstallChromium()).rejects.toThrow('CHROMIUM_PATH names /no/such/chromium')
})
