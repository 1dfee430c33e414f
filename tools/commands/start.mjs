// `npm start`: Trueup with the practice world. Everything it starts ends with it.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runCommand } from './running/command.mjs'
import { choosePort } from './running/listening.mjs'
import { prepare } from './running/prepare.mjs'
import { startService } from './running/processes.mjs'
import { keepLog, readFirstLine } from './running/service-output.mjs'
import { CommandFailure, node24, root } from './running/toolchain.mjs'

const practiceDays = 92

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

await runCommand(async (stop) => {
  const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`)
  const port = await choosePort(process.env['PORT'])
  await prepare({ tasks: ['build'], say })
  const folder = newPracticeFolder(port)
  const adminToken = process.env['TRUEUP_ADMIN_TOKEN'] || randomBytes(32).toString('base64url')

  say('Playing three months of practice …')
  const { sandbox, world } = await startSandbox(folder)
  const { api, log, address } = await startApi({ port, folder, adminToken, control: world.control })
  await livePractice({ adminToken, world, address, lastDay: dayAgo(0) })
  stop.serving = true
  say(`Ctrl-C ends Trueup and its practice world. Logs are in ${folder}`)
  await untilOneEnds({ sandbox, api, log })
})

/**
 * A fresh folder for this start, apart from a production database. The port is ours alone, so the folder is too.
 * @param {number} port
 */
function newPracticeFolder(port) {
  const dataFolder = resolve(root, process.env['TRUEUP_DATA_DIR'] || '.trueup')
  const folder = join(dataFolder, 'practice', String(port))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  return folder
}

/**
 * The practice world, some virtual months ago.
 * @param {string} folder
 */
async function startSandbox(folder) {
  const flags = ['--port', '0', '--day', dayAgo(practiceDays)]
  const sandbox = startService([node24, join(root, 'packages/sandbox/src/cli.ts'), ...flags], {
    output: 'pipe',
  })
  const log = keepLog(sandbox, join(folder, 'sandbox.log'))
  const world = JSON.parse(await readFirstLine(sandbox, { what: 'The sandbox', log }))
  return { sandbox, world }
}

/**
 * The server. Its first line tells its address and how to sign in.
 * @param {{ port: number, folder: string, adminToken: string, control: string }} options
 */
async function startApi({ port, folder, adminToken, control }) {
  // The practice world always lives in its own SQLite, on this machine: what the environment says of a production server
  // does not reach it.
  const { DATABASE_URL: _database, TRUEUP_PUBLIC_URL: _url, ...environment } = process.env
  const api = startService([node24, join(root, 'apps/api/dist/main.js')], {
    output: 'pipe',
    env: {
      ...environment,
      PORT: String(port),
      TRUEUP_DATA_DIR: folder,
      TRUEUP_ADMIN_TOKEN: adminToken,
      // Given rather than made by the server: nobody has to change the password of a practice world first.
      TRUEUP_FIRST_PASSWORD:
        environment['TRUEUP_FIRST_PASSWORD'] || randomBytes(12).toString('base64url'),
      TRUEUP_PRACTICE_CONTROL: control,
    },
  })
  const log = keepLog(api, join(folder, 'api.log'))
  const address = JSON.parse(await readFirstLine(api, { what: 'The server', log }))
  return { api, log, address }
}

/**
 * Lives the practice world's months through the API and prints the summary. What it needs goes over its stdin, where no
 * list of processes shows it.
 * @param {{ adminToken: string, world: unknown, address: unknown, lastDay: string }} facts
 */
async function livePractice(facts) {
  const practice = startService([node24, join(root, 'tools/commands/practice/cli.ts')], {
    output: 'inherit',
    input: 'pipe',
  })
  practice.stdin?.end(JSON.stringify(facts))
  const [code] = await once(practice, 'exit')
  if (code !== 0) throw new CommandFailure('The practice world could not be played; see above.')
}

/** @param {{ sandbox: ChildProcess, api: ChildProcess, log: import('./running/service-output.mjs').Log }} services */
async function untilOneEnds({ sandbox, api, log }) {
  const ended = await Promise.race([
    once(sandbox, 'exit').then(() => 'The sandbox'),
    once(api, 'exit').then(() => 'The server'),
  ])
  throw new CommandFailure(`${ended} ended by itself.`, { output: log.text() })
}

/** @param {number} days */
function dayAgo(days) {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
}
