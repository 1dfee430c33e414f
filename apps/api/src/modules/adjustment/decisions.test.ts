import { afterEach, expect, test } from 'vitest'
import { mapCustomers } from '../../../test/kit/map-customers.ts'
import { startPractice, type Practice } from '../../../test/kit/start-practice.ts'
import { takeLease } from '../journal/lease.ts'
import { runLeaseName } from '../run/start-run.ts'

interface Answered {
  readonly adjustments: readonly { readonly id: string; readonly status: string }[] | null
  readonly problems: readonly { readonly code: string }[]
}

let practice: Practice
afterEach(() => practice.close())

const NEW_RUN = `mutation ($id: ID!) { runNow(integrationId: $id, wait: true) {
  run { adjustments(first: 500) { nodes { id status hold { code ageDays exits facts { name value } } } } } problems { code } } }`

interface Held {
  readonly id: string
  readonly status: string
  readonly hold: {
    readonly code: string
    readonly ageDays: number
    readonly exits: readonly string[]
  } | null
}

async function run(): Promise<readonly Held[]> {
  const { data } = await practice.trueup.ask<{
    runNow: { run: { adjustments: { nodes: readonly Held[] } } }
  }>(NEW_RUN, { id: practice.integrationId })
  return data.runNow.run.adjustments.nodes
}

async function decide(exit: string, id: string): Promise<Answered> {
  const { data } = await practice.trueup.ask<{ decideHold: Answered }>(
    `mutation ($id: ID!, $exit: HoldExit!) { decideHold(adjustmentId: $id, exit: $exit) {
      adjustments { id status } problems { code } } }`,
    { id, exit },
  )
  return data.decideHold
}

async function startMapped(): Promise<void> {
  practice = await startPractice('sqlite', { seed: 3, switches: { serviceTimeMs: 0 } })
  await mapCustomers(practice)
}

/** Edits by hand, in Autotask, the first line that Trueup has written. */
function editByHand(change: number): void {
  const { adjustments, lines } = practice.sandbox.state()
  const ours = adjustments.findLast((one) => one.by === 'api')
  const line = lines.find((one) => one.id === ours?.lineID)
  const period = line?.unitPeriods.find((one) => one.startDate > '2026-03-31')
  if (line === undefined || period === undefined) throw new Error('nothing was written')
  practice.sandbox.hand.editUnits({
    contractServiceID: line.id,
    units: period.units + change,
    from: period.startDate,
  })
}

test('a hand edit is held as drift; adopting it leaves Autotask as it is, and the next run has nothing to do', async () => {
  await startMapped()
  await run()
  editByHand(4)
  const written = practice.sandbox.state().adjustments.length
  const held = (await run()).find((one) => one.hold?.code === 'DRIFT')
  expect(held?.hold?.exits).toEqual(['RESTORE', 'ADOPT', 'STOP', 'DISMISS'])
  const adopted = await decide('ADOPT', held?.id ?? '')
  expect(adopted.problems).toEqual([])
  expect(practice.sandbox.state().adjustments.length).toBe(written)
  expect((await run()).filter((one) => one.hold?.code === 'DRIFT')).toEqual([])
})

test('restoring a hand edit writes the line back to what is used', async () => {
  await startMapped()
  await run()
  editByHand(4)
  const held = (await run()).find((one) => one.hold?.code === 'DRIFT')
  const restored = await decide('RESTORE', held?.id ?? '')
  expect(restored.adjustments?.map((one) => one.status)).toEqual(['CONFIRMED'])
  expect(practice.sandbox.state().adjustments.at(-1)?.unitChange).toBe(-4)
})

test('a decision that cannot be taken says why: unknown, settled, not offered, or while a run is at work', async () => {
  await startMapped()
  const [confirmed] = (await run()).filter((one) => one.status === 'CONFIRMED')
  editByHand(4)
  const held = (await run()).find((one) => one.hold?.code === 'DRIFT')
  const codes = (answered: Answered): string[] => answered.problems.map((one) => one.code)
  expect(codes(await decide('RESTORE', 'nobody'))).toEqual(['ADJUSTMENT_NOT_FOUND'])
  expect(codes(await decide('RESTORE', confirmed?.id ?? ''))).toEqual(['ADJUSTMENT_NOT_OPEN'])
  expect(codes(await decide('OWN_LINE', held?.id ?? ''))).toEqual(['HOLD_EXIT_NOT_OFFERED'])

  const { orm } = practice.trueup.app.services
  const lease = await takeLease(orm, runLeaseName(practice.integrationId))
  expect(codes(await decide('RESTORE', held?.id ?? ''))).toEqual(['RUN_UNDER_WAY'])
  await lease?.release()
})

test('what a person puts on hold stays until they approve it, and is named as theirs', async () => {
  await startMapped()
  const { trueup, integrationId } = practice
  const { data } = await trueup.ask<{ integration: { version: number } }>(
    'query ($id: ID!) { integration(id: $id) { version } }',
    { id: integrationId },
  )
  await trueup.ask(
    `mutation ($id: ID!, $version: Int!) { updateIntegration(id: $id, version: $version, input: { approvalMode: MANUAL }) {
      problems { code } } }`,
    { id: integrationId, version: data.integration.version },
  )
  const [planned] = (await run()).filter((one) => one.status === 'PLANNED')
  const answer = await trueup.ask<{
    holdAdjustments: { adjustments: { hold: { code: string; message: string } }[] }
  }>(
    'mutation ($ids: [ID!]!) { holdAdjustments(ids: $ids) { adjustments { hold { code message } } } }',
    { ids: [planned?.id] },
  )
  expect(answer.data.holdAdjustments.adjustments[0]?.hold.code).toBe('HELD_BY_PERSON')
  expect((await decide('APPROVE', planned?.id ?? '')).adjustments?.[0]?.status).toBe('CONFIRMED')
})

test('a hold keeps its age from plan to plan, as long as its reason is the same', async () => {
  await startMapped()
  await run()
  editByHand(5)
  const ageOfDrift = async (): Promise<number | undefined> =>
    (await run()).find(({ hold }) => hold?.code === 'DRIFT')?.hold?.ageDays
  expect(await ageOfDrift()).toBe(0)
  await practice.trueup.ask('mutation { advancePracticeDay(days: 2) { ok } }')
  expect(await ageOfDrift()).toBe(2)
})
