import { formatCount } from '../../format/count.ts'
import type { BillingRunQuery } from '../../gql/graphql.ts'
import { isCounterRun } from './run-words.ts'

type Run = NonNullable<BillingRunQuery['billingRun']>

/** One step of a run: how far it has come, with the figure that shows it. */
export interface RunStep {
  readonly title: string
  readonly text: string
  readonly state: 'done' | 'current' | 'waiting' | 'failed'
}

/** What a run does, in order, as far as its totals tell. */
export function buildSteps(run: Run): readonly RunStep[] {
  if (isCounterRun(run)) return counterSteps(run)
  const { totals, snapshot, status } = run
  const isFailed = status === 'FAILED'
  const isRead = snapshot !== null
  const isCompared = isRead && status !== 'RUNNING' ? true : totals.linesCompared > 0
  const steps: RunStep[] = [
    {
      title: 'Usage read',
      text: snapshot === null ? 'From Kaspersky' : readText(snapshot),
      state: isRead ? 'done' : isFailed ? 'failed' : 'current',
    },
    {
      title: 'Lines compared',
      text: isCompared
        ? `${formatCount(totals.linesCompared, 'line')}, ${totals.linesUnchanged} unchanged`
        : 'With Autotask',
      state:
        isCompared && !(isFailed && totals.linesCompared === 0)
          ? 'done'
          : isRead
            ? isFailed
              ? 'failed'
              : 'current'
            : 'waiting',
    },
  ]
  if (run.mode === 'PREVIEW')
    return [
      ...steps,
      {
        title: 'Plan shown',
        text: 'A preview posts nothing',
        state: status === 'COMPLETED' ? 'done' : 'waiting',
      },
    ]
  return [...steps, ...postingSteps(run, isCompared)]
}

/** A run that undoes reads no usage: it reads the lines, writes and reads back. */
function counterSteps(run: Run): readonly RunStep[] {
  const { totals, status } = run
  const isRead = totals.linesCompared > 0
  const state = status === 'FAILED' ? 'failed' : status === 'RUNNING' ? 'current' : 'done'
  return [
    {
      title: 'Contracts read',
      text: isRead ? formatCount(totals.linesCompared, 'line') : 'From Autotask',
      state: isRead ? 'done' : state,
    },
    ...postingSteps(run, isRead),
  ]
}

function postingSteps({ totals, status }: Run, isCompared: boolean): RunStep[] {
  const settled = totals.confirmed + totals.refused + totals.unknown
  const awaits = status === 'WAITING_FOR_APPROVAL'
  const isOver = status === 'COMPLETED' || status === 'COMPLETED_WITH_HOLDS'
  const approval: RunStep[] = awaits
    ? [{ title: 'Approval', text: 'Waits for a person', state: 'current' }]
    : []
  return [
    ...approval,
    {
      title: 'Posted and read back',
      text: `${totals.confirmed} confirmed of ${formatCount(totals.adjustments, 'adjustment')}`,
      state: isOver
        ? 'done'
        : status === 'FAILED' && settled > 0
          ? 'failed'
          : isCompared && status === 'RUNNING'
            ? 'current'
            : 'waiting',
    },
    {
      title: isOver && totals.held > 0 ? 'Ended with holds' : 'Ended',
      text:
        totals.held > 0 ? `${totals.held} held for a decision` : isOver ? 'Nothing is held' : '',
      state: isOver ? 'done' : 'waiting',
    },
  ]
}

function readText({ tenantsComplete, tenantsIncomplete }: NonNullable<Run['snapshot']>): string {
  const complete = `${formatCount(tenantsComplete, 'customer')} complete`
  return tenantsIncomplete === 0 ? complete : `${complete}, ${tenantsIncomplete} incomplete`
}
