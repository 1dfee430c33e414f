import {
  createAutotask,
  createLanes,
  NO_FACTS,
  type Autotask,
  type AutotaskLog,
  type AutotaskOptions,
  type ConnectionFacts,
  type Lanes,
} from '@trueup/autotask'
import type { Clock } from '@trueup/core'
import { createSecurityCenter, type SecurityCenter } from '@trueup/kaspersky'
import type { Logger } from 'pino'
import type { Orm } from '../../database/orm.ts'
import type { SecretBox } from '../../secrets/secret-box.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { createDatabaseBudget, type DatabaseBudget } from '../request-budget/database-budget.ts'
import { createWaitingKeeper } from '../request-budget/keep-waiting.ts'

/** Both sides of an integration, ready to be asked. */
export interface OpenConnection {
  readonly autotask: Autotask
  /** `null` when usage comes from reports. */
  readonly securityCenter: SecurityCenter | null
}

/** How to reach Autotask, with the secrets in clear. Never stored, never logged. */
export interface AutotaskAccess {
  readonly url: string | null
  readonly userName: string
  readonly secret: string
  readonly integrationCode: string
}

/** How to reach Kaspersky Security Center, with the password in clear. Never stored, never logged. */
export interface SecurityCenterAccess {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly certificateSha256: string | null
}

/** Opens connections and keeps them, so that zones, pacing and the hour's request budget are shared. */
export interface Connections {
  /** The connection of a stored integration; the same one until its settings change. */
  open(integration: IntegrationRow): OpenConnection
  /** A connection that is used once and closed by whoever opened it. */
  openAutotask(access: AutotaskAccess): Autotask
  openSecurityCenter(access: SecurityCenterAccess): SecurityCenter
  /** What a first write taught of an Autotask database; used by what is opened from then on. */
  learn(databaseName: string, facts: ConnectionFacts): void
  /** Opens anew next time: after a refused sign-in the old connection would never try again. */
  forget(integrationId: string): Promise<void>
  readAutotaskAccess(integration: IntegrationRow): AutotaskAccess
  readSecurityCenterAccess(integration: IntegrationRow): SecurityCenterAccess | null
  /** Waits until everything that the connections reported is stored. */
  settle(): Promise<void>
  close(): Promise<void>
}

/** What connections are made with. */
export interface ConnectionParts {
  /** Where the hour's requests are counted, for all processes alike. */
  readonly orm: Orm
  readonly secrets: SecretBox
  readonly clock: Clock
  /** The real time, also where the practice world's calendar shows another day: servers name the real one. */
  readonly machineClock: Clock
  readonly log: Logger
}

/** Sealed columns of an integration; the name of the column is part of the seal. */
export const SEALED_FIELDS = [
  'autotaskSecret',
  'autotaskIntegrationCode',
  'securityCenterPassword',
] as const

/** A connection that is used once belongs to a person who waits for an answer, not for the next hour. */
const PATIENCE_MS = 20_000

/** A call for each virtual server is little once a week, and much every day. */
const THOROUGH_EVERY_MS = 7 * 86_400_000

/** Nothing is opened before the first call. */
export function createConnections(parts: ConnectionParts): Connections {
  const kept = new Map<string, { readonly settings: string; readonly connection: OpenConnection }>()
  const maker = createAutotaskMaker(parts)
  const waiting = createWaitingKeeper(parts)
  const access = createAccessReader(parts.secrets)

  const openAutotask = (to: AutotaskAccess): Autotask =>
    maker.connect(to, {
      clock: parts.machineClock,
      maximumWaitMs: PATIENCE_MS,
      log: (event) => parts.log.info({ autotask: event }, 'Autotask made us wait, repeat or move'),
    })
  const openSecurityCenter = (
    to: SecurityCenterAccess,
    counting: KeyOptions = NO_DOUBTFUL_KEYS,
  ): SecurityCenter => connectSecurityCenter(to, { counting, clock: parts.clock })
  const forget = async (integrationId: string): Promise<void> => {
    const known = kept.get(integrationId)
    kept.delete(integrationId)
    await known?.connection.autotask.close()
  }

  return {
    openAutotask,
    openSecurityCenter,
    forget,
    ...access,
    settle: () => waiting.settle(),
    learn: (databaseName, facts) => maker.learn(databaseName, facts),
    open: (integration) => {
      const settings = toSettingsText(integration)
      const known = kept.get(integration.id)
      if (known?.settings === settings) return known.connection
      // Whoever still works with the old one finishes with it; closing it waits for that.
      void known?.connection.autotask.close()
      const securityCenter = access.readSecurityCenterAccess(integration)
      const log: AutotaskLog = (event) => waiting.keep(integration.id, event)
      const connection = {
        autotask: maker.connect(access.readAutotaskAccess(integration), {
          clock: parts.clock,
          log,
        }),
        securityCenter:
          securityCenter === null ? null : openSecurityCenter(securityCenter, integration),
      }
      kept.set(integration.id, { settings, connection })
      return connection
    },
    close: async () => {
      for (const integrationId of kept.keys()) await forget(integrationId)
      await waiting.settle()
      await maker.close()
    },
  }
}

