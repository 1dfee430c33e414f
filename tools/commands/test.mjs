// `npm test`: every check and every test. One line a stage, details only of what failed, and the sum as the last line.
import { ExitWith, runCommand } from './running/command.mjs'
import { prepare } from './running/prepare.mjs'
import { builds, checks, suites } from './checking/stages.mjs'

/** @typedef {import('./checking/stages.mjs').StageResult} StageResult */
/** @typedef {import('./checking/stages.mjs').Stage} Stage */

const checksAtOnce = 2

await runCommand(async () => {
  const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`)
  await prepare({ say })
  const results = [
    ...(await runStages(builds, 1)),
    ...(await runStages(checks, checksAtOnce)),
    // A suite uses all cores by itself.
    ...(await runStages(suites, 1)),
  ]
  const total = (/** @type {'passed' | 'failed' | 'skipped'} */ kind) =>
    results.reduce((sum, result) => sum + result[kind], 0)
  say(`${total('passed')} passed, ${total('failed')} failed, ${total('skipped')} skipped`)
  throw new ExitWith(total('failed') === 0 ? 0 : 1)
})

/**
 * @param {readonly Stage[]} stages
 * @param {number} lanes how many may run at a time
 * @returns {Promise<StageResult[]>}
 */
async function runStages(stages, lanes) {
  const waiting = [...stages]
  /** @type {StageResult[]} */
  const results = []
  const lane = async () => {
    for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) {
      results.push(await runStage(stage))
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}

/**
 * @param {Stage} stage
 * @returns {Promise<StageResult>}
 */
async function runStage(stage) {
  const startedMs = performance.now()
  const result = await stage.run()
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1).padStart(6)
  const mark = result.failed > 0 ? 'FAIL' : 'ok  '
  const counts = [
    `${result.passed} passed`,
    result.failed > 0 ? `${result.failed} failed` : '',
    result.skipped > 0 ? `${result.skipped} skipped` : '',
  ].filter(Boolean)
  const detail = result.detail.trim() === '' ? '' : `\n${result.detail.trim()}\n`
  process.stdout.write(
    `${mark} ${stage.name.padEnd(16)}${seconds} s   ${counts.join(', ')}${detail}\n`,
  )
  return result
}
