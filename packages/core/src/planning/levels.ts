import type { LineRecord } from '../history.ts'
import type { UnitPeriod } from '../ledger.ts'
import type { Day } from '../values/day.ts'
import type { ContractPeriods } from '../values/period.ts'
import { findPeriod } from '../values/period.ts'

/** From this day on the line carries these units, until the next step. */
export interface UnitStep {
  readonly day: Day
  readonly units: number
}

/** The units a line carries from a day on. */
export type Levels =
  | {
      readonly kind: 'KNOWN'
      /** At least one; the first is on the day asked for. Two neighbours never have the same units. */
      readonly steps: readonly UnitStep[]
      /** The last day of the last period that was read; `null` when the line has no rows at all. */
      readonly knownThrough: Day | null
    }
  /** The rows do not say; `units` is the nearest that was read, for people only. */
  | {
      readonly kind: 'UNREADABLE'
      readonly reason: 'ROW_MISSING' | 'TWO_READINGS'
      readonly units: number
    }

/** What the levels are read from. */
export interface LevelInput {
  /** By start. */
  readonly rows: readonly UnitPeriod[]
  readonly periods: ContractPeriods
  readonly record: LineRecord | null
}

/**
 * The units from `from` on, by the rows of whole periods: each is taken for the day it starts on, never "the first
 * row" or "the last row" (product.md, rule 8). Rows that start inside a period count only where nothing else tells.
 */
export function readLevels(input: LevelInput, from: Day): Levels {
  const first = isStart(input, from) ? levelAtStart(input, from) : levelInside(input, from)
  if (typeof first !== 'number') return first
  const steps: UnitStep[] = [{ day: from, units: first }]
  let last = first
  for (const row of input.rows) {
    if (row.startDay <= from || row.units === last) continue
    if (!isStart(input, row.startDay)) continue
    steps.push({ day: row.startDay, units: row.units })
    last = row.units
  }
  return { kind: 'KNOWN', steps, knownThrough: input.rows.at(-1)?.endDay ?? null }
}

function isStart({ periods }: LevelInput, day: Day): boolean {
  return findPeriod(periods, day)?.startDay === day
}

type Unreadable = Extract<Levels, { kind: 'UNREADABLE' }>

function levelAtStart({ rows }: LevelInput, from: Day): number | Unreadable {
  let before: UnitPeriod | null = null
  for (const row of rows) {
    if (row.startDay === from) return row.units
    if (row.startDay < from) before = row
  }
  if (before === null || before.units === 0) return 0
  return { kind: 'UNREADABLE', reason: 'ROW_MISSING', units: before.units }
}

/**
 * Units on a day inside the current period. A row of a change inside a period carries either the new total or only
 * the difference (autotask-rest.md 4.2, unknown), so both readings are made, and only our own journal says which of them
 * is true. The next period does not: whoever edited it by hand may have made it what the wrong reading comes to.
 *
 *     period   |---- 10 ----|-- ? --|
 *                           ^ row of the change: 15 (total) or 5 (difference); 15 in both readings
 */
function levelInside(input: LevelInput, from: Day): number | Unreadable {
  const { rows } = input
  const { current } = input.periods
  const base = rows.find((row) => row.startDay === current.startDay) ?? null
  const inside = rows.filter((row) => row.startDay > current.startDay && row.startDay <= from)
  const lastInside = inside.at(-1)
  const next = rows.find((row) => row.startDay > current.endDay)?.units
  const written = unitsWrittenInside(input, from)
  if (lastInside === undefined) {
    if (base === null) return levelAtStart(input, from)
    // A PSA that shows no row of a change inside a period still shows its total in the next one.
    return written !== undefined && written === next ? written : base.units
  }

  const asTotal = lastInside.units
  const asDifference = inside.reduce((sum, row) => sum + row.units, base?.units ?? 0)
  // Without the row at the period's start the sum may lack its beginning, and then only a witness counts.
  if (base !== null && (asTotal === asDifference || asTotal < 0)) return asDifference
  if (written === asTotal || written === asDifference) return written
  if (base === null && written !== undefined && written === next) return written
  return { kind: 'UNREADABLE', reason: 'TWO_READINGS', units: Math.max(0, next ?? asTotal) }
}

/** What our last confirmed write left on the line, where that write is dated inside the current period. */
function unitsWrittenInside({ periods, record }: LevelInput, from: Day): number | undefined {
  const written = record?.confirmed ?? null
  if (written === null || written.effectiveDay <= periods.current.startDay) return undefined
  return written.effectiveDay <= from ? written.units : undefined
}
