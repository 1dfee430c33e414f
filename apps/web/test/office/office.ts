import { buildSchema, type GraphQLSchema } from 'graphql'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { directoryAnswers } from './answer-directory.ts'
import { evidenceAnswers } from './answer-evidence.ts'
import { firstWriteAnswers, type FirstWriteState } from './answer-first-write.ts'
import { mappingAnswers } from './answer-mapping.ts'
import { counterAnswers, type OpenLineState } from './answer-counter.ts'
import { runAnswers, toRun } from './answer-run.ts'
import { reportAnswers } from './answer-report.ts'
import { settingsAnswers } from './answer-settings.ts'
import { buildRuns, type RunRecord } from './runs.ts'
import { buildWorld, today, type World } from './world.ts'

/** A small pretend API over the real schema: what the pages are developed and tested against. */
export interface Office {
  readonly schema: GraphQLSchema
  readonly rootValue: Record<string, unknown>
  readonly state: OfficeState
}

export interface IntegrationState {
  id: string
  version: number
  name: string
  approvalMode: 'AUTOMATIC' | 'MANUAL'
  billDevicesByCategory: boolean
  [field: string]: unknown
}
export interface ActivityRecord {
  __typename: 'Activity'
  id: string
  at: string
  actor: string
  action: string
  subject: { kind: string; id: string; name: string }
  before: string | null
  after: string | null
}

/** Everything a test may look at or set before it renders. */
export interface OfficeState {
  world: World
  runs: RunRecord[]
  integrations: IntegrationState[]
  signedIn: boolean
  password: string
  isPractice: boolean
  mustChangePassword: boolean
  practiceDay: string
  tokens: Record<string, unknown>[]
  activities: ActivityRecord[]
  /** Reasons of devices that are not billed, by `application/device`. */
  exclusions: Map<string, string>
  /** Lines that nothing feeds, and stopped ones. */
  openLines: OpenLineState[]
  firstWrite: FirstWriteState
  /** The certificate the pretend Security Center shows. */
  certificateSha256: string
  /** Names and variables of the mutations carried out, oldest first. */
  calls: { name: string; args: Record<string, unknown> }[]
  /** The next answers of these fields are refused with this text, as an outage would. */
  outages: Map<string, { code: string; message: string }>
}

export interface OfficeOptions {
  tenants?: number
  integrations?: number
  signedIn?: boolean
}

/** Opens an office with a world of its own; nothing is shared between two of them. */
export function openOffice({
  tenants = 60,
  integrations = 1,
  signedIn = true,
}: OfficeOptions = {}): Office {
  const world = buildWorld(tenants)
  const state: OfficeState = {
    world,
    runs: buildRuns(world),
    signedIn,
    password: 'correct horse battery',
    isPractice: true,
    mustChangePassword: false,
    practiceDay: today,
    integrations: Array.from({ length: integrations }, (_, n) => buildIntegration(n)),
    tokens: [
      {
        __typename: 'ApiToken',
        id: 'token-1',
        name: 'Power BI',
        role: 'READER',
        createdAt: '2026-06-01T10:00:00.000Z',
        expiresAt: null,
        lastUsedAt: '2026-08-16T22:10:00.000Z',
        revokedAt: null,
      },
    ],
    activities: buildActivities(),
    exclusions: new Map(),
    openLines: [],
    firstWrite: { isDue: false, attempt: null, answer: null },
    certificateSha256: 'b7'.repeat(32),
    calls: [],
    outages: new Map(),
  }
  const answers = {
    ...directoryAnswers(state),
    ...evidenceAnswers(state),
    ...firstWriteAnswers(state),
    ...mappingAnswers(state),
    ...counterAnswers(state, toRun),
    ...reportAnswers(state),
    ...runAnswers(state),
    ...settingsAnswers(state),
  }
  return {
    schema: buildSchema(
      readFileSync(join(import.meta.dirname, '../../../api/schema.graphql'), 'utf8'),
    ),
    rootValue: guarded(answers, state),
    state,
  }
}

type Answer = (args: Record<string, unknown>) => unknown

/** Every field but signIn wants a session; outages come before everything. */
function guarded(answers: Record<string, Answer>, state: OfficeState): Record<string, Answer> {
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      (args: Record<string, unknown>) => {
        const outage = state.outages.get(name)
        if (outage !== undefined) throw refusal(outage.code, outage.message)
        if (!state.signedIn && name !== 'signIn' && name !== 'viewer')
          throw refusal('UNAUTHENTICATED', 'Sign in first.')
        return answer(args)
      },
    ]),
  )
}

function refusal(code: string, message: string): Error {
  return Object.assign(new Error(message), { extensions: { code, requestId: 'req-42' } })
}

function buildIntegration(n: number): IntegrationState {
  return {
    __typename: 'Integration',
    id: `integration-${n + 1}`,
    version: 1,
    name: n === 0 ? 'Contoso MSP' : `Contoso MSP ${n + 1}`,
    source: 'SECURITY_CENTER',
    timeZone: 'Europe/Berlin',
    dailyRunHour: 3,
    scheduleEnabled: true,
    nextRunAt: '2026-08-18T01:00:00.000Z',
    approvalMode: 'AUTOMATIC',
    billDevicesByCategory: false,
    countUnknownAsWorkstation: false,
    countOem: false,
    countSoftCancelled: false,
    effectiveDatePolicy: 'PERIOD_START',
    maximumReadingAgeDays: 3,
    reportProfile: null,
    directoryReadAt: '2026-08-17T03:00:04.000Z',
    brakes: {
      lineUnits: 50,
      linePercent: null,
      lineMoney: '500.00',
      runUnits: null,
      runPercent: null,
      runMoney: null,
      holdDropToZero: true,
      holdDoubled: true,
    },
    autotask: {
      url: 'https://webservices5.autotask.net/atservicesrest',
      userName: 'api@contoso.example',
      hasSecret: true,
    },
    securityCenter: {
      url: 'https://ksc.contoso.example:13299',
      user: 'trueup',
      hasPassword: true,
      certificateSha256: 'b7'.repeat(32),
    },
  }
}

function buildActivities(): ActivityRecord[] {
  const subject = { kind: 'TENANT', id: 'tenant-1', name: 'Alder Creek Dental' }
  return [
    {
      __typename: 'Activity',
      id: 'activity-3',
      at: '2026-08-17T08:31:00.000Z',
      actor: 'admin',
      action: 'ACCOUNT_MAPPING_CHANGED',
      subject,
      before: '{"account":null,"billingEnabled":false}',
      after: '{"account":"Alder Creek Dental","billingEnabled":true}',
    },
    {
      __typename: 'Activity',
      id: 'activity-2',
      at: '2026-08-17T03:00:47.000Z',
      actor: 'Schedule',
      action: 'RUN_FINISHED',
      subject: { kind: 'RUN', id: 'run-22', name: 'Run of 17 Aug 2026' },
      before: null,
      after: '{"status":"COMPLETED_WITH_HOLDS"}',
    },
    {
      __typename: 'Activity',
      id: 'activity-1',
      at: '2026-08-16T15:02:00.000Z',
      actor: 'admin',
      action: 'INTEGRATION_CHANGED',
      subject: { kind: 'INTEGRATION', id: 'integration-1', name: 'Contoso MSP' },
      before: '{"dailyRunHour":2}',
      after: '{"dailyRunHour":3}',
    },
  ]
}
