import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DriverException } from '@mikro-orm/core'
import type { Clock } from '@trueup/core'
import { pino } from 'pino'
import { createSystemClock } from '../clock.ts'
import { createOrm, type Orm } from '../database/orm.ts'
import type { Env } from '../env.ts'
import { createConnections, type Connections } from '../modules/connection/connections.ts'
import { explainConnectionCheck } from '../modules/connection/explain-connection-check.ts'
import { runChecks, type ConnectionCheck } from '../modules/connection/run-checks.ts'
import {
  IntegrationEntity,
  type IntegrationRow,
} from '../modules/integration/integration.entity.ts'
import { loadConnectionFacts } from '../modules/first-write/resume-first-writes.ts'
import { connectPracticeWorld } from '../practice/practice-world.ts'
import { readKeyFile } from '../secrets/key-file.ts'
import { createSecretBox, SecretUnreadable } from '../secrets/secret-box.ts'

/** Takes one line for people. */
export type Say = (line: string) => void

/**
 * Looks at every integration's connections as a run needs them and says what was found, without changing anything at a
 * vendor, in the settings or in the database's tables; only the requests are counted, as Autotask counts them too.
 * Returns whether nothing failed.
 */
export async function examine(env: Env, say: Say): Promise<boolean> {
  const obstacle = findObstacle(env)
  if (obstacle !== null) {
    say(`FAILED   ${obstacle}`)
    return false
  }
  const log = pino({ level: 'silent' })
  const orm = await createOrm(env.database, log)
  try {
    const integrations = await readIntegrations(orm)
    if (integrations === null) {
      say(
        'FAILED   The database cannot be read by this version. Start the server once: it migrates.',
      )
      return false
    }
    const clock = await chooseClock(env)
    if (clock === null) {
      say(`FAILED   The practice world does not answer at ${env.practiceControl}.`)
      return false
    }
    const secrets = createSecretBox(env.secretKey ?? readKeyFile(env.dataDir))
    const connections = createConnections({
      orm,
      secrets,
      clock,
      machineClock: createSystemClock(),
      log,
    })
    try {
      await loadConnectionFacts({ orm, connections })
      return await examineAll(connections, integrations, say)
    } finally {
      await connections.close()
    }
  } finally {
    await orm.close()
  }
}

/** Nothing is made that is not there: a database or a key made now would only hide that the real one is elsewhere. */
function findObstacle({ database, secretKey, dataDir }: Env): string | null {
  if (database.kind === 'sqlite' && !existsSync(database.file))
    return `There is no database at ${database.file}. Set TRUEUP_DATA_DIR or DATABASE_URL as for the server.`
  const keyFile = join(dataDir, 'secret.key')
  if (secretKey === null && !existsSync(keyFile))
    return `There is no key at ${keyFile}. Set TRUEUP_SECRET_KEY or TRUEUP_DATA_DIR as for the server.`
  return null
}

/** The clock that the server counts the hour's requests by; `null` when its practice world is gone. */
async function chooseClock({ practiceControl }: Env): Promise<Clock | null> {
  const clock = createSystemClock()
  if (practiceControl === null) return clock
  try {
    return (await connectPracticeWorld(practiceControl, clock)).clock
  } catch (error) {
    // What fetch throws when nobody listens.
    if (error instanceof TypeError) return null
    throw error
  }
}

async function readIntegrations(orm: Orm): Promise<readonly IntegrationRow[] | null> {
  try {
    return await orm.em.fork().find(IntegrationEntity, {}, { orderBy: { name: 'asc' } })
  } catch (error) {
    if (error instanceof DriverException) return null
    throw error
  }
}

async function examineAll(
  connections: Connections,
  integrations: readonly IntegrationRow[],
  say: Say,
): Promise<boolean> {
  if (integrations.length === 0) say('There is no integration yet, so there is nothing to look at.')
  let failed = 0
  for (const integration of integrations) {
    say(`Integration "${integration.name}"`)
    const checks = await checkIntegration(connections, integration, say)
    failed += checks === null ? 1 : tell(checks, say)
  }
  if (integrations.length > 0)
    say(failed === 0 ? 'Everything works.' : `${failed} of these did not go well.`)
  return failed === 0
}

/** `null`, told, when the stored secrets cannot be opened. */
async function checkIntegration(
  connections: Connections,
  integration: IntegrationRow,
  say: Say,
): Promise<readonly ConnectionCheck[] | null> {
  try {
    return await runChecks(connections, {
      autotask: connections.readAutotaskAccess(integration),
      securityCenter: connections.readSecurityCenterAccess(integration),
    })
  } catch (error) {
    if (!(error instanceof SecretUnreadable)) throw error
    say(`  FAILED   ${error.message}`)
    return null
  }
}

const SIDES = [
  { side: 'AUTOTASK', name: 'Autotask' },
  { side: 'KASPERSKY', name: 'Kaspersky Security Center' },
] as const

/** Says what each side's checks found; returns how many failed. */
function tell(checks: readonly ConnectionCheck[], say: Say): number {
  for (const { side, name } of SIDES) {
    const ofSide = checks.filter((check) => check.side === side)
    if (ofSide.length > 0) say(`  ${name}`)
    for (const check of ofSide) say(`    ${mark(check)} ${explainConnectionCheck(check)}`)
  }
  return checks.filter(({ ok }) => ok === false).length
}

function mark({ ok }: ConnectionCheck): string {
  if (ok === null) return '?       '
  return ok ? 'ok      ' : 'FAILED  '
}
