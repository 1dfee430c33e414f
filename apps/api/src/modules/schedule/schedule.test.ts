import { afterEach, expect, test } from 'vitest'
import { mapCustomers } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import type { Services } from '../../context.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { BillingRunEntity, type RunMode } from '../run/billing-run.entity.ts'
import { takeLease } from '../journal/lease.ts'
import { runLeaseName, startRun } from '../run/start-run.ts'

interface RunNode {
  readonly trigger: string
  readonly status: string
  readonly runDay: string
  readonly startedBy: string
  readonly problems: readonly { readonly code: string }[]
}

let practice: Practice
afterEach(() => practice.close())

async function startMapped(): Promise<void> {
  practice = await startPractice('sqlite', { seed: 3, switches: { serviceTimeMs: 0 } })
  await mapCustomers(practice)
}

/** Lets the schedule look and waits until what it began has ended. */
async function look(): Promise<readonly RunNode[]> {
  const { trueup, integrationId } = practice
  await trueup.app.schedule.tick()
  await trueup.app.services.background.settle()
  const { data } = await trueup.ask<{ billingRuns: { nodes: readonly RunNode[] } }>(
    `query ($id: ID!) { billingRuns(integrationId: $id) {
      nodes { trigger status runDay startedBy problems { code } } } }`,
    { id: integrationId },
  )
  return data.billingRuns.nodes
}

/** A run or preview that somebody begins, and its end. */
async function start(services: Services, mode: RunMode): Promise<string> {
  const begun = await startRun(services, {
    integrationId: practice.integrationId,
    mode,
    trigger: 'MANUAL',
    startedBy: 'somebody',
  })
  await begun.ended
  return begun.run?.id ?? ''
}

/** As a process leaves it that dies at work: it is at work by the books, and nobody holds the lease. */
async function leaveAtWork(mode: RunMode): Promise<void> {
  const { services } = practice.trueup.app
  const id = await start(services, mode)
  await services.orm.em.fork().nativeUpdate(BillingRunEntity, { id }, { status: 'RUNNING' })
}

async function switchSchedule(enabled: boolean): Promise<void> {
  const { trueup, integrationId: id } = practice
  const { data } = await trueup.ask<{ integration: { version: number } }>(
    'query ($id: ID!) { integration(id: $id) { version } }',
    { id },
  )
  await trueup.ask(
    `mutation ($id: ID!, $version: Int!, $enabled: Boolean!) {
      updateIntegration(id: $id, version: $version, input: { scheduleEnabled: $enabled }) { problems { code } } }`,
    { id, version: data.integration.version, enabled },
  )
}

async function passDays(days: number): Promise<void> {
  await practice.trueup.ask('mutation ($days: Int!) { advancePracticeDay(days: $days) { ok } }', {
    days,
  })
}

test('each day is run once at its hour, however often the schedule looks', async () => {
  await startMapped()
  expect(await look()).toEqual([])
  await passDays(1)
  expect((await look()).map((run) => [run.trigger, run.runDay])).toEqual([
    ['SCHEDULE', '2026-03-16'],
  ])
  expect(await look()).toHaveLength(1)
})

test('a day whose hour comes while something else than a bill is at work is run right after it', async () => {
  await startMapped()
  await passDays(1)
  const { orm } = practice.trueup.app.services
  // As a preview, a take-back or a decision holds it.
  const lease = await takeLease(orm, runLeaseName(practice.integrationId))
  expect(await look()).toEqual([])
  await lease?.release()
  expect((await look()).map((run) => [run.trigger, run.runDay])).toEqual([
    ['SCHEDULE', '2026-03-16'],
  ])
  expect(await look()).toHaveLength(1)
})

test('days that were missed are caught up by one run', async () => {
  await startMapped()
  await passDays(5)
  const runs = await look()
  expect(runs.map((run) => [run.trigger, run.runDay])).toEqual([['CATCH_UP', '2026-03-20']])
  expect(runs[0]?.status).toMatch(/^COMPLETED/)
  expect(await look()).toHaveLength(1)
})

test('a day whose hour was missed is caught up on the next one, also when no other was missed', async () => {
  await startMapped()
  const { orm } = practice.trueup.app.services
  // It is noon: the hour of the 17th has not come yet, that of the 16th has passed.
  await orm.em
    .fork()
    .nativeUpdate(IntegrationEntity, { id: practice.integrationId }, { dailyRunHour: 23 })
  await passDays(2)
  expect((await look()).map((run) => [run.trigger, run.runDay])).toEqual([
    ['CATCH_UP', '2026-03-17'],
  ])
})

test('days on which the schedule was off are not caught up when it is switched on again', async () => {
  await startMapped()
  await switchSchedule(false)
  await passDays(5)
  expect(await look()).toEqual([])
  await switchSchedule(true)
  expect(await look()).toEqual([])
  await passDays(1)
  expect((await look()).map((run) => run.trigger)).toEqual(['SCHEDULE'])
})

test('a run whose process died is ended as interrupted and followed by one that does the work', async () => {
  await startMapped()
  await leaveAtWork('RUN')
  const [followed, interrupted] = await look()
  expect(interrupted?.status).toBe('FAILED')
  expect(interrupted?.problems.map((problem) => problem.code)).toEqual(['RUN_INTERRUPTED'])
  expect([followed?.trigger, followed?.startedBy]).toEqual(['CATCH_UP', 'restart'])
  expect(followed?.status).toMatch(/^COMPLETED/)
})

test('a preview whose process died is ended as interrupted, and nobody is billed because of it', async () => {
  await startMapped()
  await leaveAtWork('PREVIEW')
  expect((await look()).map((run) => [run.status, run.problems[0]?.code])).toEqual([
    ['FAILED', 'RUN_INTERRUPTED'],
  ])
})

test('a fault of our own ends the run with a code, and the next run does the work', async () => {
  await startMapped()
  const { services } = practice.trueup.app
  const broken = {
    ...services,
    connections: {
      ...services.connections,
      open: () => {
        throw new TypeError('made for this test')
      },
    },
  }
  await start(broken, 'RUN')
  const [failed] = await look()
  expect(failed?.status).toBe('FAILED')
  expect(failed?.problems.map((problem) => problem.code)).toEqual(['RUN_BROKE_OFF'])
})
