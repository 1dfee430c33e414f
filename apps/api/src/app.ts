import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Clock, RunLimits } from '@trueup/core'
import { pino, type Logger } from 'pino'
import { createSystemClock, toInstant } from './clock.ts'
import type { Services } from './context.ts'
import { createOrm, migrate } from './database/orm.ts'
import type { Env } from './env.ts'
import { createGraphqlServer } from './graphql/server.ts'
import { addEvidenceRoute } from './http/evidence-route.ts'
import { addGraphqlRoute } from './http/graphql-route.ts'
import { addHealthRoutes } from './http/health-routes.ts'
import { addMetricsRoute } from './http/metrics-route.ts'
import { createHttpServer } from './http/server.ts'
import { addStaticSite } from './http/static-site.ts'
import { createConnections } from './modules/connection/connections.ts'
import { MOST_REPORT_BYTES } from './modules/report/report-file.ts'
import { loadConnectionFacts } from './modules/first-write/resume-first-writes.ts'
import { createReportFolder } from './modules/report-intake/report-folder.ts'
import { createRunBackground } from './modules/run/run-background.ts'
import { createSchedule, type Schedule } from './modules/schedule/schedule.ts'
import {
  createFirstAdministrator,
  type FirstSignIn,
} from './modules/viewer/create-first-administrator.ts'
import { createPasswords, PASSWORD_COST, type PasswordCost } from './modules/viewer/password.ts'
import { createSignInLimit } from './modules/viewer/sign-in-limit.ts'
import { connectPracticeWorld } from './practice/practice-world.ts'
import { buildSchema } from './schema.ts'
import { readKeyFile } from './secrets/key-file.ts'
import { createSecretBox } from './secrets/secret-box.ts'

/** What an app is made of. Everything but `env` has the default that production uses. */
export interface AppParts {
  readonly env: Env
  /** Replaced by the practice world's clock where there is one. */
  readonly clock?: Clock
  readonly log?: Logger
  /** How patient runs are; core's defaults fit Autotask. */
  readonly runLimits?: Partial<RunLimits>
  /** Bytes of an uploaded report that are taken in. */
  readonly mostReportBytes?: number
  /** What a guess at a password costs. */
  readonly passwordCost?: PasswordCost
}

/** A running Trueup. */
export interface App {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  /** How to sign in, at the first start only. */
  readonly firstSignIn: FirstSignIn | null
  readonly services: Services
  readonly schedule: Schedule
  /** Ends what is under way, then the listening, then the database. */
  close(): Promise<void>
}

const schema = buildSchema()

/** Wires everything, migrates and listens. `/healthz` and `/readyz` answer from the first moment on. */
export async function createApp(parts: AppParts): Promise<App> {
  const { env } = parts
  const services = await createServices(parts)
  const { orm, log } = services
  const progress = { isMigrated: false }
  const server = await createHttpServer(env, log)
  const apollo = createGraphqlServer(schema, log)
  await apollo.start()
  addHealthRoutes(server, {
    isReady: async () => progress.isMigrated && (await orm.isConnected()),
  })
  addMetricsRoute(server, services)
  addGraphqlRoute(server, apollo, { services, isOpen: () => progress.isMigrated })
  addEvidenceRoute(server, { services, isOpen: () => progress.isMigrated })
  await addStaticSite(server, env.webDir ?? defaultWebDir())
  const schedule = createSchedule(services)
  const reports = env.reportDir === null ? null : createReportFolder(services, env.reportDir)
  const close = async (): Promise<void> => {
    schedule.stop()
    await reports?.stop()
    await services.background.close()
    await apollo.stop()
    await server.close()
    await services.connections.close()
    await orm.close()
  }
  try {
    await server.listen({ host: env.host, port: env.port })
    await migrate(orm)
    await loadConnectionFacts(services)
    const firstSignIn = await createFirstAdministrator(orm, {
      passwords: services.passwords,
      password: env.firstPassword,
      at: toInstant(services.clock),
    })
    progress.isMigrated = true
    schedule.start()
    await reports?.start()
    return { url: urlOf(env, portOf(server.addresses())), firstSignIn, services, schedule, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The services of a command that ends: migrated, without serving anything. Whoever opens them closes them. */
export async function openServices(
  parts: AppParts,
): Promise<{ readonly services: Services; close(): Promise<void> }> {
  const services = await createServices(parts)
  const close = async (): Promise<void> => {
    await services.connections.close()
    await services.orm.close()
  }
  try {
    await migrate(services.orm)
    return { services, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function createServices(parts: AppParts): Promise<Services> {
  const { env } = parts
  const log = parts.log ?? createLog(env)
  const machineClock = parts.clock ?? createSystemClock()
  const practice =
    env.practiceControl === null
      ? null
      : await connectPracticeWorld(env.practiceControl, machineClock)
  const clock = practice?.clock ?? machineClock
  const secrets = createSecretBox(env.secretKey ?? readKeyFile(env.dataDir))
  const orm = await createOrm(env.database, log)
  return {
    env,
    log,
    clock,
    machineClock,
    orm,
    practice,
    secrets,
    connections: createConnections({ orm, secrets, clock, machineClock, log }),
    background: createRunBackground(),
    runLimits: parts.runLimits ?? {},
    mostReportBytes: parts.mostReportBytes ?? MOST_REPORT_BYTES,
    passwords: createPasswords(parts.passwordCost ?? PASSWORD_COST),
    // People wait in real time, whatever day the practice calendar shows.
    signInLimit: createSignInLimit(machineClock),
  }
}

/** JSON lines on stderr; what a person should read goes to stdout, from main.ts. */
function createLog(env: Env): Logger {
  return pino(
    {
      level: env.logLevel,
      redact: {
        paths: ['*.password', '*.secret', '*.integrationCode', '*.authorization', '*.cookie'],
        censor: '[secret]',
      },
    },
    pino.destination({ fd: 2, sync: true }),
  )
}

/** Beside the program: `apps/web/dist`, seen from `apps/api/src` and from `apps/api/dist` alike. */
function defaultWebDir(): string {
  return join(fileURLToPath(new URL('.', import.meta.url)), '../../web/dist')
}

function portOf(addresses: readonly (string | AddressInfo)[]): number {
  const first = addresses.find((address) => typeof address !== 'string')
  if (first === undefined) throw new Error('The server listens nowhere')
  return first.port
}

function urlOf(env: Env, port: number): string {
  const host = env.host === '0.0.0.0' || env.host === '::' ? 'localhost' : env.host
  return `http://${host}:${port}`
}
