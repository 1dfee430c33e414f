import type { ConnectionQuestion, FactAnswer } from '@trueup/autotask'

/** What Autotask's documentation leaves open, as people would ask it. Trueup is right whatever the answers are. */
export const QUESTIONS: Readonly<Record<ConnectionQuestion, string>> = {
  MID_PERIOD_ROW_MEANING: 'What does the row of a change inside a billing period carry?',
  POSTED_PERIOD_BEHAVIOUR: 'What becomes of a change dated in a posted period?',
  ZERO_UNITS: 'May a line go to zero units?',
  SECOND_ADJUSTMENT_AT_PERIOD_START: 'May a line be changed twice with the same date?',
  YEARLY_CONTRACT_MONTHLY_SERVICE_PRICE:
    'How is the price of a monthly service scaled on a yearly contract?',
  STATUS_AT_REQUEST_LIMIT: "What does Autotask answer when the hour's requests are used up?",
  CONTRACT_NOTE_ON_ADJUSTMENT: 'Does a change leave a note on the contract?',
}

/** What rows and the first write have shown. */
export const ANSWERS: Readonly<Record<FactAnswer, string>> = {
  TOTAL: 'The new total.',
  DIFFERENCE: 'The difference to what was there before.',
  CONTRADICTORY: 'Rows of both kinds were seen, so nothing is built on it.',
  EXTRA_ROW: 'It gets a row of its own and is billed extra.',
  ADDED: 'Yes: the second change is added to the first.',
  REFUSED: 'No: the second change of a day is refused.',
}
