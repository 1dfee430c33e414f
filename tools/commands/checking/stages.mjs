// What `npm test` runs. A check counts as one; a suite counts its tests.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findOrInstallChromium } from './chromium.mjs'
import { turboCommand } from '../running/prepare.mjs'
import { describeExit, runToEnd } from '../running/processes.mjs'
import { CommandFailure, toolCommand, toolEnvironment } from '../running/toolchain.mjs'
import { readVitestReport } from './vitest-report.mjs'

/** @typedef {{ passed: number, failed: number, skipped: number, detail: string }} StageResult */
/** @typedef {{ name: string, run: () => Promise<StageResult> }} Stage */

const stageTimeoutMs = 10 * 60_000
/** All faults at once, and no more compilers than the smallest machine has cores. */
const turboFlags = ['--continue', '--concurrency=2']

/**
 * First of all: it also generates what the checks look at.
 * @type {readonly Stage[]}
 */
export const builds = [check('build', () => turboCommand(['build'], turboFlags))]

/**
 * Each is independent of the others.
 * @type {readonly Stage[]}
 */
export const checks = [
  check('format', () => [...toolCommand('oxfmt'), '--check', '.']),
  check('lint', () => [...toolCommand('oxlint'), '--type-aware', '--deny-warnings']),
  check('types', () => turboCommand(['check'], turboFlags)),
  check('templates', () => [...toolCommand('eslint'), '--max-warnings=0', 'apps/web/src']),
  check('dead code', () => [...toolCommand('knip'), '--no-progress']),
  check('workspace', () => [...toolCommand('sherif'), '--fail-on-warnings']),
]

/**
 * Vitest projects, named after their packages. Everything that is not named here runs in the first.
 * @type {readonly Stage[]}
 */
export const suites = [
  suite('tests', ['--project=!@trueup/simulation', '--project=!@trueup/e2e']),
  suite('simulation', ['--project=@trueup/simulation']),
  suite('journeys', ['--project=@trueup/e2e'], async () => ({
    CHROMIUM_PATH: await findOrInstallChromium(),
  })),
]

/**
 * @param {string} name
 * @param {() => string[]} command
 * @returns {Stage}
 */
function check(name, command) {
  return {
    name,
    run: () =>
      reportFailure(async () => {
        const { code, output } = await runToEnd(command(), { timeoutMs: stageTimeoutMs })
        if (code === 0) return { passed: 1, failed: 0, skipped: 0, detail: '' }
        return failure(`${output.trim()}\n${name}: ${describeExit(code)}`)
      }),
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} projects vitest's own flags that choose them
 * @param {() => Promise<Record<string, string>>} [environment] what the tests need besides
 * @returns {Stage}
 */
function suite(name, projects, environment = async () => ({})) {
  return {
    name,
    run: () =>
      reportFailure(async () => {
        const env = { ...toolEnvironment, ...(await environment()) }
        return runVitest(projects, env)
      }),
  }
}

/**
 * @param {readonly string[]} projects
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<StageResult>}
 */
async function runVitest(projects, env) {
  const folder = mkdtempSync(join(tmpdir(), 'trueup-test-'))
  const reportFile = join(folder, 'report.json')
  try {
    const { code, output } = await runToEnd(
      [
        ...toolCommand('vitest'),
        'run',
        '--allowOnly=false',
        ...projects,
        '--reporter=minimal',
        '--reporter=json',
        `--outputFile.json=${reportFile}`,
      ],
      { env, timeoutMs: stageTimeoutMs },
    )
    return readVitestReport({ code, output, report: readIfThere(reportFile) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/**
 * A stage that cannot even start is a failed stage, and the others still run.
 * @param {() => Promise<StageResult>} run
 * @returns {Promise<StageResult>}
 */
async function reportFailure(run) {
  try {
    return await run()
  } catch (error) {
    if (error instanceof CommandFailure) return failure(`${error.output}\n${error.message}`)
    return failure(error instanceof Error ? String(error.stack) : String(error))
  }
}

/**
 * @param {string} detail
 * @returns {StageResult}
 */
function failure(detail) {
  return { passed: 0, failed: 1, skipped: 0, detail }
}
