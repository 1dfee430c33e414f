import type { LineRecord } from './history.ts'
import type { Levels, UnitStep } from './planning/levels.ts'
import type { Hold, HoldCode, HoldExit } from './plan.ts'

/** Why a line is held, with the ways out; the adjustments come from the diff. */
export type HoldReason = Pick<Hold, 'code' | 'exits' | 'facts'>

/** What a person may decide, by code. `DISMISS` leaves everything as it is: the hold comes back with the next plan. */
export const HOLD_EXITS: Readonly<Record<HoldCode, readonly HoldExit[]>> = {
  UNOWNED_UNITS: ['OWN_LINE', 'KEEP_BASELINE', 'STOP', 'DISMISS'],
  DRIFT: ['RESTORE', 'ADOPT', 'STOP', 'DISMISS'],
  AMBIGUOUS_LINE: ['OWN_LINE', 'STOP', 'DISMISS'],
  UNREADABLE_LINE: ['STOP', 'DISMISS'],
  UNSETTLED_ADJUSTMENT: ['ADOPT', 'STOP', 'DISMISS'],
  LINE_LIMIT_UNITS: ['APPROVE', 'DISMISS'],
  LINE_LIMIT_PERCENT: ['APPROVE', 'DISMISS'],
  LINE_LIMIT_MONEY: ['APPROVE', 'DISMISS'],
  DROP_TO_ZERO: ['APPROVE', 'DISMISS'],
  DOUBLED: ['APPROVE', 'DISMISS'],
  RUN_LIMIT_UNITS: ['APPROVE', 'DISMISS'],
  RUN_LIMIT_PERCENT: ['APPROVE', 'DISMISS'],
  RUN_LIMIT_MONEY: ['APPROVE', 'DISMISS'],
}

/** A reason to hold, with the exits its code always has. */
export function holdFor(code: HoldCode, facts: Hold['facts']): HoldReason {
  return { code, exits: HOLD_EXITS[code], facts }
}

/** What the guard looks at. */
export interface GuardInput {
  readonly record: LineRecord | null
  readonly levels: Levels
  readonly target: number
  /** How many lines of the PSA this could be. */
  readonly candidates: number
}

/**
 * Doubt about a line itself, before any brake: the first that applies. The order: what may still be on its way comes
 * before what is seen, which line it is before whose line it is, and whose it is before who changed it.
 */
export function guardLine(input: GuardInput): HoldReason | null {
  return (
    holdUnsettled(input.record) ??
    holdAmbiguous(input.candidates) ??
    holdUnreadable(input.levels) ??
    holdUnseen(input) ??
    holdUnowned(input) ??
    holdDrift(input)
  )
}

function holdUnsettled(record: LineRecord | null): HoldReason | null {
  if (record === null) return null
  if (record.unsettledKey !== null) {
    return holdFor('UNSETTLED_ADJUSTMENT', { unsettledKey: record.unsettledKey, lapsedInARow: 0 })
  }
  if (record.lapsedInARow < 2) return null
  const { lapsedInARow } = record
  return holdFor('UNSETTLED_ADJUSTMENT', { unsettledKey: null, lapsedInARow })
}

function holdAmbiguous(candidates: number): HoldReason | null {
  return candidates > 1 ? holdFor('AMBIGUOUS_LINE', { lines: candidates }) : null
}

function holdUnreadable(levels: Levels): HoldReason | null {
  if (levels.kind === 'KNOWN') return null
  return holdFor('UNREADABLE_LINE', { reason: levels.reason, unitsSeen: levels.units })
}

/**
 * Our last confirmed write lies behind everything that was read, as it does for a run that slept for weeks and still plans for its
 * own day: what the line carries there is not known, and a change here would go on into it.
 */
function holdUnseen({ record, levels }: GuardInput): HoldReason | null {
  const written = record?.confirmed?.effectiveDay ?? null
  if (levels.kind !== 'KNOWN' || levels.knownThrough === null || written === null) return null
  if (record?.ownership !== 'OWNED' || written <= levels.knownThrough) return null
  return holdFor('UNREADABLE_LINE', {
    reason: 'WRITTEN_LATER',
    unitsSeen: levels.steps.at(-1)?.units ?? null,
  })
}

/** Rule 11: units that were on a line before Trueup are somebody's, and a person says whose. */
function holdUnowned({ record, levels, target }: GuardInput): HoldReason | null {
  if (levels.kind !== 'KNOWN' || record?.ownership === 'OWNED') return null
  const carrying = levels.steps.find((step) => step.units > 0)
  if (carrying === undefined) return null
  return holdFor('UNOWNED_UNITS', {
    unitsOnLine: carrying.units,
    counted: target,
  })
}

/** Rule 13: the line does not carry what our last confirmed write left on it. */
function holdDrift({ record, levels, target }: GuardInput): HoldReason | null {
  if (levels.kind !== 'KNOWN') return null
  const step = findDrift(record, levels)
  if (step === null) return null
  const { confirmed } = record ?? {}
  return holdFor('DRIFT', {
    unitsWritten: confirmed?.units ?? null,
    writtenFor: confirmed?.effectiveDay ?? null,
    unitsSeen: step.units,
    seenFrom: step.day,
    target,
  })
}

function findDrift(
  record: LineRecord | null,
  { steps }: Extract<Levels, { kind: 'KNOWN' }>,
): UnitStep | null {
  const confirmed = record?.confirmed ?? null
  if (record === null || confirmed === null || record.ownership !== 'OWNED') return null
  const drifted = steps.find((step, index) => {
    const end = steps[index + 1]?.day ?? null
    const isCovered = end === null || end > confirmed.effectiveDay
    return isCovered && step.units !== confirmed.units
  })
  return drifted ?? null
}
