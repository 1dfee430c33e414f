import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../../test/kit/start-test-app.ts'
import { storeIntegration } from '../../../test/kit/store-integration.ts'
import { storeRun } from '../../../test/kit/store-run.ts'
import type { BillingRunRow } from './billing-run.entity.ts'

let trueup: TestApp
let id: string
beforeAll(async () => {
  trueup = await startTestApp('sqlite')
  id = await storeIntegration(trueup)
})
afterAll(() => trueup.close())

test('the latest run is the newest one that bills, whatever was shown or undone since', async () => {
  const latest = async (): Promise<unknown> =>
    (
      await trueup.ask<{ integration: { latestRun: { id: string } | null } }>(
        'query ($id: ID!) { integration(id: $id) { latestRun { id } } }',
        { id },
      )
    ).data.integration.latestRun
  const store = (facts: Partial<Pick<BillingRunRow, 'mode' | 'trigger'>>): Promise<BillingRunRow> =>
    storeRun(trueup, id, facts)
  await store({ mode: 'PREVIEW' })
  expect(await latest()).toBeNull()
  await store({ trigger: 'SCHEDULE' })
  const newest = await store({})
  await store({ trigger: 'TAKE_BACK' })
  await store({ trigger: 'RELEASE' })
  await store({ mode: 'PREVIEW' })
  expect(await latest()).toEqual({ id: newest.id })
})
