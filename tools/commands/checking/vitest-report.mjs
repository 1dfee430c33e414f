// Reads what a vitest run left behind, so that no way of failing looks like success.
import { describeExit } from '../running/processes.mjs'

/**
 * @typedef {object} VitestFile
 * @property {string} name
 * @property {string} status
 * @property {string} [message]
 * @property {{ status: string, fullName: string }[]} assertionResults
 */

/**
 * Turns vitest's exit code, output and JSON report into counts. A file that does not load counts as one failure; so do a
 * run that ends badly without a failed test (an unhandled error, a crash, a time-out) and a run without any test.
 * @param {{ code: number | string, output: string, report: string | null }} run
 * @returns {import('./stages.mjs').StageResult}
 */
export function readVitestReport({ code, output, report }) {
  if (report === null) {
    return crashed(
      { passed: 0, skipped: 0 },
      output,
      `vitest left no result (${describeExit(code)})`,
    )
  }
  /** @type {VitestFile[]} */
  const files = JSON.parse(report).testResults
  const tests = files.flatMap((file) => file.assertionResults.map((test) => ({ ...test, file })))
  const passed = tests.filter((test) => test.status === 'passed').length
  const broken = files.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length
  const failed = tests.filter((test) => test.status === 'failed').length + broken
  const left = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed')
  if (tests.length === 0 && failed === 0) {
    return crashed({ passed, skipped: 0 }, output, 'vitest found no tests')
  }
  if (code !== 0 && failed === 0) {
    return crashed({ passed, skipped: left.length }, output, `vitest: ${describeExit(code)}`)
  }
  const skippedNames = left.map((test) => `skipped: ${test.file.name}: ${test.fullName}`)
  const detail = [failed > 0 ? output.trim() : '', ...skippedNames].join('\n')
  return { passed, failed, skipped: left.length, detail }
}

/**
 * @param {{ passed: number, skipped: number }} counts
 * @param {string} output
 * @param {string} message
 */
function crashed(counts, output, message) {
  return { ...counts, failed: 1, detail: `${output.trim()}\n${message}` }
}
