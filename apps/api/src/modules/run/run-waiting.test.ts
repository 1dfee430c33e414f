import { rmSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import {
  createTestDatabase,
  databaseKinds,
  type DatabaseKind,
} from '../../../test/kit/databases.ts'
import { mapCustomers, type MappedCustomer } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import { startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'
import { createTestClock, type TestClock } from '../../../test/kit/test-clock.ts'
import type { DatabaseTarget } from '../../database/orm.ts'
import { LeaseEntity } from '../journal/lease.entity.ts'

interface RunNode {
  readonly id: string
  readonly status: string
  readonly trigger: string
  readonly waiting: { readonly until: string; readonly reason: string } | null
  readonly problems: readonly { readonly code: string }[]
  readonly totals: { readonly confirmed: number; readonly unknown: number }
}

/** A clock whose long pauses last until the test lets them pass; Autotask's hour passes with it. */
interface GatedClock {
  readonly clock: TestClock
  /** Resolves when somebody pauses. */
  untilPaused(): Promise<void>
  /** Lets this pause and all later ones pass. */
  open(): void
}

let close: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const one of close.toReversed()) await one()
  close = []
})

function createGatedClock(isOpen: boolean, onPass: (ms: number) => void): GatedClock {
  const clock = createTestClock()
  let paused: () => void = () => undefined
  const pausing = new Promise<void>((resolve) => (paused = resolve))
  let release: () => void = () => undefined
  const gate = isOpen ? Promise.resolve() : new Promise<void>((resolve) => (release = resolve))
  return {
    untilPaused: () => pausing,
    open: () => release(),
    clock: {
      ...clock,
      sleep: async (ms, signal) => {
        paused()
        await Promise.race([gate, aborted(signal)])
        onPass(ms)
        await clock.sleep(ms)
      },
    },
  }
}

function aborted(signal: Parameters<TestClock['sleep']>[1]): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve()
    signal?.addEventListener('abort', () => resolve())
  })
}

async function chooseDatabase(kind: DatabaseKind): Promise<DatabaseTarget> {
  if (kind === 'postgresql') return createTestDatabase(kind)
  const folder = mkdtempSync(join(tmpdir(), 'trueup-'))
  close.push(() => Promise.resolve(rmSync(folder, { recursive: true })))
  return { kind: 'sqlite', file: join(folder, 'trueup.db') }
}

async function readRuns(trueup: TestApp, integrationId: string): Promise<readonly RunNode[]> {
  const { data } = await trueup.ask<{ billingRuns: { nodes: readonly RunNode[] } }>(
    `query ($id: ID!) { billingRuns(integrationId: $id) { nodes {
      id status trigger waiting { until reason } problems { code } totals { confirmed unknown } } } }`,
    { id: integrationId },
  )
  return data.billingRuns.nodes
}

interface Begun {
  readonly practice: Practice
  readonly customers: readonly MappedCustomer[]
  readonly gate: GatedClock
  readonly database: DatabaseTarget
}

/** Customers mapped and counted, nothing billed yet, and a clock that stops at the first pause. */
async function begin(kind: DatabaseKind): Promise<Begun> {
  const database = await chooseDatabase(kind)
  const pass: { on: (ms: number) => void } = { on: () => undefined }
  const gate = createGatedClock(false, (ms) => pass.on(ms))
  const practice = await startPractice(
    kind,
    { seed: 3, switches: { serviceTimeMs: 0 } },
    { clock: gate.clock, database },
  )
  close.push(() => practice.close())
  pass.on = (ms) => practice.sandbox.passMinutes(ms / 60_000)
  const customers = await mapCustomers(practice)
  return { practice, customers, gate, database }
}

/** The same database in a new process, whose pauses pass at once. */
async function restart({ practice, database }: Begun): Promise<TestApp> {
  const { clock } = createGatedClock(true, (ms) => practice.sandbox.passMinutes(ms / 60_000))
  const env = { practiceControl: practice.sandbox.connection.control, database }
  const trueup = await startTestApp('sqlite', { env, clock })
  close.push(() => trueup.close())
  return trueup
}

const runNow = (trueup: TestApp, id: string) =>
  trueup.ask('mutation ($id: ID!) { runNow(integrationId: $id) { problems { code } } }', { id })

function countPosts({ sandbox }: Practice): number {
  return sandbox.calls().log.filter((call) => call.operation.endsWith('Adjustments.create')).length
}

