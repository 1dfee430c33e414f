import { VendorError, type Clock, type ReadOptions } from '@trueup/core'
import {
  readAnswers,
  type ConnectionFacts,
  type FactAnswer,
} from './first-write/connection-facts.ts'
import type { Client } from './http/client.ts'
import type { ThresholdReading } from './http/hour.ts'
import { isAllowed, readAccess, type DescribedEntity } from './resources/entity-information.ts'
import { isExpectedPeriods, isExpectedType, readPicklist } from './resources/picklists.ts'
import type { ServiceCatalogue } from './resources/services.ts'
import { version } from './wire.ts'

/** What a connection test looks at; each code has a heading in docs/errors.md. */
export type ConnectionCheckCode =
  | 'AUTOTASK_CHECK_ZONE'
  | 'AUTOTASK_CHECK_CREDENTIALS'
  | 'AUTOTASK_CHECK_CLOCK'
  | 'AUTOTASK_CHECK_PERMISSION'
  | 'AUTOTASK_CHECK_CONTRACT_TYPE'
  | 'AUTOTASK_CHECK_CONTRACT_PERIODS'
  | 'AUTOTASK_CHECK_SERVICE_PERIODS'
  | 'AUTOTASK_CHECK_SERVICES'
  | 'AUTOTASK_CHECK_REQUESTS_LEFT'
  | 'AUTOTASK_UNKNOWN_BEFORE_FIRST_WRITE'
  | 'AUTOTASK_KNOWN_FROM_WRITES'

/** One thing that was looked at. `ok` is `null` for what cannot be known without writing. */
export interface ConnectionCheck {
  readonly code: ConnectionCheckCode
  readonly ok: boolean | null
  readonly facts: Readonly<Record<string, string | number | null>>
}

/** What a connection test found. Reading only; nothing was changed. */
export interface ConnectionReport {
  /** Whether no check failed. */
  readonly ok: boolean
  /** In the order in which a person would go through them. */
  readonly checks: readonly ConnectionCheck[]
}

interface TestParts {
  readonly client: Client
  readonly catalogue: ServiceCatalogue
  readonly clock: Clock
  readonly facts: ConnectionFacts
  readonly readThreshold: (options: ReadOptions) => Promise<ThresholdReading>
}

/** What no reading can tell (facts: section 10): only the first write shows it, and every tenant may differ. */
const QUESTIONS = [
  'MID_PERIOD_ROW_MEANING',
  'POSTED_PERIOD_BEHAVIOUR',
  'ZERO_UNITS',
  'SECOND_ADJUSTMENT_AT_PERIOD_START',
  'YEARLY_CONTRACT_MONTHLY_SERVICE_PRICE',
  'STATUS_AT_REQUEST_LIMIT',
  'CONTRACT_NOTE_ON_ADJUSTMENT',
] as const

/** A question of the connection test, in one word. */
export type ConnectionQuestion = (typeof QUESTIONS)[number]

const NEEDED: readonly { readonly entity: DescribedEntity; readonly right: 'QUERY' | 'CREATE' }[] =
  [
    { entity: 'Companies', right: 'QUERY' },
    { entity: 'Contracts', right: 'QUERY' },
    { entity: 'Services', right: 'QUERY' },
    { entity: 'ContractServices', right: 'QUERY' },
    { entity: 'ContractServiceUnits', right: 'QUERY' },
    { entity: 'ContractServiceAdjustments', right: 'CREATE' },
  ]

/** Adjustments are dated by day: minutes do not matter, hours may choose another day. */
const MAXIMUM_CLOCK_DIFFERENCE_SECONDS = 3_600
/** A run over thousands of lines fits into this. */
const ENOUGH_REQUESTS = 500

/** Looks at everything a run needs. Stops early when there is no zone or the credentials are refused. */
export async function testConnection(
  parts: TestParts,
  options: ReadOptions,
): Promise<ConnectionReport> {
  const zone = await checkZone(parts)
  if (zone.ok !== true) return { ok: false, checks: [zone] }
  const [credentials, ...clock] = await checkCredentials(parts, options)
  if (credentials.ok !== true) return { ok: false, checks: [zone, credentials] }
  const rest = await Promise.all([
    ...NEEDED.map((needed) => checkPermission(parts.client, needed, options)),
    ...picklistChecks(parts.client, options),
    checkServices(parts.catalogue, options),
    checkRequestsLeft(parts, options),
  ])
  const checks = [zone, credentials, ...clock, ...rest, ...openQuestions(parts.facts)]
  return { ok: checks.every((one) => one.ok !== false), checks }
}

function checkZone({ client }: TestParts): Promise<ConnectionCheck> {
  return check('AUTOTASK_CHECK_ZONE', {}, async () => {
    const { name, apiUrl, webUrl, databaseId } = await client.readZone()
    return { ok: true, facts: { name, apiUrl: apiUrl.href, webUrl: webUrl.href, databaseId } }
  })
}

