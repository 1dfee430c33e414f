// The repository's own tools: where they are and how they are started on any machine with Node 20 and npm.
// Nothing here may import a package: these files run before anything is installed.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const onWindows = process.platform === 'win32'

/** The folder that holds the workspace. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..')

/** Something a person can act on: printed as it is, without a stack. */
export class CommandFailure extends Error {
  /**
   * @param {string} message
   * @param {{ output?: string }} [details] `output` is what the failed tool printed
   */
  constructor(message, { output = '' } = {}) {
    super(message)
    this.name = 'CommandFailure'
    this.output = output
  }
}

/** Node 24 from `node_modules`; the machine's own Node may be older than what the packages need. */
export const node24 = join(root, 'node_modules', 'node', 'bin', onWindows ? 'node.exe' : 'node')

/**
 * The arguments that start an installed tool with Node 24, found by its package's own `bin`, so that no shell and no
 * `.cmd` file is involved.
 * @param {string} name of a package in the root's devDependencies
 * @returns {[command: string, ...args: string[]]}
 */
export function toolCommand(name) {
  const folder = join(root, 'node_modules', name)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const entry = typeof bin === 'string' ? bin : bin[name]
  return [node24, join(folder, entry)]
}

/**
 * The arguments that run pnpm, in exactly the version that package.json pins, by way of npm. corepack is not used: it is
 * missing from newer Nodes and does not work without its own download host.
 * @param {string[]} args
 * @returns {[command: string, ...args: string[]]}
 */
export function pnpmCommand(...args) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return [
    process.execPath,
    npmEntry(),
    'exec',
    '--yes',
    `--package=${packageManager}`,
    '--',
    'pnpm',
    ...args,
  ]
}

/** npm's own program file: the npm that started us, else the one beside this Node. */
function npmEntry() {
  const startedBy = process.env['npm_execpath'] ?? ''
  if (/npm-cli\.[cm]?js$/.test(startedBy)) return startedBy
  const prefix = dirname(process.execPath)
  const places = [
    join(prefix, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(prefix, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  const found = places.find((place) => existsSync(place))
  if (found === undefined) {
    throw new CommandFailure('npm was not found beside Node. Start this command with `npm run …`.')
  }
  return found
}

/** The environment of every tool: no telemetry, no colour codes in captured output. */
export const toolEnvironment = {
  ...process.env,
  DO_NOT_TRACK: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  NO_UPDATE_NOTIFIER: '1',
  NO_COLOR: '1',
}