function connectSecurityCenter(
  { url, user, password, certificateSha256 }: SecurityCenterAccess,
  { counting, clock }: { readonly counting: KeyOptions; readonly clock: Clock },
): SecurityCenter {
  return createSecurityCenter({
    url,
    credentials: { user, password },
    ...(certificateSha256 === null ? {} : { trust: { kind: 'PIN', sha256: certificateSha256 } }),
    counting,
    thoroughEveryMs: THOROUGH_EVERY_MS,
    clock,
  })
}

type KeyOptions = Pick<IntegrationRow, 'countOem' | 'countSoftCancelled'>

const NO_DOUBTFUL_KEYS: KeyOptions = { countOem: false, countSoftCancelled: false }

type HowToConnect = Pick<AutotaskOptions, 'clock' | 'log' | 'maximumWaitMs'>

function toOptions({
  url,
  userName,
  secret,
  integrationCode,
}: AutotaskAccess): Omit<AutotaskOptions, 'clock'> {
  return { userName, secret, integrationCode, ...(url === null ? {} : { url }) }
}

function createAccessReader(
  secrets: SecretBox,
): Pick<Connections, 'readAutotaskAccess' | 'readSecurityCenterAccess'> {
  const open = (row: IntegrationRow, field: (typeof SEALED_FIELDS)[number]): string =>
    secrets.open(row[field] ?? '', { record: row.id, field })
  return {
    readAutotaskAccess: (row) => ({
      url: row.autotaskUrl,
      userName: row.autotaskUserName,
      secret: open(row, 'autotaskSecret'),
      integrationCode: open(row, 'autotaskIntegrationCode'),
    }),
    readSecurityCenterAccess: (row) =>
      row.securityCenterUrl === null || row.securityCenterUser === null
        ? null
        : {
            url: row.securityCenterUrl,
            user: row.securityCenterUser,
            password: open(row, 'securityCenterPassword'),
            certificateSha256: row.securityCenterCertificateSha256,
          },
  }
}

interface AutotaskMaker {
  connect(to: AutotaskAccess, how: HowToConnect): Autotask
  learn(databaseName: string, facts: ConnectionFacts): void
  close(): Promise<void>
}

/**
 * Autotask counts simultaneous requests by integration code and the hour's requests by database, and what is known of
 * one connection holds for the whole database. The database of a user is what stands behind the @ of the login.
 */
function createAutotaskMaker({ orm, clock }: ConnectionParts): AutotaskMaker {
  const lanes = new Map<string, Lanes>()
  const budgets = new Map<string, DatabaseBudget>()
  const learned = new Map<string, ConnectionFacts>()
  return {
    connect: (to, how) => {
      const name = nameAutotaskDatabase(to)
      return createAutotask({
        ...toOptions(to),
        lanes: getOrMake(lanes, `${to.url} ${to.integrationCode}`, createLanes),
        budget: getOrMake(budgets, name, () => createDatabaseBudget({ orm, name, clock })),
        facts: learned.get(name) ?? NO_FACTS,
        ...how,
      })
    },
    learn: (databaseName, facts) => void learned.set(databaseName, facts),
    close: async () => {
      for (const budget of budgets.values()) await budget.close()
    },
  }
}

/** Names the Autotask database that is reached: the same for all users of it. Holds no secret. */
export function nameAutotaskDatabase({
  url,
  userName,
}: Pick<AutotaskAccess, 'url' | 'userName'>): string {
  return `${url ?? 'autotask.net'} ${userName.split('@').at(-1)}`
}

function getOrMake<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}

function toSettingsText(row: IntegrationRow): string {
  return JSON.stringify([
    row.autotaskUrl,
    row.autotaskUserName,
    row.securityCenterUrl,
    row.securityCenterUser,
    row.securityCenterCertificateSha256,
    row.countOem,
    row.countSoftCancelled,
    ...SEALED_FIELDS.map((field) => row[field]),
  ])
}
