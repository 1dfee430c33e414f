// Child processes that never outlive the command that started them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { CommandFailure, root, toolEnvironment } from './toolchain.mjs'

const onWindows = process.platform === 'win32'
const graceMs = 10_000
const longestMs = 15 * 60_000
const parentWatchMs = 100
const keptOutput = 200_000

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** @type {Set<ChildProcess>} children that still run, in the order of their start */
const running = new Set()

/**
 * Starts a child in a process group of its own, so that stopping it also stops what it started, and so that Ctrl-C in a
 * terminal reaches only us and the children end in order.
 * @param {readonly string[]} command program and arguments
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {ChildProcess}
 */
function startChild([program = '', ...args], options = {}) {
  const child = spawn(program, args, {
    cwd: root,
    detached: !onWindows,
    windowsHide: true,
    ...options,
  })
  running.add(child)
  child.once('error', () => running.delete(child))
  child.once('exit', () => running.delete(child))
  return child
}

/**
 * Starts a long-lived program of ours: it ends by itself when this process dies in whatever way.
 * @param {readonly string[]} command Node, the program file and its arguments
 * @param {{ env?: NodeJS.ProcessEnv, output: 'inherit' | 'pipe', input?: 'ignore' | 'pipe' }} options
 * @returns {ChildProcess}
 */
export function startService([program = '', ...args], { env, output, input = 'ignore' }) {
  const leaveWithParent = pathToFileURL(
    join(root, 'tools/commands/running/leave-with-parent.mjs'),
  ).href
  return startChild([program, '--import', leaveWithParent, ...args], {
    env: env ?? process.env,
    stdio: [input, output, output, 'ipc'],
  })
}

/**
 * Waits for a program's end.
 * @param {ChildProcess} program
 * @param {string} what names it in the failure's message
 * @returns {Promise<number>} its exit code
 * @throws {CommandFailure} when it was killed, for example for want of memory: then it could say nothing itself
 */
export async function awaitExit(program, what) {
  const [code, signal] = await once(program, 'exit')
  if (code === null) throw new CommandFailure(`${what} was ended by ${signal}.`)
  return code
}

/**
 * Runs a tool to its end and returns what it printed. Quiet when it succeeds.
 * @param {readonly string[]} command
 * @param {{ what: string, env?: NodeJS.ProcessEnv }} options `what` names the step in the failure's message
 * @returns {Promise<string>}
 * @throws {CommandFailure} with the tool's output when it ends with another code than 0
 */
export async function runQuietly(command, { what, env = toolEnvironment }) {
  const { code, output } = await runToEnd(command, { env })
  if (code !== 0) throw new CommandFailure(`${what} failed (${describeExit(code)}).`, { output })
  return output
}

/**
 * Runs a tool to its end, whatever the end is.
 * @param {readonly string[]} command
 * @param {{ env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options] after the time its whole tree is ended
 * @returns {Promise<{ code: number | string, output: string }>} the exit code, or words for another end
 */
export async function runToEnd(command, { env = toolEnvironment, timeoutMs = longestMs } = {}) {
  const child = startChild(command, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = collect(child)
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    void stopChild(child)
  }, timeoutMs)
  try {
    const [code, signal] = await once(child, 'close')
    if (timedOut) return { code: `not done after ${timeoutMs / 1000} s`, output: output() }
    return { code: code ?? signal ?? 'no exit code', output: output() }
  } catch (error) {
    return { code: error instanceof Error ? error.message : String(error), output: output() }
  } finally {
    clearTimeout(timer)
  }
}

/**
 * @param {ChildProcess} child
 * @returns {() => string} the last part of everything printed so far, both streams in the order of arrival
 */
function collect(child) {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (part) => {
      text = (text + part).slice(-keptOutput)
    })
  }
  return () => text
}

/** @param {number | string} code */
export function describeExit(code) {
  return typeof code === 'number' ? `exit code ${code}` : code
}

/** Ends every child, the latest first, politely and after a grace by force; returns when none is left. */
export async function stopAll() {
  for (const child of [...running].toReversed()) await stopChild(child)
}

/** @param {ChildProcess} child */
async function stopChild(child) {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  signalTree(child, 'SIGTERM')
  const force = setTimeout(() => signalTree(child, 'SIGKILL'), graceMs)
  await gone
  clearTimeout(force)
  // The leader is gone; whatever of its group is left goes too.
  signalTree(child, 'SIGKILL')
}

/**
 * @param {ChildProcess} child
 * @param {'SIGTERM' | 'SIGKILL'} signal
 */
function signalTree(child, signal) {
  if (child.pid === undefined) return
  if (onWindows) {
    // Windows has no signals: a service of ours is asked over its channel, everything else is ended with its tree.
    if (signal === 'SIGTERM' && child.connected) child.disconnect()
    else spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { windowsHide: true })
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/**
 * @typedef {object} StopRequest
 * @property {boolean} stopping somebody asked this command to end
 * @property {boolean} serving set by a command that is up: being stopped is then its ordinary end, exit code 0
 * @property {Promise<string>} untilStopped resolves with the name of the signal
 */

/**
 * Listens once for everything that asks this command to end: Ctrl-C, SIGTERM, a closed terminal, and npm dying without
 * passing the signal on.
 * @returns {StopRequest} `untilStopped` resolves with the name of the cause
 */
export function listenForStop() {
  /** @type {StopRequest} */
  const request = {
    stopping: false,
    serving: false,
    untilStopped: new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
        process.on(signal, () => resolve(signal))
      if (process.env['npm_lifecycle_event'] !== undefined) watchParent(() => resolve('SIGHUP'))
    }),
  }
  void request.untilStopped.then(() => {
    request.stopping = true
  })
  return request
}

/**
 * npm starts us by way of a shell that may outlive it, so the shell's own parent is watched too.
 * @param {() => void} onLoss
 */
function watchParent(onLoss) {
  const parent = process.ppid
  const grandparent = startedByShell(parent) ? parentOf(parent) : parent
  const watch = setInterval(() => {
    const isLost =
      process.ppid !== parent || (grandparent !== parent && parentOf(parent) !== grandparent)
    if (!isLost) return
    clearInterval(watch)
    onLoss()
  }, parentWatchMs)
  watch.unref()
}

/** @param {number} parent */
function startedByShell(parent) {
  return !readProcess(parent, 'cmdline').includes('npm')
}

/** @param {number} pid */
function parentOf(pid) {
  return Number(/^PPid:\s*(\d+)/mu.exec(readProcess(pid, 'status'))?.[1] ?? '0')
}

/**
 * What Linux tells of a process; nothing elsewhere, and nothing of a process that is gone.
 * @param {number} pid
 * @param {'cmdline' | 'status'} what
 */
function readProcess(pid, what) {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8')
  } catch {
    return ''
  }
}
