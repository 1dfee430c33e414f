// The frame of every command: one place for signals, failures and exit codes.
import { listenForStop, stopAll } from './processes.mjs'
import { CommandFailure } from './toolchain.mjs'

const signalCodes = new Map([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
])

/** Thrown by `body` to end the command with a code after it has said everything itself. */
export class ExitWith extends Error {
  /** @param {number} code */
  constructor(code) {
    super(`exit ${code}`)
    this.code = code
  }
}

/**
 * Runs a command to its end. Whatever the end is (success, failure, Ctrl-C), every child process is gone before this
 * process is.
 * @param {(stop: import('./processes.mjs').StopRequest) => Promise<void>} body
 */
export async function runCommand(body) {
  const [major = 0] = process.versions.node.split('.').map(Number)
  if (major < 20) {
    process.stderr.write(`Trueup needs Node 20 or newer; this is ${process.version}.\n`)
    process.exit(1)
  }
  const stop = listenForStop()
  const outcome = await Promise.race([
    body(stop).then(
      () => 0,
      // What fails because it was told to stop is no news.
      (error) => (stop.stopping ? 1 : codeOf(error)),
    ),
    stop.untilStopped.then((signal) => (stop.serving ? 0 : codeOfStop(signal))),
  ])
  await stopAll()
  process.exit(outcome)
}

/**
 * Whoever pressed Ctrl-C knows; any other end of unfinished work would be a riddle in a log.
 * @param {string} signal
 */
function codeOfStop(signal) {
  const because = signal === 'SIGHUP' ? ': whoever started this command is gone' : ''
  if (signal !== 'SIGINT') process.stderr.write(`Stopped by ${signal} before the end${because}.\n`)
  return signalCodes.get(signal) ?? 1
}

/**
 * @param {unknown} error
 * @returns {number}
 */
function codeOf(error) {
  if (error instanceof ExitWith) return error.code
  if (error instanceof CommandFailure) {
    if (error.output.trim() !== '') process.stderr.write(`${error.output.trimEnd()}\n\n`)
    process.stderr.write(`${error.message}\n`)
    return 1
  }
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  return 1
}
