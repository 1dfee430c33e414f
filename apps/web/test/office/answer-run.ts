import { nameContains, objectOf, toConnection } from './connection.ts'
import type { OfficeState } from './office.ts'
import { buildRun, type RunAdjustment, type RunRecord } from './runs.ts'
import { today } from './world.ts'

type Args = Record<string, unknown>

/** Runs and what people decide about their lines. */
export function runAnswers(state: OfficeState): Record<string, (args: Args) => unknown> {
  const decide =
    (name: string, status: string) =>
    (args: Args): object => {
      state.calls.push({ name, args })
      const ids = Array.isArray(args['ids']) ? args['ids'] : [args['adjustmentId']]
      return settle(state, ids, status)
    }
  return {
    billingRuns: (args) =>
      toConnection(
        state.runs.filter((run) => matches(run, objectOf(args['filter']))).map(toRun),
        args,
      ),
    billingRun: ({ id }) => {
      const run = state.runs.find((one) => one.id === id)
      return run === undefined ? null : toRun(run)
    },
    preview: (args) => start(state, 'PREVIEW', args),
    runNow: (args) => start(state, 'RUN', args),
    approveAdjustments: decide('approveAdjustments', 'CONFIRMED'),
    dismissAdjustments: decide('dismissAdjustments', 'DISMISSED'),
    holdAdjustments: decide('holdAdjustments', 'HELD'),
    replay: ({ runId }) => replay(state.runs.find(({ id }) => id === runId)),
    decideHold: (args) =>
      decide('decideHold', args['exit'] === 'DISMISS' ? 'DISMISSED' : 'CONFIRMED')(args),
  }
}

function matches(run: RunRecord, filter: Args): boolean {
  const statuses = filter['status']
  return (
    (typeof filter['mode'] !== 'string' || run.mode === filter['mode']) &&
    (!Array.isArray(statuses) || statuses.includes(run.status))
  )
}

function start(state: OfficeState, mode: 'PREVIEW' | 'RUN', args: Args): object {
  state.calls.push({ name: mode === 'RUN' ? 'runNow' : 'preview', args })
  const manual = mode === 'RUN' && state.integrations[0]?.approvalMode === 'MANUAL'
  const run = buildRun(state.world, {
    id: `run-${state.runs.length + 1}`,
    mode,
    trigger: 'MANUAL',
    at: `${today}T10:00:00.000Z`,
    lines: 8,
    status: manual ? 'WAITING_FOR_APPROVAL' : 'COMPLETED',
    statusOf: () => (mode === 'PREVIEW' || manual ? 'PLANNED' : 'CONFIRMED'),
  })
  state.runs.unshift(run)
  return { run: toRun(run), problems: [] }
}

function settle(state: OfficeState, ids: unknown[], status: string): object {
  const run = state.runs.find(({ lines }) => lines.some(({ id }) => ids.includes(id)))
  const lines = run?.lines.filter(({ id }) => ids.includes(id)) ?? []
  for (const line of lines)
    Object.assign(line, {
      status,
      decidedBy: 'admin',
      hold: status === 'HELD' ? heldByPerson : null,
    })
  if (run !== undefined && !run.lines.some((line) => line.status === 'PLANNED'))
    run.status = run.lines.some((line) => line.status === 'HELD')
      ? 'COMPLETED_WITH_HOLDS'
      : 'COMPLETED'
  return { adjustments: lines, run: run === undefined ? null : toRun(run), problems: [] }
}

const heldByPerson: RunAdjustment['hold'] = {
  code: 'HELD_BY_PERSON',
  since: `${today}T10:00:00.000Z`,
  ageDays: 0,
  exits: ['APPROVE', 'DISMISS'],
  facts: [],
  message: 'Held by admin.',
}

