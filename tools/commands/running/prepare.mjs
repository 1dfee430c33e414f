// What every command needs first: the installed workspace and, for some, the built one.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { runQuietly } from './processes.mjs'
import { CommandFailure, node24, pnpmCommand, root, toolEnvironment } from './toolchain.mjs'

const stampFile = join(root, 'node_modules', '.trueup-install')
const lockWaitMs = 15 * 60_000
const lockPollMs = 200

/**
 * Installs when something is missing or the lockfile changed, then runs the given turbo tasks. Two commands started at
 * once do it one after the other.
 * @param {{ tasks?: readonly string[], say?: (line: string) => void }} [options] `say` hears that a slow step begins
 */
export async function prepare({ tasks = [], say = () => {} } = {}) {
  const release = await takeLock()
  try {
    await install(say)
    if (tasks.length > 0) await runTurbo(tasks)
  } finally {
    release()
  }
}

/** @param {(line: string) => void} say */
async function install(say) {
  if (isInstalled()) return
  say('Installing the packages of the lockfile …')
  await runQuietly(pnpmCommand('install', '--frozen-lockfile'), {
    what: 'Installing with `pnpm install --frozen-lockfile`',
    // Nobody is there to be asked.
    env: { ...toolEnvironment, CI: '1' },
  })
  if (!existsSync(node24)) {
    throw new CommandFailure(
      `Node 24 is missing after the install (${relative(root, node24)}). Delete node_modules and try again.`,
    )
  }
  writeFileSync(stampFile, fingerprint())
}

/** True when the last install was of this lockfile and every declared dependency is where it should be. */
function isInstalled() {
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== fingerprint()) return false
  return existsSync(node24) && workspaceFolders().every(hasItsDependencies)
}

/** One value for everything that decides what an install does. */
function fingerprint() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml']
  const manifests = workspaceFolders().map((folder) => join(folder, 'package.json'))
  for (const file of [...files.map((name) => join(root, name)), ...manifests]) {
    hash.update('\0').update(readFileSync(file))
  }
  return hash.digest('hex')
}

/** The root and every folder two levels below it that holds a package, whatever their names are. */
function workspaceFolders() {
  const groups = readdirSync(root, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules',
  )
  const packages = groups.flatMap((group) =>
    readdirSync(join(root, group.name)).map((name) => join(root, group.name, name)),
  )
  return [root, ...packages.filter((folder) => existsSync(join(folder, 'package.json'))).toSorted()]
}

/** @param {string} folder */
function hasItsDependencies(folder) {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  return Object.keys({ ...dependencies, ...devDependencies }).every((name) =>
    existsSync(join(folder, 'node_modules', name)),
  )
}

/**
 * @param {readonly string[]} tasks
 * @throws {import('./toolchain.mjs').CommandFailure} with the failing task's output
 */
async function runTurbo(tasks) {
  await runQuietly(turboCommand(tasks), { what: `\`turbo run ${tasks.join(' ')}\`` })
}

/**
 * turbo starts each package's script with pnpm and therefore has to be started by it.
 * @param {readonly string[]} tasks
 * @param {readonly string[]} [flags]
 */
export function turboCommand(tasks, flags = []) {
  return pnpmCommand('exec', 'turbo', 'run', ...tasks, '--output-logs=errors-only', ...flags)
}

/** One installer at a time for each clone; a lock whose owner is gone is taken over. */
async function takeLock() {
  const key = createHash('sha256').update(root).digest('hex').slice(0, 16)
  const lock = join(tmpdir(), `trueup-prepare-${key}`)
  const deadline = Date.now() + lockWaitMs
  while (!tryLock(lock)) {
    if (Date.now() > deadline) {
      throw new CommandFailure(
        `Another Trueup command has been installing for too long. If none runs, delete ${lock}.`,
      )
    }
    await wait(lockPollMs)
  }
  const release = () => {
    process.off('exit', release)
    rmSync(lock, { recursive: true, force: true })
  }
  process.once('exit', release)
  return release
}

/**
 * @param {string} lock
 * @returns {boolean}
 */
function tryLock(lock) {
  const owner = join(lock, 'pid')
  try {
    mkdirSync(lock)
    writeFileSync(owner, String(process.pid))
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  if (isAbandoned(lock, owner)) rmSync(lock, { recursive: true, force: true })
  return false
}

/**
 * @param {string} lock
 * @param {string} owner
 */
function isAbandoned(lock, owner) {
  try {
    return !isAlive(Number(readFileSync(owner, 'utf8')))
  } catch {
    // Just made and not yet signed, or just removed: only an old one without an owner is abandoned.
    const made = statSync(lock, { throwIfNoEntry: false })
    return made !== undefined && Date.now() - made.mtimeMs > 10_000
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
