import { invariant } from '../invariant.ts'
import type { Contract, ContractService, LedgerState, UnitPeriod } from '../ledger.ts'
import type { AdjustmentIntent } from '../ports.ts'
import type { Day } from '../values/day.ts'
import type { LineId } from '../values/ids.ts'
import { isPeriodStart } from '../values/period.ts'

/** What a reading of the PSA says about an intent. */
export type Verdict =
  /** Every open period from the effective day on carries `after`. */
  | {
      readonly kind: 'AT_TARGET'
      readonly line: LineId
      readonly units: number
      /** A period was posted meanwhile and stayed behind: it was invoiced without the change. */
      readonly missedPostedPeriod: boolean
    }
  /** Every period carries `before`; `isPosted` when one of them was posted, so that the day is not open any more. */
  | { readonly kind: 'UNCHANGED'; readonly isPosted: boolean }
  /** Neither: somebody else changed it too, or it was applied in part. Only a person can tell. */
  | { readonly kind: 'OTHER'; readonly unitsSeen: number | null }

/** Lines and rows as they were read; see `ContractLedger.readWritten`. */
export type WrittenState = Pick<LedgerState, 'lines' | 'unitPeriods'>

/**
 * Compares an intent with what the PSA shows. Decides by rows of whole periods from the effective day on, which carry
 * the new total under both readings of a change inside a period (autotask-rest.md 4.2); only where the contract's last
 * period leaves no such row does the row of the change itself decide, and either reading of it is accepted.
 */
export function judgeIntent(
  intent: AdjustmentIntent,
  contract: Contract,
  read: WrittenState,
): Verdict {
  const line = findLine(intent, read.lines)
  if (line === 'SEVERAL') return { kind: 'OTHER', unitsSeen: null }
  const rows = line === null ? [] : read.unitPeriods.filter((row) => row.line === line.id)
  const wholeRows = rows.filter(
    (row) => row.startDay >= intent.effectiveDay && isStart(contract, row),
  )
  if (line === null || (wholeRows.length === 0 && rows.length === 0)) {
    return intent.before === 0 ? unchanged([]) : { kind: 'OTHER', unitsSeen: null }
  }
  if (wholeRows.length === 0) return judgeInside(intent, line, rows)
  const verdict = judgeWholeRows(intent, line, wholeRows)
  return isInsideAsExpected(intent, contract, rows, verdict)
    ? verdict
    : { kind: 'OTHER', unitsSeen: wholeRows[0]?.units ?? null }
}

/**
 * A change inside a period leaves a row that starts on its day, whatever that row carries (Autotask's own pages say so).
 * Later periods that fit without it, or do not fit with it, were changed by somebody else.
 */
function isInsideAsExpected(
  intent: AdjustmentIntent,
  contract: Contract,
  rows: readonly UnitPeriod[],
  verdict: Verdict,
): boolean {
  if (verdict.kind === 'OTHER') return true
  if (isPeriodDay(contract, intent.effectiveDay)) return true
  const hasOwnRow = rows.some((row) => row.startDay === intent.effectiveDay)
  return hasOwnRow === (verdict.kind === 'AT_TARGET')
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

function judgeWholeRows(
  intent: AdjustmentIntent,
  line: ContractService,
  rows: readonly UnitPeriod[],
): Verdict {
  const { before, after } = intent
  if (rows.every((row) => row.units === before)) return unchanged(rows)
  const open = rows.filter((row) => row.postedDay === null)
  const behind = rows.filter((row) => row.units !== after)
  const isAtTarget = behind.every((row) => row.postedDay !== null && row.units === before)
  if (isAtTarget && (open.length > 0 || behind.length === 0)) {
    return {
      kind: 'AT_TARGET',
      line: line.id,
      units: after,
      missedPostedPeriod: behind.length > 0,
    }
  }
  return { kind: 'OTHER', unitsSeen: behind[0]?.units ?? null }
}

/** The contract's last period, changed inside: the row of the change carries the total or the difference. */
function judgeInside(
  intent: AdjustmentIntent,
  line: ContractService,
  rows: readonly UnitPeriod[],
): Verdict {
  const { before, after } = intent
  const own = rows.filter((row) => row.startDay === intent.effectiveDay)
  if (own.length === 0) return unchanged(rows.filter((row) => row.endDay >= intent.effectiveDay))
  const isOurs =
    own.length === 1 && own.every(({ units }) => units === after || units === after - before)
  return isOurs
    ? { kind: 'AT_TARGET', line: line.id, units: after, missedPostedPeriod: false }
    : { kind: 'OTHER', unitsSeen: own[0]?.units ?? null }
}

function unchanged(rows: readonly UnitPeriod[]): Verdict {
  return { kind: 'UNCHANGED', isPosted: rows.some((row) => row.postedDay !== null) }
}

function isStart(contract: Contract, row: UnitPeriod): boolean {
  return isPeriodDay(contract, row.startDay)
}

function isPeriodDay(contract: Contract, day: Day): boolean {
  const { startDay, endDay, periodMonths } = contract
  invariant(periodMonths !== null, 'an intent was stored for a contract without billing periods', {
    contract: contract.id,
  })
  return isPeriodStart({ startDay, endDay, periodMonths }, day)
}