/** Whether each line carries the same units in every open period from here on, and how many adjustments made them. */
function readUnits({ sandbox }: Practice): { units: string; adjustments: number } {
  const { unitPeriods, adjustments } = sandbox.state()
  const rows = unitPeriods.map(
    (row) => `${row.contractID} ${row.serviceID} ${row.startDate} ${row.units}`,
  )
  return { units: rows.toSorted().join('\n'), adjustments: adjustments.length }
}

/** What the same job comes to when nothing is in its way. */
async function billUndisturbed(kind: DatabaseKind): Promise<ReturnType<typeof readUnits>> {
  const practice = await startPractice(kind, { seed: 3, switches: { serviceTimeMs: 0 } })
  close.push(() => practice.close())
  await mapCustomers(practice)
  await runNow(practice.trueup, practice.integrationId)
  await practice.trueup.app.services.background.settle()
  return readUnits(practice)
}

describe.each(databaseKinds)('with the requests of the hour used up, on %s', (kind) => {
  test('a run waits in the middle of its posts, says until when, survives a kill, and finishes right', async () => {
    const expected = await billUndisturbed(kind)
    const begun = await begin(kind)
    const { practice, gate } = begun
    const { trueup, sandbox, integrationId } = practice
    practice.sandbox.clearCalls()
    const used = 10_000 - 8
    sandbox.useRequests(used - (await readUsed(practice)))
    await runNow(trueup, integrationId)
    await gate.untilPaused()
    await trueup.app.services.connections.settle()
    const posted = countPosts(practice)
    expect(posted).toBeGreaterThan(0)
    const [waiting] = await readRuns(trueup, integrationId)
    expect(waiting?.status).toBe('RUNNING')
    expect(waiting?.waiting?.reason).toBe('RATE_LIMITED')
    const until = waiting?.waiting?.until ?? ''
    expect(Date.parse(until)).toBeGreaterThan(trueup.app.services.clock.nowMs())
    expect(trueup.logged.some((line) => line.includes(`until ${until}`))).toBe(true)

    // As a process leaves it that is killed: nobody renews its lease.
    await trueup.app.services.orm.em.fork().nativeDelete(LeaseEntity, {})
    const again = await restart(begun)
    await again.app.schedule.tick()
    await again.app.services.background.settle()

    const [followed, killed] = await readRuns(again, integrationId)
    expect(killed?.problems.map((problem) => problem.code)).toEqual(['RUN_INTERRUPTED'])
    expect([followed?.trigger, followed?.waiting]).toEqual(['CATCH_UP', null])
    expect(followed?.status).toMatch(/^COMPLETED/)
    expect(followed?.totals.unknown).toBe(0)
    expect(readUnits(practice)).toEqual(expected)
  })

  test('the next process knows it without asking: it sends nothing before the hour has room', async () => {
    const begun = await begin(kind)
    const { practice } = begun
    const { trueup, sandbox, integrationId } = practice
    sandbox.useRequests(9_600)
    // A connection test reads Autotask's own count, other programs' requests included.
    const tested = await trueup.ask<{
      testIntegration: { checks: { code: string; ok: boolean }[] }
    }>('mutation ($id: ID!) { testIntegration(id: $id) { checks { code ok } } }', {
      id: integrationId,
    })
    expect(
      tested.data.testIntegration.checks.find((one) => one.code === 'AUTOTASK_CHECK_REQUESTS_LEFT'),
    ).toMatchObject({ ok: false })
    const again = await restart(begun)
    sandbox.clearCalls()
    await runNow(again, integrationId)
    await again.app.services.background.settle()
    const [run] = await readRuns(again, integrationId)
    expect(run?.status).toMatch(/^COMPLETED/)
    const { log } = sandbox.calls()
    expect(log.filter((call) => call.status === 429)).toEqual([])
    expect(again.logged.some((line) => line.includes('HOURLY_BUDGET'))).toBe(true)
  })
})

async function readUsed({ sandbox }: Practice): Promise<number> {
  const { url, userName, secret, integrationCode } = sandbox.connection.autotask
  const response = await fetch(`${url}V1.0/ThresholdInformation`, {
    headers: { ApiIntegrationCode: integrationCode, UserName: userName, Secret: secret },
  })
  const body = (await response.json()) as { currentTimeframeRequestCount: number }
  return body.currentTimeframeRequestCount
}