/**
 * User name, secret and integration code are refused alike (401 without a word), so they are one check. Older
 * servers answered 500 to two of the three (facts: section 1.5): here any refusal means the credentials.
 */
async function checkCredentials(
  { client, clock }: TestParts,
  options: ReadOptions,
): Promise<[ConnectionCheck, ...ConnectionCheck[]]> {
  let date: string | null = null
  const credentials = await check('AUTOTASK_CHECK_CREDENTIALS', {}, async () => {
    const call = { operation: 'Version.read', lanes: ['Version'], path: 'Version' }
    const answer = await client.read(call, options)
    date = answer.date
    const parsed = version.safeParse(answer.value)
    const { customerType = null, build = null } = parsed.success ? parsed.data : {}
    return { ok: parsed.success, facts: { customerType, build } }
  })
  return date === null ? [credentials] : [credentials, checkClock(date, clock.nowMs())]
}

function checkClock(date: string, nowMs: number): ConnectionCheck {
  const differenceSeconds = Math.round((Date.parse(date) - nowMs) / 1_000)
  const ok = Math.abs(differenceSeconds) <= MAXIMUM_CLOCK_DIFFERENCE_SECONDS
  return { code: 'AUTOTASK_CHECK_CLOCK', ok, facts: { differenceSeconds } }
}

function checkPermission(
  client: Client,
  { entity, right }: (typeof NEEDED)[number],
  options: ReadOptions,
): Promise<ConnectionCheck> {
  return check('AUTOTASK_CHECK_PERMISSION', { entity, right }, async () => {
    const access = await readAccess(client, entity, options)
    const level = right === 'QUERY' ? access.query : access.create
    return { ok: isAllowed(level), facts: { entity, right, access: level } }
  })
}

/** The numbers of contract type and periods are the same everywhere as far as known; a tenant that differs shows here. */
function picklistChecks(client: Client, options: ReadOptions): readonly Promise<ConnectionCheck>[] {
  const lists = [
    ['AUTOTASK_CHECK_CONTRACT_TYPE', 'Contracts', 'contractType', isExpectedType],
    ['AUTOTASK_CHECK_CONTRACT_PERIODS', 'Contracts', 'contractPeriodType', isExpectedPeriods],
    ['AUTOTASK_CHECK_SERVICE_PERIODS', 'Services', 'periodType', isExpectedPeriods],
  ] as const
  return lists.map(([code, entity, field, isExpected]) =>
    check(code, { entity, field }, async () => {
      const labels = await readPicklist(client, entity, field, options)
      const list = [...labels].map(([value, label]) => `${value} ${label}`).join(', ')
      return { ok: isExpected(labels), facts: { entity, field, list } }
    }),
  )
}

function checkServices(catalogue: ServiceCatalogue, options: ReadOptions) {
  return check('AUTOTASK_CHECK_SERVICES', {}, async () => {
    const services = await catalogue.read(options)
    const active = services.filter((service) => service.isActive).length
    return { ok: active > 0, facts: { active, inactive: services.length - active } }
  })
}

function checkRequestsLeft({ readThreshold }: TestParts, options: ReadOptions) {
  return check('AUTOTASK_CHECK_REQUESTS_LEFT', {}, async () => {
    const { limit, used, timeframeMinutes } = await readThreshold(options)
    const left = Math.max(0, limit - used)
    return { ok: left >= ENOUGH_REQUESTS, facts: { limit, used, left, timeframeMinutes } }
  })
}

/** What the first write showed, and what nobody knows before it. */
function openQuestions(facts: ConnectionFacts): readonly ConnectionCheck[] {
  const answers: Partial<Record<ConnectionQuestion, FactAnswer | null>> = readAnswers(facts)
  return QUESTIONS.map((question) => {
    const answer = answers[question] ?? null
    return answer === null
      ? { code: 'AUTOTASK_UNKNOWN_BEFORE_FIRST_WRITE', ok: null, facts: { question } }
      : { code: 'AUTOTASK_KNOWN_FROM_WRITES', ok: true, facts: { question, answer } }
  })
}

/** A failure of the check is its result; a bug is not, and neither is being called off. */
async function check(
  code: ConnectionCheckCode,
  subject: ConnectionCheck['facts'],
  look: () => Promise<Omit<ConnectionCheck, 'code'>>,
): Promise<ConnectionCheck> {
  try {
    return { code, ...(await look()) }
  } catch (error) {
    if (!(error instanceof VendorError) || error.code === 'AUTOTASK_CANCELLED') throw error
    const facts = { ...subject, failure: error.code, status: error.status, message: error.message }
    return { code, ok: false, facts: { ...facts, ...error.facts } }
  }
}
