import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../../../test/kit/databases.ts'
import { startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'
import { storeIntegration } from '../../../test/kit/store-integration.ts'
import { storeRun } from '../../../test/kit/store-run.ts'
import type { RunStatus } from '../run/billing-run.entity.ts'
import { createWaitingKeeper } from './keep-waiting.ts'
import { readWait } from './read-wait.ts'

const MINUTE_MS = 60_000

describe.each(databaseKinds)('that an integration waits for Autotask, on %s', (kind) => {
  let trueup: TestApp
  let integrationId: string
  beforeAll(async () => {
    trueup = await startTestApp(kind)
    integrationId = await storeIntegration(trueup)
  })
  afterAll(() => trueup.close())

  const now = (): Date => new Date(trueup.clock.nowMs())
  const inMs = (ms: number): number => trueup.clock.nowMs() + ms

  async function tell(...events: readonly ('GOING_ON' | number)[]): Promise<void> {
    const { orm } = trueup.app.services
    const keeper = createWaitingKeeper({
      orm,
      clock: trueup.clock,
      log: pino({ level: 'silent' }),
    })
    for (const event of events)
      keeper.keep(
        integrationId,
        event === 'GOING_ON'
          ? { kind: 'GOING_ON', operation: 'Contracts.query' }
          : {
              kind: 'WAITING',
              operation: 'Contracts.query',
              reason: 'HOURLY_BUDGET',
              resumeAtMs: event,
            },
      )
    await keeper.settle()
  }

  async function waitOf(status: RunStatus, at = now()): Promise<string | null> {
    const run = await storeRun(trueup, integrationId, { status })
    const em = trueup.app.services.orm.em.fork()
    return (await readWait(em, run, at))?.reason ?? null
  }

  test('is told of runs that are at work or whose approved lines are being posted, and of no others', async () => {
    await tell(inMs(10 * MINUTE_MS))
    expect(await waitOf('RUNNING')).toBe('HOURLY_BUDGET')
    expect(await waitOf('WAITING_FOR_APPROVAL')).toBe('HOURLY_BUDGET')
    expect(await waitOf('COMPLETED')).toBeNull()
    expect(await waitOf('FAILED')).toBeNull()
  })

  test('is over when its time is, also when the process died that would have said so', async () => {
    await tell(inMs(10 * MINUTE_MS))
    expect(await waitOf('RUNNING', new Date(inMs(10 * MINUTE_MS)))).toBeNull()
  })

  test('is over when the work goes on, however long was announced', async () => {
    await tell(inMs(10 * MINUTE_MS), 'GOING_ON')
    expect(await waitOf('RUNNING')).toBeNull()
  })

  test('is not told of pauses that are over before anybody reads of them', async () => {
    await tell('GOING_ON', inMs(4_000))
    expect(await waitOf('RUNNING')).toBeNull()
  })
})
