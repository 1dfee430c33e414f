import type { LineRecord } from '../history.ts'
import type { UnitPeriod } from '../ledger.ts'
import type { DateChoice } from '../plan.ts'
import type { EffectiveDatePolicy } from '../settings.ts'
import type { Day } from '../values/day.ts'
import { addDays, laterDay } from '../values/day.ts'
import type { BillingPeriod, ContractPeriods } from '../values/period.ts'
import { findPeriod, periodAfter } from '../values/period.ts'

/** From when a line may change. */
export interface EffectiveDays {
  readonly from: Day
  /** From when units may go down: `from`, except with `ASYMMETRIC`; `null` when the contract ends before. */
  readonly downFrom: Day | null
  readonly dateChoice: DateChoice
}

/** What the choice follows from. */
export interface EffectiveDayInput {
  readonly policy: EffectiveDatePolicy
  readonly day: Day
  readonly periods: ContractPeriods
  /** The line's rows by start; none while the line does not exist. */
  readonly rows: readonly UnitPeriod[]
  readonly record: LineRecord | null
}

/**
 * Chooses the first day a change may take effect (product.md, rule 9), or `null` when no open period is left before
 * the contract ends. A period start never lies before a posted row of the line: what is invoiced stays as it is, and
 * Autotask does not say what it does with such a date (autotask-rest.md 4.3, point 10).
 */
export function chooseEffectiveDays(input: EffectiveDayInput): EffectiveDays | null {
  const open = firstOpenPeriod(input)
  switch (input.policy) {
    case 'PERIOD_START':
      return chooseStart(input, open)
    case 'NEXT_PERIOD':
      return chooseNext(input, open)
    case 'TODAY':
      return chooseToday(input, open)
    case 'ASYMMETRIC': {
      const up = chooseStart(input, open)
      return up === null ? null : { ...up, downFrom: chooseNext(input, open)?.from ?? null }
    }
  }
}

function chooseStart(input: EffectiveDayInput, open: BillingPeriod | null): EffectiveDays | null {
  const { periods } = input
  if (open === null) return null
  if (open.index !== periods.current.index) {
    return changeFrom(open.startDay, 'NEXT_PERIOD_BECAUSE_POSTED')
  }
  if (lastUsedDay(input) === null) return changeFrom(open.startDay, 'CURRENT_PERIOD_START')
  const next = periods.next()
  return next === null ? null : changeFrom(next.startDay, 'NEXT_PERIOD_BECAUSE_CHANGED_INSIDE')
}

function chooseNext(
  { periods }: EffectiveDayInput,
  open: BillingPeriod | null,
): EffectiveDays | null {
  const next = periods.next()
  if (open === null || next === null) return null
  return open.index > next.index
    ? changeFrom(open.startDay, 'NEXT_PERIOD_BECAUSE_POSTED')
    : changeFrom(next.startDay, 'NEXT_PERIOD_START')
}

function chooseToday(input: EffectiveDayInput, open: BillingPeriod | null): EffectiveDays | null {
  const { day, periods } = input
  const { current } = periods
  const next = periods.next()
  const laterIsPosted = next !== null && (open === null || open.index > next.index)
  if (laterIsPosted) return chooseNext(input, open)
  if (day === current.startDay) {
    const start = chooseStart(input, open)
    return start?.from === day ? changeFrom(day, 'RUN_DAY') : start
  }
  // What was written on a period's last day for the next one was the second change of that day.
  const written = input.record?.confirmed?.effectiveDay ?? null
  const isUsed = day === current.endDay && next !== null && written === next.startDay
  const usedThrough = isUsed ? day : lastUsedDay(input)
  if (usedThrough === null || usedThrough < day) return changeFrom(day, 'RUN_DAY')
  const free = addDays(laterDay(usedThrough, day), 1)
  if (free <= current.endDay) return changeFrom(free, 'DAY_AFTER_RUN_DAY')
  return next === null ? null : changeFrom(next.startDay, 'DAY_AFTER_RUN_DAY')
}

function changeFrom(from: Day, dateChoice: DateChoice): EffectiveDays {
  return { from, downFrom: from, dateChoice }
}

/** The first period from the current one on after which nothing is posted; `null` when there is none. */
function firstOpenPeriod(input: EffectiveDayInput): BillingPeriod | null {
  const { calendar, current } = input.periods
  let open: BillingPeriod | null = current
  for (const row of input.rows) {
    if (row.postedDay === null || row.startDay < current.startDay) continue
    const posted = findPeriod(input.periods, row.startDay)
    if (posted !== null && open !== null && posted.index >= open.index) {
      open = periodAfter(calendar, posted)
    }
  }
  return open
}

/** The start of the last row inside the current period, which Autotask makes for a change inside it. */
function lastInsideStart({ rows, periods }: EffectiveDayInput): Day | null {
  const { current } = periods
  let last: Day | null = null
  for (const { startDay } of rows) {
    if (startDay > current.startDay && startDay <= current.endDay) last = startDay
  }
  return last
}

/** The last day inside the current period that already carries a change of this line, as read or as written by us. */
function lastUsedDay(input: EffectiveDayInput): Day | null {
  const inside = lastInsideStart(input)
  const written = input.record?.confirmed?.effectiveDay ?? null
  const { current } = input.periods
  const isInside = written !== null && written > current.startDay && written <= current.endDay
  if (!isInside) return inside
  return inside === null ? written : laterDay(inside, written)
}
