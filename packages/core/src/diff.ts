import { invariant } from './invariant.ts'
import type { UnitStep } from './planning/levels.ts'
import type { Day } from './values/day.ts'

/** One change of a line on one day. */
export interface Change {
  readonly day: Day
  readonly before: number
  /** Never zero. */
  readonly change: number
  readonly after: number
  /** The change only takes back one that lies on the line for this later day, so that all periods agree. */
  readonly levels: boolean
}

/** What to compare. */
export interface DiffInput {
  /** What the line carries from the first day it may change; see `levels.ts`. */
  readonly steps: readonly UnitStep[]
  readonly target: number
  /** From when units may go down; `null` when the contract ends before. */
  readonly downFrom: Day | null
}

/**
 * The changes that bring a line to its target, in the order they must be posted: the latest day first. An adjustment
 * also moves everything after its day, so a line with a step in its future is first levelled there. After each single
 * change all periods from its day on carry the same units, which is what the journal remembers and the reading proves.
 *
 *     carries   |-- 10 --|-- 8 --|-- 8 --|     target 12
 *     1st: +2            |  10   |  10   |
 *     2nd: +2   |   12   |  12   |  12   |
 *
 * Normally there is one change, or none.
 */
export function diffLine(input: DiffInput): readonly Change[] {
  if (input.steps.every((step) => step.units === input.target)) return NO_CHANGES
  const changes: Change[] = []
  let carriedDifference = 0
  let carried: number | null = null
  for (const step of splitAt(input.steps, input.downFrom)) {
    const desired = desiredUnits(input, step)
    const difference = desired - step.units
    const change = difference - carriedDifference
    if (change !== 0) {
      const after = step.units + change
      invariant(after >= 0, 'a change would leave fewer than zero units', { after, day: step.day })
      changes.push({
        day: step.day,
        before: step.units,
        change,
        after,
        levels: after === carried,
      })
    }
    carriedDifference = difference
    carried = step.units
  }
  return changes.reverse()
}

const NO_CHANGES: readonly Change[] = []

function desiredUnits({ target, downFrom }: DiffInput, step: UnitStep): number {
  const mayGoDown = downFrom !== null && step.day >= downFrom
  return mayGoDown ? target : Math.max(target, step.units)
}

/** Makes the day from which units may go down a step of its own, so that no step lies on both sides of it. */
function splitAt(steps: readonly UnitStep[], day: Day | null): readonly UnitStep[] {
  const first = steps[0]
  if (day === null || first === undefined || first.day >= day) return steps
  if (steps.some((step) => step.day === day)) return steps
  const units = steps.reduce((last, step) => (step.day < day ? step.units : last), first.units)
  const before = steps.filter((step) => step.day < day)
  return [...before, { day, units }, ...steps.slice(before.length)]
}

/** The largest change, in either direction, that any day of the line sees. */
export function largestChange(input: DiffInput): { before: number; after: number } {
  let largest = { before: 0, after: 0 }
  for (const step of splitAt(input.steps, input.downFrom)) {
    const after = desiredUnits(input, step)
    if (Math.abs(after - step.units) > Math.abs(largest.after - largest.before)) {
      largest = { before: step.units, after }
    }
  }
  return largest
}
