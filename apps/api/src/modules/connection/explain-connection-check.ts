import type { ProblemFacts } from '../../problems.ts'
import type { ConnectionCheck } from './run-checks.ts'

type Explain = (facts: ProblemFacts) => string

/** What a check that went well tells. */
const WELL: Readonly<Record<ConnectionCheck['code'], Explain>> = {
  AUTOTASK_CHECK_ZONE: ({ name, apiUrl }) => `The zone was found: ${name ?? ''} ${apiUrl}.`,
  AUTOTASK_CHECK_CREDENTIALS: () => 'User name, secret and integration code are accepted.',
  AUTOTASK_CHECK_CLOCK: ({ differenceSeconds }) =>
    `Autotask's clock and ours differ by ${differenceSeconds} seconds.`,
  AUTOTASK_CHECK_PERMISSION: ({ entity, right }) =>
    `The API user may ${right === 'CREATE' ? 'create' : 'read'} ${entity}.`,
  AUTOTASK_CHECK_CONTRACT_TYPE: () => 'Contract type 7 means Recurring Service, as expected.',
  AUTOTASK_CHECK_CONTRACT_PERIODS: () =>
    'The billing periods of contracts are numbered as expected.',
  AUTOTASK_CHECK_SERVICE_PERIODS: () => 'The billing periods of services are numbered as expected.',
  AUTOTASK_CHECK_SERVICES: ({ active, inactive }) =>
    `There are ${active} active services to map to (${inactive} inactive).`,
  AUTOTASK_CHECK_REQUESTS_LEFT: ({ left, limit }) =>
    `${left} of ${limit} requests are left this hour.`,
  AUTOTASK_UNKNOWN_BEFORE_FIRST_WRITE: ({ question }) =>
    `Not known before the first adjustment: ${toQuestion(question)}`,
  AUTOTASK_KNOWN_FROM_WRITES: ({ question, answer }) =>
    `Known: ${toQuestion(question)} ${ANSWERS[String(answer)] ?? String(answer)}`,
  KSC_CHECK_CERTIFICATE: () => "The server's certificate is trusted.",
  KSC_CHECK_SIGN_IN: () => 'User and password are accepted.',
  KSC_CHECK_VERSION: ({ version }) => `Kaspersky Security Center ${version}.`,
  KSC_CHECK_VIRTUAL_SERVERS: ({ virtualServers }) =>
    `${virtualServers} virtual servers are visible.`,
  KSC_CHECK_KEYS: ({ keys, applications }) =>
    `${keys} keys are visible; they license ${applications} applications that are billed.`,
}

/** What a check that did not go well tells, where it has no failure of the vendor to report. */
const ILL: Partial<Record<ConnectionCheck['code'], Explain>> = {
  AUTOTASK_CHECK_CLOCK: ({ differenceSeconds }) =>
    `Autotask's clock and ours differ by ${differenceSeconds} seconds. Set this machine's clock right, or adjustments get the wrong day.`,
  AUTOTASK_CHECK_PERMISSION: ({ entity, right }) =>
    `The API user may not ${right === 'CREATE' ? 'create' : 'read'} ${entity}. Give its security level that right.`,
  AUTOTASK_CHECK_CONTRACT_TYPE: ({ list }) =>
    `Contract type 7 is not Recurring Service here (${list}). Nothing may be billed until that is clear.`,
  AUTOTASK_CHECK_CONTRACT_PERIODS: ({ list }) =>
    `The billing periods of contracts are numbered differently here (${list}).`,
  AUTOTASK_CHECK_SERVICE_PERIODS: ({ list }) =>
    `The billing periods of services are numbered differently here (${list}).`,
  AUTOTASK_CHECK_SERVICES: () => 'There is no active service to map to.',
  AUTOTASK_CHECK_REQUESTS_LEFT: ({ left, limit }) =>
    `Only ${left} of ${limit} requests are left this hour. A run waits for more.`,
  KSC_CHECK_VIRTUAL_SERVERS: () =>
    'No virtual server is visible. Create one for each customer, or let this user see them.',
  KSC_CHECK_KEYS: () => 'No key is visible that would be billed.',
}

/** The sentence of a check, for people. */
export function explainConnectionCheck({ code, ok, facts }: ConnectionCheck): string {
  if (ok !== false) return WELL[code](facts)
  const explain = ILL[code]
  if (facts['failure'] === undefined && explain !== undefined) return explain(facts)
  return `${facts['message'] ?? 'The check failed.'} (${facts['failure'] ?? code})`
}

/** What only a write shows, as people would ask it. Trueup is right whatever the answers are. */
const QUESTIONS: Readonly<Record<string, string>> = {
  MID_PERIOD_ROW_MEANING:
    'does the row of a change inside a billing period carry the new total, or the difference?',
  POSTED_PERIOD_BEHAVIOUR:
    'is a change dated in a posted period billed extra, left out, or refused?',
  ZERO_UNITS: 'may a line go to zero units?',
  SECOND_ADJUSTMENT_AT_PERIOD_START: 'may a line be changed twice with the same date?',
  YEARLY_CONTRACT_MONTHLY_SERVICE_PRICE:
    'how is the price of a monthly service scaled on a yearly contract?',
  STATUS_AT_REQUEST_LIMIT: "what does Autotask answer when the hour's requests are used up?",
  CONTRACT_NOTE_ON_ADJUSTMENT: 'does a change leave a note on the contract?',
}

/** What rows and the first write have shown. */
const ANSWERS: Readonly<Record<string, string>> = {
  TOTAL: 'The total.',
  DIFFERENCE: 'The difference.',
  CONTRADICTORY: 'Both were seen, so nothing is built on it.',
  EXTRA_ROW: 'Billed extra.',
  ADDED: 'Yes.',
  REFUSED: 'No, it is refused.',
}

function toQuestion(question: unknown): string {
  return QUESTIONS[String(question)] ?? String(question)
}