/** A run as the API shows it. */
export function toRun(run: RunRecord): object {
  const count = (status: string): number =>
    run.lines.filter((line) => line.status === status).length
  const changes = run.lines.map(({ change }) => change)
  return {
    ...run,
    totals: {
      linesCompared: run.lines.length + run.unchanged,
      linesUnchanged: run.unchanged,
      adjustments: run.lines.length,
      confirmed: count('CONFIRMED'),
      refused: count('REFUSED'),
      unknown: count('UNKNOWN'),
      held: count('HELD'),
      unitsUp: changes.filter((n) => n > 0).reduce((sum, n) => sum + n, 0),
      unitsDown: -changes.filter((n) => n < 0).reduce((sum, n) => sum + n, 0),
      moneyPerPeriod: (changes.reduce((sum, n) => sum + n, 0) * 4).toFixed(4),
      revenueAtRiskPerMonth: run.findingList.length > 0 ? AT_RISK : '0',
    },
    adjustments: (args: Args) => {
      const filter = objectOf(args['filter'])
      const statuses = filter['status']
      return toConnection(
        run.lines.filter(
          (line) =>
            (!Array.isArray(statuses) || statuses.includes(line.status)) &&
            nameContains(line.tenant.name, filter['tenantNameContains']),
        ),
        args,
      )
    },
    findings: (args: Args) => toConnection(run.findingList, args),
    ...moneyOf(run),
  }
}

const AT_RISK = '1683.0000'
const NO_ACCOUNT = {
  account: null,
  adjustments: 0,
  held: 0,
  unitsUp: 0,
  unitsDown: 0,
  money: [],
  moneyPerPeriod: '0',
  heldMoneyPerPeriod: '0',
}

/** All periods and every account's, as the API sums them. */
function moneyOf({ lines, findingList }: RunRecord): object {
  const toPeriod = (some: readonly RunAdjustment[]): object => {
    const money = (some.reduce((sum, { change }) => sum + change, 0) * 4).toFixed(4)
    return {
      periodStart: '2026-08-01',
      periodEnd: '2026-08-31',
      lines: some.length,
      linesWithoutPrice: 0,
      money,
      moneyPerPeriod: money,
    }
  }
  const settled = lines.filter(({ status }) => status !== 'HELD')
  return {
    money: settled.length === 0 ? [] : [toPeriod(settled)],
    accounts: [
      ...lines.map((line) => ({
        account: line['account'],
        adjustments: line.status === 'HELD' ? 0 : 1,
        held: line.status === 'HELD' ? 1 : 0,
        unitsUp: Math.max(line.change, 0),
        unitsDown: Math.max(-line.change, 0),
        money: line.status === 'HELD' ? [] : [toPeriod([line])],
        moneyPerPeriod: line.status === 'HELD' ? '0' : (line.change * 4).toFixed(4),
        heldMoneyPerPeriod: line.status === 'HELD' ? (line.change * 4).toFixed(4) : '0',
        revenueAtRiskPerMonth: '0',
      })),
      ...(findingList.length > 0 ? [{ ...NO_ACCOUNT, revenueAtRiskPerMonth: AT_RISK }] : []),
    ],
  }
}

/** The newest bill differs on its first line; previews cannot be computed again. */
function replay(run: RunRecord | undefined): object | null {
  if (run === undefined) return null
  const nothing = { linesCompared: 0, adjustments: 0, holds: 0, differences: [], text: null }
  const now = { engineThen: null, engineNow: '1', storedAt: null, storedBytes: null }
  if (run.mode === 'PREVIEW') return { unavailable: 'PREVIEW', ...now, ...nothing }
  const [line] = run.lines
  const difference = {
    contract: line?.['contract'] ?? null,
    service: line?.['service'] ?? null,
    effectiveDay: '2026-08-01',
    replayed: { before: 23, after: 26 },
    written: null,
    because: 'admin dismissed it.',
    explanation: ['26 devices were counted.'],
  }
  return {
    unavailable: null,
    engineThen: '1',
    engineNow: '1',
    storedAt: run.startedAt,
    storedBytes: 2048,
    linesCompared: run.lines.length,
    adjustments: run.lines.length,
    holds: 0,
    differences: run.id === 'run-22' ? [difference] : [],
    text: 'Plan for 2026-08-17',
  }
}
