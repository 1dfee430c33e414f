import type { LineRecord } from '../history.ts'
import type { UnitPeriod } from '../ledger.ts'
import type { DateChoice } from '../plan.ts'
import type { EffectiveDatePolicy } from '../settings.ts'
import type { Day } from '../values/day.ts'
import { addDays, laterDay } from '../values/day.ts'
import type { BillingCalendar, BillingPeriod } from '../values/period.ts'
import { periodAfter, periodOn } from '../values/period.ts'

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
  readonly calendar: BillingCalendar
  /** The billing period that contains `day`. */
  readonly current: BillingPeriod
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
  const next = periodAfter(input.calendar, input.current)
  const open = firstOpenPeriod(input)
  switch (input.policy) {
    case 'PERIOD_START':
      return fromStart(chooseStart(input, open, next))
    case 'NEXT_PERIOD':
      return fromStart(chooseNext(open, next))
    case 'TODAY':
      return fromStart(chooseToday(input, open, next))
    case 'ASYMMETRIC': {
      const up = chooseStart(input, open, next)
      const down = chooseNext(open, next)
      return up === null ? null : { ...up, downFrom: down?.from ?? null }
    }
  }
}

type Choice = Pick<EffectiveDays, 'from' | 'dateChoice'>

function fromStart(choice: Choice | null): EffectiveDays | null {
  return choice === null ? null : { ...choice, downFrom: choice.from }
}

function chooseStart(
  input: EffectiveDayInput,
  open: BillingPeriod | null,
  next: BillingPeriod | null,
): Choice | null {
  if (open === null) return null
  if (open.index !== input.current.index) {
    return { from: open.startDay, dateChoice: 'NEXT_PERIOD_BECAUSE_POSTED' }
  }
  if (lastInsideStart(input) === null) {
    return { from: open.startDay, dateChoice: 'CURRENT_PERIOD_START' }
  }
  if (next === null) return null
  return { from: next.startDay, dateChoice: 'NEXT_PERIOD_BECAUSE_CHANGED_INSIDE' }
}

function chooseNext(open: BillingPeriod | null, next: BillingPeriod | null): Choice | null {
  if (open === null || next === null) return null
  return open.index > next.index
    ? { from: open.startDay, dateChoice: 'NEXT_PERIOD_BECAUSE_POSTED' }
    : { from: next.startDay, dateChoice: 'NEXT_PERIOD_START' }
}

function chooseToday(
  input: EffectiveDayInput,
  open: BillingPeriod | null,
  next: BillingPeriod | null,
): Choice | null {
  const { current, day } = input
  const laterIsPosted = open === null ? next !== null : next !== null && open.index > next.index
  if (laterIsPosted) return chooseNext(open, next)
  if (day === current.startDay) {
    const start = chooseStart(input, open, next)
    return start?.from === day ? { from: day, dateChoice: 'RUN_DAY' } : start
  }
  const usedThrough = lastUsedDay(input)
  if (usedThrough === null || usedThrough < day) return { from: day, dateChoice: 'RUN_DAY' }
  const free = addDays(laterDay(usedThrough, day), 1)
  if (free <= current.endDay) return { from: free, dateChoice: 'DAY_AFTER_RUN_DAY' }
  return next === null ? null : { from: next.startDay, dateChoice: 'DAY_AFTER_RUN_DAY' }
}

/** The first period from the current one on after which nothing is posted; `null` when there is none. */
function firstOpenPeriod(input: EffectiveDayInput): BillingPeriod | null {
  let open: BillingPeriod | null = input.current
  for (const row of input.rows) {
    if (row.postedDay === null || row.startDay < input.current.startDay) continue
    const posted = periodOn(input.calendar, row.startDay)
    if (posted !== null && open !== null && posted.index >= open.index) {
      open = periodAfter(input.calendar, posted)
    }
  }
  return open
}

/** The start of the last row inside the current period, which Autotask makes for a change inside it. */
function lastInsideStart(input: Pick<EffectiveDayInput, 'rows' | 'current'>): Day | null {
  let last: Day | null = null
  for (const { startDay } of input.rows) {
    if (startDay > input.current.startDay && startDay <= input.current.endDay) last = startDay
  }
  return last
}

/** The last day inside the current period that already carries a change of this line, as read or as written by us. */
function lastUsedDay(input: EffectiveDayInput): Day | null {
  const inside = lastInsideStart(input)
  const written = input.record?.confirmed?.effectiveDay ?? null
  const isInside =
    written !== null && written > input.current.startDay && written <= input.current.endDay
  if (!isInside) return inside
  return inside === null ? written : laterDay(inside, written)
}
