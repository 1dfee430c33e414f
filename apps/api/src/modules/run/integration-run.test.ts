import type { Day } from '@trueup/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'
import { storeIntegration } from '../../../test/kit/store-integration.ts'
import { newId } from '../../database/id.ts'
import { BillingRunEntity, NO_TOTALS, type RunMode, type RunTrigger } from './billing-run.entity.ts'

let trueup: TestApp
let id: string
beforeAll(async () => {
  trueup = await startTestApp('sqlite')
  id = await storeIntegration(trueup)
})
afterAll(() => trueup.close())

function storeRun(mode: RunMode, trigger: RunTrigger): Promise<string> {
  return trueup.app.services.orm.em.fork().insert(BillingRunEntity, {
    id: newId(),
    integrationId: id,
    mode,
    trigger,
    status: 'COMPLETED',
    runDay: '2026-03-15' as Day,
    startedAt: new Date(trueup.clock.nowMs()),
    startedBy: 'test',
    totals: NO_TOTALS,
    problems: [],
  }) as Promise<string>
}

test('the latest run is the newest one that bills, whatever was shown or undone since', async () => {
  const latest = async (): Promise<unknown> =>
    (
      await trueup.ask<{ integration: { latestRun: { id: string } | null } }>(
        'query ($id: ID!) { integration(id: $id) { latestRun { id } } }',
        { id },
      )
    ).data.integration.latestRun
  await storeRun('PREVIEW', 'MANUAL')
  expect(await latest()).toBeNull()
  await storeRun('RUN', 'SCHEDULE')
  const newest = await storeRun('RUN', 'MANUAL')
  await storeRun('RUN', 'TAKE_BACK')
  await storeRun('RUN', 'RELEASE')
  await storeRun('PREVIEW', 'MANUAL')
  expect(await latest()).toEqual({ id: newest })
})
