import type { UnitPeriod } from '../ledger.ts'
import type { UnitPrice } from '../planning/price.ts'
import type { Day } from '../values/day.ts'
import { addDays, daysBetween } from '../values/day.ts'
import type { LineId } from '../values/ids.ts'
import type { DecimalText } from '../values/money.ts'
import { multiplyMoney } from '../values/money.ts'
import type { BillingCalendar, BillingPeriod } from '../values/period.ts'
import { countFullDays, isPeriodStart, listPeriods, periodOn } from '../values/period.ts'

/** What Autotask leaves unknown, to be tried both ways (autotask-rest.md 4.2 and 4.3). */
export interface UnitBookRules {
  /**
   * How a change inside a period shows. `TOTAL`, `DIFFERENCE`: a row more, with the new total or the difference.
   * `SPLIT`: the period's row ends on the day before, and another one with the new total begins. `WHOLE`: the period's
   * row carries the new total. `HIDDEN`: only the later periods tell.
   */
  readonly insideRows: 'TOTAL' | 'DIFFERENCE' | 'SPLIT' | 'WHOLE' | 'HIDDEN'
  /** What happens to a change dated at the start of a posted period. */
  readonly postedPeriod: 'EXTRA' | 'SKIP' | 'REJECT'
}

/** A change of one line on one day. */
export interface RowChange {
  readonly line: LineId
  readonly calendar: BillingCalendar
  readonly day: Day
  readonly units: number
  readonly price: UnitPrice | null
}

const OUTSIDE =
  'ContractServiceAdjustment effectiveDate must be between the start date and end date of the Contract.'
const NEGATIVE = 'The number of units cannot be less than zero.'
const DUPLICATE = 'Attempt to insert duplicate data into contract_service_period'
const POSTED = 'Unable to change an already approved and posted contract period'

/**
 * A line's rows after a change, or the text of the refusal. One row per period from the first change to the contract's
 * end; a change inside a period moves the later periods and adds a row of its own (autotask-rest.md 4.3).
 */
export function changeRows(
  rows: readonly UnitPeriod[],
  change: RowChange,
  rules: UnitBookRules,
): readonly UnitPeriod[] | string {
  const { calendar, day } = change
  const period = periodOn(calendar, day)
  if (period === null) return OUTSIDE
  const opened = [...rows, ...openingRows(rows, change)].sort(byStart)
  const isOpening = opened.length > rows.length
  const changed =
    day === period.startDay || isOpening
      ? changeFrom(opened, change, rules)
      : changeInside(opened, change, rules)
  if (typeof changed === 'string') return changed
  const inside = (row: UnitPeriod): boolean => row !== changed[0] && !isWhole(calendar, row)
  if (changed.some((row) => row.units < 0 && !inside(row))) return NEGATIVE
  return changed.map((row) => (inside(row) ? row : withPrice(row, change)))
}

/** Whether the row is one of a whole period, not of a change inside it. */
export function isWhole(calendar: BillingCalendar, row: UnitPeriod): boolean {
  return isPeriodStart(calendar, row.startDay)
}

/** Rows without units for the periods from the change on that have none yet: the first begins on the change's day. */
function openingRows(
  rows: readonly UnitPeriod[],
  { line, calendar, day }: RowChange,
): UnitPeriod[] {
  const first = rows[0]?.startDay ?? null
  if (first !== null && first <= day) return []
  return listPeriods(calendar, day, calendar.endDay)
    .filter((period) => first === null || period.startDay < first)
    .map((period) => ({
      line,
      startDay: period.startDay < day ? day : period.startDay,
      endDay: period.endDay,
      units: 0,
      price: null,
      postedDay: null,
    }))
}

function changeFrom(
  rows: readonly UnitPeriod[],
  { calendar, day, units }: RowChange,
  rules: UnitBookRules,
): readonly UnitPeriod[] | string {
  const posted = rows.find((row) => row.startDay === day && row.postedDay !== null)
  if (posted !== undefined && rules.postedPeriod === 'REJECT') return POSTED
  const stays = (row: UnitPeriod): boolean =>
    row.startDay < day ||
    (row === posted && rules.postedPeriod === 'SKIP') ||
    (rules.insideRows === 'DIFFERENCE' && row.startDay > day && !isWhole(calendar, row))
  return rows.map((row) => (stays(row) ? row : { ...row, units: row.units + units }))
}

function changeInside(
  rows: readonly UnitPeriod[],
  change: RowChange,
  { insideRows }: UnitBookRules,
): readonly UnitPeriod[] | string {
  const { calendar, day, units } = change
  const period = periodOn(calendar, day)
  if (period === null) return OUTSIDE
  if (rows.some((row) => row.startDay === day)) return DUPLICATE
  const earlier = rows.filter((row) => row.startDay >= period.startDay && row.startDay < day)
  const isDifference = insideRows === 'DIFFERENCE'
  const last = earlier.at(-1)
  const before = isDifference
    ? earlier.reduce((total, row) => total + row.units, 0)
    : (last?.units ?? 0)
  if (before + units < 0 && insideRows !== 'HIDDEN') return NEGATIVE
  const moves = (row: UnitPeriod): boolean =>
    (row.startDay > day && (!isDifference || isWhole(calendar, row))) ||
    (insideRows === 'WHOLE' && row === last)
  const own = ownRow(change, period, { insideRows, before })
  return [...rows, ...own]
    .map((row) => (moves(row) ? { ...row, units: row.units + units } : row))
    .map((row) =>
      insideRows === 'SPLIT' && row === last ? { ...row, endDay: addDays(day, -1) } : row,
    )
    .sort(byStart)
}

/** The row that a change inside a period makes, where it makes one. */
function ownRow(
  change: RowChange,
  period: BillingPeriod,
  { insideRows, before }: Pick<UnitBookRules, 'insideRows'> & { readonly before: number },
): UnitPeriod[] {
  if (insideRows === 'WHOLE' || insideRows === 'HIDDEN') return []
  const { line, day, units } = change
  const charged = insideRows === 'SPLIT' ? before + units : units
  const days = daysBetween(day, period.endDay) + 1
  return [
    {
      line,
      startDay: day,
      endDay: period.endDay,
      units: insideRows === 'DIFFERENCE' ? units : before + units,
      price: priceOf(change, charged * days, countFullDays(change.calendar, period)),
      postedDay: null,
    },
  ]
}

/** A period costs units times price by days of the whole period; what is posted stays as it was invoiced. */
function withPrice(row: UnitPeriod, change: RowChange): UnitPeriod {
  const period = periodOn(change.calendar, row.startDay)
  if (period === null || row.postedDay !== null) return row
  const days = daysBetween(row.startDay, row.endDay) + 1
  return {
    ...row,
    price: priceOf(change, row.units * days, countFullDays(change.calendar, period)),
  }
}

function priceOf(
  { price, calendar }: RowChange,
  unitDays: number,
  fullDays: number,
): DecimalText | null {
  if (price === null) return null
  const { amount, serviceMonths } = price
  return multiplyMoney(amount, unitDays * calendar.periodMonths, fullDays * serviceMonths)
}

function byStart(a: UnitPeriod, b: UnitPeriod): number {
  return a.startDay < b.startDay ? -1 : Number(a.startDay > b.startDay)
}
