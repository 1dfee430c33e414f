import type { ConnectionFacts } from '@trueup/autotask'

/** A question about this Autotask that its documentation leaves open, with the answer where it is known. */
export interface KnownOrNot {
  readonly question: string
  /** `null` while nobody knows. */
  readonly answer: string | null
}

/** What is known of an Autotask and what is not, in words. */
export function explainFacts(facts: ConnectionFacts): readonly KnownOrNot[] {
  return [
    {
      question: 'What does the row of a change inside a billing period carry?',
      answer: MID_PERIOD[facts.midPeriodRow],
    },
    {
      question: 'What becomes of a change dated in a posted period?',
      answer:
        facts.postedPeriod === 'EXTRA_ROW' ? 'It gets a row of its own and is billed extra.' : null,
    },
    {
      question: 'May a line be changed twice with the same date?',
      answer:
        facts.secondChangeOfOneDay === null ? null : SECOND_CHANGE[facts.secondChangeOfOneDay],
    },
  ]
}

const MID_PERIOD: Readonly<Record<ConnectionFacts['midPeriodRow'], string | null>> = {
  TOTAL: 'The new total.',
  DIFFERENCE: 'The difference to what was there before.',
  NOT_SEEN: null,
  CONTRADICTORY: 'Rows of both kinds were seen, so nothing is built on it.',
}

const SECOND_CHANGE: Readonly<
  Record<Exclude<ConnectionFacts['secondChangeOfOneDay'], null>, string>
> = {
  ADDED: 'Yes: the second change is added to the first.',
  REFUSED: 'No: the second change of a day is refused.',
}
