import type { LedgerState, UnitPeriod } from '@trueup/core'
import type { FirstWriteFacts } from './first-write-probe.ts'
import { inferMidPeriodRow, type MidPeriodRow } from './mid-period.ts'

/**
 * What a connection taught about its Autotask: what is not documented and may differ between tenants. Nothing is taken
 * for granted where a fact is missing; where it is there, answers are understood without asking again.
 */
export interface ConnectionFacts {
  /** What the row of a change inside a period carries. */
  readonly midPeriodRow: MidPeriodRow
  /** What a change dated in a posted period leaves: a row beside the posted one; `NOT_SEEN`: no row tells. */
  readonly postedPeriod: 'EXTRA_ROW' | 'NOT_SEEN'
  /** Whether a line takes a second change of the same day at a period start. */
  readonly secondChangeOfOneDay: FirstWriteFacts['secondChangeOfOneDay']
}

/** Nothing is known yet. */
export const NO_FACTS: ConnectionFacts = {
  midPeriodRow: 'NOT_SEEN',
  postedPeriod: 'NOT_SEEN',
  secondChangeOfOneDay: null,
}

/** What the documentation leaves open and rows or a first write can show. */
export type AnswerableQuestion =
  | 'MID_PERIOD_ROW_MEANING'
  | 'POSTED_PERIOD_BEHAVIOUR'
  | 'SECOND_ADJUSTMENT_AT_PERIOD_START'

/** What was seen, in one word. */
export type FactAnswer =
  | Exclude<MidPeriodRow, 'NOT_SEEN'>
  | Exclude<ConnectionFacts['postedPeriod'], 'NOT_SEEN'>
  | NonNullable<ConnectionFacts['secondChangeOfOneDay']>

/** The answer to each question, `null` while nobody knows. */
export function readAnswers(
  facts: ConnectionFacts,
): Readonly<Record<AnswerableQuestion, FactAnswer | null>> {
  return {
    MID_PERIOD_ROW_MEANING: facts.midPeriodRow === 'NOT_SEEN' ? null : facts.midPeriodRow,
    POSTED_PERIOD_BEHAVIOUR: facts.postedPeriod === 'NOT_SEEN' ? null : facts.postedPeriod,
    SECOND_ADJUSTMENT_AT_PERIOD_START: facts.secondChangeOfOneDay,
  }
}

/** What rows tell by themselves, from changes that people made before us. */
export function inferFacts(
  state: Pick<LedgerState, 'contracts' | 'lines' | 'unitPeriods'>,
): Pick<ConnectionFacts, 'midPeriodRow' | 'postedPeriod'> {
  return {
    midPeriodRow: inferMidPeriodRow(state),
    postedPeriod: hasRowBesidePosted(state.unitPeriods) ? 'EXTRA_ROW' : 'NOT_SEEN',
  }
}

/** An open row that begins inside a posted one of the same line was made by a change after posting. */
function hasRowBesidePosted(periods: readonly UnitPeriod[]): boolean {
  return [...Map.groupBy(periods, (period) => period.line).values()].some((rows) => {
    const posted = rows.filter((row) => row.postedDay !== null)
    return rows.some(
      (row) =>
        row.postedDay === null &&
        posted.some((one) => one.startDay <= row.startDay && row.startDay <= one.endDay),
    )
  })
}
