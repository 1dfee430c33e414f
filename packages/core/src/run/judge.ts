import type { WrittenState } from '../billed.ts'
import { invariant } from '../invariant.ts'
import type { Contract, ContractService, UnitPeriod } from '../ledger.ts'
import type { AdjustmentIntent } from '../ports.ts'
import { isPeriodStart } from '../values/period.ts'
import type { BillingCalendar } from '../values/period.ts'

/** What a reading of the PSA says about an intent. */
export type Verdict =
  /** Every open period from the effective day on carries `after`. */
  | {
      readonly kind: 'AT_TARGET'
      readonly line: ContractService['id']
      readonly units: number
      /** A period was posted meanwhile and stayed behind: it was invoiced without the change. */
      readonly missedPostedPeriod: boolean
    }
  /** An open period that would carry `after` carries `before`; `isPosted` when the effective day is not open any more. */
  | { readonly kind: 'UNCHANGED'; readonly isPosted: boolean }
  /** The rows would look the same with the change and without it: they neither confirm it nor prove that it never came. */
  | { readonly kind: 'UNSEEN'; readonly unitsSeen: number | null }
  /** Neither: somebody else changed it too, or it was applied in part. Only a person can tell. */
  | { readonly kind: 'OTHER'; readonly unitsSeen: number | null }

/** What is judged. */
export interface JudgedIntent {
  readonly intent: AdjustmentIntent
  readonly contract: Contract
  /** The PSA answered that it took the change. Alone that proves nothing; it decides where rows cannot. */
  readonly isAccepted: boolean
}

/**
 * Compares an intent with what the PSA shows of its contract. Whole periods from the effective day on decide: they carry the new total
 * however the PSA shows a change inside a period, which nobody has documented (autotask-rest.md 4.2). Seen so far or
 * thinkable, for 10 units that become 15 on the 17th, in a month that is followed by another one:
 *
 *     a row more, the total       |-- 10 --------|     |-- 15 --|
 *                                          |15 --|
 *     a row more, the difference  |-- 10 --------|     |-- 15 --|
 *                                          | 5 --|
 *     the row is split            |-- 10 --|15 --|     |-- 15 --|
 *     the whole row changes       |-- 15 --------|     |-- 15 --|
 *     nothing shows               |-- 10 --------|     |-- 15 --|
 *
 * In a contract's last period there is no later one, and there a change that does not show is never called unchanged:
 * posting it again might bill it twice.
 */
export function judgeIntent(judged: JudgedIntent, read: WrittenState): Verdict {
  const { intent, contract } = judged
  const calendar = toCalendar(contract)
  const line = findLine(intent, read.lines)
  if (line === 'SEVERAL') return { kind: 'OTHER', unitsSeen: null }
  const rows = line === null ? [] : read.unitPeriods.filter((row) => row.line === line.id)
  const { before, effectiveDay } = intent
  if (line === null || rows.length === 0) {
    return before === 0
      ? { kind: 'UNCHANGED', isPosted: false }
      : { kind: 'OTHER', unitsSeen: null }
  }
  const parts: Parts = {
    ...judged,
    line,
    wholeRows: rows.filter((row) => {
      return row.startDay >= effectiveDay && isPeriodStart(calendar, row.startDay)
    }),
    coveringRows: rows.filter((row) => row.startDay < effectiveDay && row.endDay >= effectiveDay),
    ownRows: rows.filter((row) => row.startDay === effectiveDay),
  }
  return isPeriodStart(calendar, effectiveDay) ? judgeWholeRows(parts) : judgeInside(parts)
}

interface Parts extends JudgedIntent {
  readonly line: ContractService
  /** Rows of whole periods from the effective day on. */
  readonly wholeRows: readonly UnitPeriod[]
  /** Rows that began before the effective day and reach over it. */
  readonly coveringRows: readonly UnitPeriod[]
  readonly ownRows: readonly UnitPeriod[]
}

