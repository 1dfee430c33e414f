import type {
  AdjustmentStatus,
  HoldExit,
  RunMode,
  RunStatus,
  RunTrigger,
  Severity,
  WaitReason,
} from '../../gql/graphql.ts'

/** How a state looks: its words, its colour, its icon. Never the colour alone. */
export interface Look {
  readonly label: string
  readonly color: 'neutral' | 'primary' | 'success' | 'info' | 'warning' | 'error'
  readonly icon: string
}

export const runStatusLooks: Readonly<Record<RunStatus, Look>> = {
  RUNNING: { label: 'Running', color: 'info', icon: 'i-lucide-loader-circle' },
  WAITING_FOR_APPROVAL: {
    label: 'Waiting for approval',
    color: 'warning',
    icon: 'i-lucide-hourglass',
  },
  COMPLETED: { label: 'Completed', color: 'success', icon: 'i-lucide-circle-check' },
  COMPLETED_WITH_HOLDS: {
    label: 'Completed with holds',
    color: 'warning',
    icon: 'i-lucide-circle-pause',
  },
  FAILED: { label: 'Failed', color: 'error', icon: 'i-lucide-circle-x' },
}

export const adjustmentStatusLooks: Readonly<Record<AdjustmentStatus, Look>> = {
  PLANNED: { label: 'Planned', color: 'neutral', icon: 'i-lucide-circle-dashed' },
  HELD: { label: 'Held', color: 'warning', icon: 'i-lucide-circle-pause' },
  APPROVED: { label: 'Approved', color: 'info', icon: 'i-lucide-thumbs-up' },
  POSTING: { label: 'Posting', color: 'info', icon: 'i-lucide-send' },
  CONFIRMED: { label: 'Confirmed', color: 'success', icon: 'i-lucide-circle-check' },
  REFUSED: { label: 'Refused', color: 'error', icon: 'i-lucide-circle-x' },
  UNKNOWN: { label: 'Unknown', color: 'error', icon: 'i-lucide-circle-help' },
  NOT_POSTED: { label: 'Not posted', color: 'neutral', icon: 'i-lucide-circle-minus' },
  DISMISSED: { label: 'Dismissed', color: 'neutral', icon: 'i-lucide-circle-slash' },
  STALE: { label: 'Outdated', color: 'neutral', icon: 'i-lucide-clock-alert' },
}

export const severityLooks: Readonly<Record<Severity, Look>> = {
  BLOCKING: { label: 'Blocking', color: 'error', icon: 'i-lucide-circle-alert' },
  WARNING: { label: 'Warning', color: 'warning', icon: 'i-lucide-triangle-alert' },
  INFO: { label: 'For information', color: 'info', icon: 'i-lucide-info' },
}

const modeLabels: Readonly<Record<RunMode, string>> = { PREVIEW: 'Preview', RUN: 'Run' }

/** What kind of run it is, for its title: "Run", "Preview", "Take-back", "Release". */
export function titleOf(run: { readonly mode: RunMode; readonly trigger: RunTrigger }): string {
  if (run.trigger === 'TAKE_BACK') return 'Take-back'
  return run.trigger === 'RELEASE' ? 'Release' : modeLabels[run.mode]
}

/** True for runs that bill nothing and undo what a person chose. */
export function isCounterRun({ trigger }: { readonly trigger: RunTrigger }): boolean {
  return trigger === 'TAKE_BACK' || trigger === 'RELEASE'
}

/** Why Autotask makes a run wait, and that nobody has to do anything about it. */
export const waitWords: Readonly<Record<WaitReason, string>> = {
  HOURLY_BUDGET:
    'The requests that Autotask allows in an hour, to all programs together, are used up. The run goes on by itself, also after a restart.',
  RATE_LIMITED:
    'Autotask takes no more requests for now. The run goes on by itself, also after a restart.',
}

/** Who or what started a run. */
export function describeStart(run: {
  readonly trigger: RunTrigger
  readonly startedBy: string
}): string {
  switch (run.trigger) {
    case 'SCHEDULE':
      return 'daily schedule'
    case 'CATCH_UP':
      return 'catching up a missed day'
    case 'MANUAL':
      return `started by ${run.startedBy}`
    case 'TAKE_BACK':
      return `taken back by ${run.startedBy}`
    case 'RELEASE':
      return `released by ${run.startedBy}`
  }
}

/** A way out of a hold, and what taking it does. */
export const exitWords: Readonly<
  Record<HoldExit, { readonly label: string; readonly text: string }>
> = {
  APPROVE: { label: 'Approve', text: 'Post this change as it is.' },
  DISMISS: {
    label: 'Dismiss',
    text: 'Do not post it. The next run plans it again if the counts still differ.',
  },
  OWN_LINE: {
    label: 'Own the whole line',
    text: 'Trueup counts the units already there as its own and brings the line to what is used.',
  },
  KEEP_BASELINE: {
    label: 'Keep as baseline',
    text: 'The units already there stay untouched; Trueup bills what is used on top of them.',
  },
  RESTORE: {
    label: 'Restore',
    text: 'Undo the edit made by hand in Autotask and return to what is used.',
  },
  ADOPT: { label: 'Adopt', text: 'Take the units set by hand as right and go on from there.' },
  STOP: { label: 'Stop', text: 'Leave the line alone from now on.' },
}

/** True while something can still change without a person. */
export function isMoving(status: RunStatus | undefined): boolean {
  return status === 'RUNNING'
}

/** True for a line a person may still decide on: approve, hold, dismiss. */
export function isOpen(status: AdjustmentStatus): boolean {
  return status === 'PLANNED'
}
