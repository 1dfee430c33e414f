import type { ProblemFacts } from '../../problems.ts'
import { ANSWERS, QUESTIONS } from './open-questions.ts'
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
    `Not known before the first adjustment: ${wordOf(QUESTIONS, question)}`,
  AUTOTASK_KNOWN_FROM_WRITES: ({ question, answer }) =>
    `Known: ${wordOf(QUESTIONS, question)} ${wordOf(ANSWERS, answer)}`,
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

function wordOf(words: Readonly<Record<string, string>>, code: unknown): string {
  return words[String(code)] ?? String(code)
}