function judgeWholeRows({ intent, line, wholeRows }: Parts): Verdict {
  const { before, after } = intent
  if (wholeRows.length === 0) {
    return before === 0
      ? { kind: 'UNCHANGED', isPosted: false }
      : { kind: 'OTHER', unitsSeen: null }
  }
  const open = wholeRows.filter((row) => row.postedDay === null)
  if (wholeRows.every((row) => row.units === before)) {
    // A PSA may skip what is posted: then only an open row tells, and behind what was read there may be one.
    return open.length > 0
      ? { kind: 'UNCHANGED', isPosted: open.length < wholeRows.length }
      : { kind: 'UNSEEN', unitsSeen: before }
  }
  const behind = wholeRows.filter((row) => row.units !== after)
  const isAtTarget = behind.every((row) => row.postedDay !== null && row.units === before)
  return isAtTarget && (open.length > 0 || behind.length === 0)
    ? atTarget(line, after, behind.length > 0)
    : { kind: 'OTHER', unitsSeen: behind[0]?.units ?? null }
}

/** A change inside a period: later periods decide, and the own one must not contradict them. */
function judgeInside(parts: Parts): Verdict {
  const { intent, line, isAccepted, wholeRows, ownRows, coveringRows } = parts
  const { before, after } = intent
  const later = wholeRows.length === 0 ? null : judgeWholeRows(parts)
  const shows = showsInside(parts)
  if (shows === 'OTHER') return { kind: 'OTHER', unitsSeen: ownRows[0]?.units ?? null }
  if (later === null) {
    return shows === 'CHANGE' ? atTarget(line, after, false) : { kind: 'UNSEEN', unitsSeen: before }
  }
  switch (later.kind) {
    case 'AT_TARGET': {
      if (shows === 'CHANGE') return later
      // A PSA may skip what is posted: then this period was invoiced without the change.
      const isSkipped = coveringRows.some(({ postedDay }) => postedDay !== null)
      if (isAccepted) return atTarget(line, after, later.missedPostedPeriod || isSkipped)
      // Later periods that carry it without a trace of it here: the PSA may hide it, or somebody wrote them by hand.
      return { kind: 'UNSEEN', unitsSeen: after }
    }
    case 'UNCHANGED':
      return shows === 'NOTHING' ? later : { kind: 'OTHER', unitsSeen: wholeRows[0]?.units ?? null }
    case 'UNSEEN':
      return shows === 'CHANGE' ? atTarget(line, after, true) : later
    case 'OTHER':
      return later
  }
}

/**
 * What the rows of the period itself show. Where an earlier change lies inside it too, a row that carries `after` may be a
 * part of a sum and is no evidence.
 */
function showsInside({ intent, coveringRows, ownRows }: Parts): 'CHANGE' | 'NOTHING' | 'OTHER' {
  const { before, after } = intent
  const [own, ...more] = ownRows
  if (own !== undefined) {
    const isOurs = own.units === after || own.units === after - before
    return isOurs && more.length === 0 ? 'CHANGE' : 'OTHER'
  }
  const [covering, ...others] = coveringRows
  if (covering === undefined || others.length > 0) return 'NOTHING'
  return covering.units === after ? 'CHANGE' : 'NOTHING'
}

function atTarget(line: ContractService, units: number, missedPostedPeriod: boolean): Verdict {
  return { kind: 'AT_TARGET', line: line.id, units, missedPostedPeriod }
}

function findLine(
  intent: AdjustmentIntent,
  lines: readonly ContractService[],
): ContractService | null | 'SEVERAL' {
  const matching = lines.filter((line) =>
    intent.line === null
      ? line.contract === intent.contract && line.service === intent.service
      : line.id === intent.line,
  )
  return matching.length > 1 ? 'SEVERAL' : (matching[0] ?? null)
}

function toCalendar({ id, startDay, endDay, periodMonths }: Contract): BillingCalendar {
  invariant(periodMonths !== null, 'an intent was stored for a contract without billing periods', {
    contract: id,
  })
  return { startDay, endDay, periodMonths }
}
