// The browser of the journeys: one that is on the machine, or Debian's, installed when we may.
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runQuietly } from '../running/processes.mjs'
import { CommandFailure } from '../running/toolchain.mjs'

const programNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
const macApplications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]
const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * The path of a Chromium. `CHROMIUM_PATH` wins. On Debian and its relatives, as root, a missing one is installed.
 * @returns {Promise<string>}
 * @throws {CommandFailure} that says what to do, when there is none and none can be installed
 */
export async function findOrInstallChromium() {
  const chosen = process.env['CHROMIUM_PATH'] ?? ''
  if (chosen !== '') {
    if (existsSync(chosen)) return chosen
    throw new CommandFailure(`CHROMIUM_PATH names ${chosen}, which does not exist.`)
  }
  const found = findChromium()
  if (found !== undefined) return found
  if (!canUseApt()) {
    throw new CommandFailure(
      'The journeys need Chromium or Chrome and none was found. Install one, or set CHROMIUM_PATH to its program file.',
    )
  }
  await installFromDebian()
  const installed = findChromium()
  if (installed === undefined) {
    throw new CommandFailure(
      'apt-get installed chromium, but no chromium program was found after it.',
    )
  }
  return installed
}

function findChromium() {
  return candidates().find(isExecutable)
}

function candidates() {
  if (process.platform === 'darwin') return [...onPath(), ...macApplications]
  if (process.platform === 'win32') {
    const homes = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(
      (name) => process.env[name],
    )
    return homes
      .filter((home) => home !== undefined)
      .flatMap((home) => windowsPrograms.map((program) => join(home, program)))
  }
  return onPath()
}

function onPath() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  return programNames.flatMap((name) => folders.map((folder) => join(folder, name)))
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function canUseApt() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
}

async function installFromDebian() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await runQuietly(['apt-get', 'update', '-qq'], { what: '`apt-get update`', env })
  await runQuietly(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    what: '`apt-get install chromium`',
    env,
  })
}
