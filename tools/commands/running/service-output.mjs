// What services print: kept in a file, and in memory for the message when one fails.
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { describeExit } from './processes.mjs'
import { CommandFailure } from './toolchain.mjs'

const rememberedOutput = 20_000
const upWithinMs = 60_000

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ text: () => string }} Log the latest part of what was printed */

/**
 * @param {ChildProcess} service
 * @param {string} file
 * @returns {Log}
 */
export function keepLog(service, file) {
  const sink = createWriteStream(file)
  let text = ''
  for (const stream of [service.stdout, service.stderr]) {
    stream?.on('data', (part) => {
      sink.write(part)
      text = (text + String(part)).slice(-rememberedOutput)
    })
  }
  return { text: () => text }
}

/**
 * The first line a service prints on stdout, which says that it is up.
 * @param {ChildProcess} service
 * @param {{ what: string, log: Log }} options
 * @returns {Promise<string>}
 * @throws {CommandFailure} with what it printed, when it ends before that or takes too long
 */
export function readFirstLine(service, { what, log }) {
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ how) =>
      reject(new CommandFailure(`${what} did not start (${how}).`, { output: log.text() }))
    const timer = setTimeout(() => fail(`not up after ${upWithinMs / 1000} s`), upWithinMs)
    const { stdout } = service
    if (stdout === null) throw new TypeError(`${what} was started without a pipe.`)
    createInterface({ input: stdout }).once('line', (line) => {
      clearTimeout(timer)
      resolve(line)
    })
    service.once('exit', (code, signal) => {
      clearTimeout(timer)
      fail(describeExit(code ?? signal ?? 'no exit code'))
    })
  })
}
