import { objectOf } from './connection.ts'
import type { OfficeState } from './office.ts'
import { buildRun, type RunAdjustment, type RunRecord } from './runs.ts'
import { today } from './world.ts'

type Args = Record<string, unknown>

/** A line that a person has to think about. */
export interface OpenLineState {
  __typename: 'OpenLine'
  tenant: object
  account: object
  contract: { id: string }
  service: { id: string }
  ownership: string
  unfedBecause: string | null
  units: number | null
  baselineUnits: number
  confirmedDay: string | null
  moneyPerMonth: string | null
}

/** Take-backs, releases, and lines to decide about. */
export function counterAnswers(
  state: OfficeState,
  toRun: (run: RunRecord) => object,
): Record<string, (args: Args) => unknown> {
  return {
    openLines: () => state.openLines,
    resumeLines: (args) => {
      state.calls.push({ name: 'resumeLines', args })
      const lines = Array.isArray(args['lines']) ? args['lines'].map(objectOf) : []
      state.openLines = state.openLines.filter(
        ({ contract }) => !lines.some((line) => line['contractId'] === contract.id),
      )
      return { ok: true, problems: [] }
    },
    takeBackPreview: (args) => preview(findLines(state, objectOf(args['what'])).map(toTakeBack)),
    releasePreview: () => preview(state.openLines.map(toRelease)),
    takeBack: (args) => {
      state.calls.push({ name: 'takeBack', args })
      const taken = findLines(state, objectOf(args['what'])).filter(isTakeable)
      const run = start(state, 'TAKE_BACK', taken.length)
      for (const [n, line] of taken.entries()) pair(state, run, run.lines[n], line)
      return { run: toRun(run), problems: [] }
    },
    release: (args) => {
      state.calls.push({ name: 'release', args })
      const run = start(state, 'RELEASE', state.openLines.length)
      state.openLines = []
      return { run: toRun(run), problems: [] }
    },
  }
}

function findLines(state: OfficeState, what: Args): RunAdjustment[] {
  const ids = what['adjustmentIds']
  return state.runs.flatMap(({ id, lines }) =>
    lines.filter((line) =>
      Array.isArray(ids)
        ? ids.includes(line.id)
        : id === what['runId'] && line.status === 'CONFIRMED',
    ),
  )
}

function isTakeable(line: RunAdjustment): boolean {
  return line.status === 'CONFIRMED' && line['takenBackBy'] === null
}

function toTakeBack(line: RunAdjustment): object {
  const isReady = isTakeable(line)
  return {
    ...line,
    adjustment: line,
    verdict: isReady ? 'READY' : 'IMPOSSIBLE',
    code: isReady ? null : 'ALREADY_TAKEN_BACK',
    message: isReady ? null : 'It was taken back already.',
    nextRunUnits: line.after,
    changes: isReady ? [toChange(line.after, -line.change)] : [],
  }
}

function toRelease(line: OpenLineState): object {
  return {
    ...line,
    adjustment: null,
    verdict: 'READY',
    code: null,
    message: null,
    nextRunUnits: null,
    changes: [toChange(line.units ?? 0, -(line.units ?? 0))],
  }
}

function toChange(before: number, change: number): object {
  return {
    effectiveDay: '2026-08-01',
    before,
    change,
    after: before + change,
    periodStart: '2026-08-01',
    periodEnd: '2026-08-31',
    moneyFirstPeriod: (change * 4).toFixed(4),
    moneyPerPeriod: (change * 4).toFixed(4),
    explanation: [],
    seal: `${before} ${change}`,
  }
}

function preview(lines: readonly object[]): object {
  const money = {
    periodStart: '2026-08-01',
    periodEnd: '2026-08-31',
    lines: lines.length,
    linesWithoutPrice: 0,
    money: '-12.0000',
    moneyPerPeriod: '-12.0000',
  }
  return { integrationId: 'integration-1', lines, money: [money], problems: [] }
}

function start(state: OfficeState, trigger: string, lines: number): RunRecord {
  const run = buildRun(state.world, {
    id: `run-${state.runs.length + 1}`,
    mode: 'RUN',
    trigger,
    at: `${today}T10:00:00.000Z`,
    lines,
    status: 'COMPLETED',
    statusOf: () => 'CONFIRMED',
  })
  state.runs.unshift(run)
  return run
}

/** Both halves show each other. */
function pair(
  state: OfficeState,
  run: RunRecord,
  counter: RunAdjustment | undefined,
  taken: RunAdjustment,
): void {
  if (counter === undefined) return
  const [before, change] = [taken.after, -taken.change]
  Object.assign(counter, {
    tenant: taken.tenant,
    before,
    change,
    after: before + change,
    takesBack: { ...taken, run: state.runs.find(({ lines }) => lines.includes(taken)) },
  })
  Object.assign(taken, { takenBackBy: { ...counter, run } })
}
