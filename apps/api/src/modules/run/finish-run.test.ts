import { afterAll, beforeAll, expect, test } from 'vitest'
import { mapCustomers } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import { AdjustmentEntity, type AdjustmentRow } from '../adjustment/adjustment.entity.ts'
import { BillingRunEntity, type BillingRunRow } from './billing-run.entity.ts'
import { countAdjustments, finishRun } from './finish-run.ts'
import { startRun } from './start-run.ts'

let practice: Practice
let runId: string
beforeAll(async () => {
  practice = await startPractice('sqlite', { seed: 3, switches: { serviceTimeMs: 0 } })
  await mapCustomers(practice)
  const { services } = practice.trueup.app
  const order = { integrationId: practice.integrationId, startedBy: 'test' } as const
  const begun = await startRun(services, { ...order, mode: 'RUN', trigger: 'MANUAL' })
  await begun.ended
  runId = begun.run?.id ?? ''
  await setAll({ status: 'CONFIRMED', unitChange: 2 })
})
afterAll(() => practice.close())

const em = () => practice.trueup.app.services.orm.em.fork()
const setAll = (to: Partial<AdjustmentRow>): Promise<number> =>
  em().nativeUpdate(AdjustmentEntity, { run: runId }, to)

/** The run as it stands when one of its adjustments has become what is said, and all others added two units. */
async function finishWith(one: Partial<AdjustmentRow>): Promise<BillingRunRow & { all: number }> {
  const { services } = practice.trueup.app
  const all = await setAll({ status: 'CONFIRMED', unitChange: 2 })
  const { id } = await em().findOneOrFail(AdjustmentEntity, { run: runId })
  await em().nativeUpdate(AdjustmentEntity, { id }, one)
  await finishRun(services, runId, [])
  return { ...(await em().findOneOrFail(BillingRunEntity, { id: runId })), all }
}

test('what is held is neither an adjustment of the run nor in its sums, and waits for a person', async () => {
  const { all, status, totals } = await finishWith({ status: 'HELD', unitChange: 7 })
  expect(all).toBeGreaterThan(2)
  expect(status).toBe('COMPLETED_WITH_HOLDS')
  expect(totals).toMatchObject({
    adjustments: all - 1,
    held: 1,
    confirmed: all - 1,
    unitsUp: 2 * (all - 1),
    unitsDown: 0,
  })
})

test('units that go down are summed apart from those that go up', async () => {
  const { all, status, totals } = await finishWith({ unitChange: -5 })
  expect(status).toBe('COMPLETED')
  expect(totals).toMatchObject({ unitsUp: 2 * (all - 1), unitsDown: 5, held: 0 })
})

test('what nobody can tell of waits for a person, too', async () => {
  const { status, totals } = await finishWith({ status: 'UNKNOWN' })
  expect(status).toBe('COMPLETED_WITH_HOLDS')
  expect(totals.unknown).toBe(1)
  expect(await countAdjustments(em(), practice.integrationId, ['HELD', 'UNKNOWN'])).toBe(1)
})

test('a run with an approval that is missing or being carried out has not ended', async () => {
  for (const status of ['PLANNED', 'APPROVED'] as const) {
    const run = await finishWith({ status })
    expect(run.status).toBe('WAITING_FOR_APPROVAL')
    expect(run.finishedAt).toBeNull()
  }
  expect((await finishWith({ status: 'DISMISSED' })).finishedAt).not.toBeNull()
})
