import { toDay } from '@trueup/core'
import type { Switches } from '@trueup/sandbox'
import { describe, expect, test } from 'vitest'
import {
  CUT_OFF_MS,
  firstWriteProbe,
  inferFacts,
  proposeFirstWrite,
  type Autotask,
  type Begun,
  type FirstWriteProposal,
  type FirstWriteStep,
} from '../src/index.ts'
import { toContractId, toLineId, toServiceId } from '../src/convert.ts'
import { openPractice, TODAY, type Practice } from './practice.ts'

async function start(switches: Partial<Switches> = {}, endDate = '2027-12-31') {
  const practice = await openPractice({ empty: true, switches })
  const { hand } = practice.sandbox
  const account = hand.addAccount({ companyName: 'Customer' })
  const service = hand.addService({ name: 'Service' })
  const contract = hand.addContract({
    companyID: account.id,
    startDate: '2026-01-01',
    endDate,
  })
  const line = hand.addLine({ contractID: contract.id, serviceID: service.id, units: 10 })
  return { ...practice, hand, contract: contract.id, service: service.id, line: line.id }
}

/** The contract with all its periods, as the guide reads it. */
async function readAll(
  autotask: Autotask,
  given: { contract: number; service: number; line: number },
) {
  const contracts = [toContractId(given.contract)]
  const fromDay = toDay('2026-01-01')
  const state = await autotask.readLedger({ contracts, fromDay }, {})
  const written = [
    {
      contract: toContractId(given.contract),
      service: toServiceId(given.service),
      line: toLineId(given.line),
    },
  ]
  const { unitPeriods } = await autotask.readWritten({ written, fromDay }, {})
  return { ...state, unitPeriods }
}

async function propose(given: Awaited<ReturnType<typeof start>>): Promise<FirstWriteProposal> {
  const state = await readAll(given.autotask, given)
  const proposal = proposeFirstWrite(state, toLineId(given.line), toDay(TODAY))
  if (typeof proposal === 'string') throw new Error(proposal)
  return proposal
}

async function probe(
  { autotask, clock }: Practice,
  proposal: FirstWriteProposal,
  begun: Begun = null,
): Promise<FirstWriteStep[]> {
  const parts = { ledger: autotask, clock, cutOffMs: CUT_OFF_MS }
  const steps: FirstWriteStep[] = []
  for await (const step of firstWriteProbe(parts, proposal, begun, {})) steps.push(step)
  return steps
}

function postsOf({ sandbox }: Practice): number[] {
  const { adjustments } = sandbox.state()
  return adjustments.filter(({ by }) => by === 'api').map(({ unitChange }) => unitChange)
}

describe('the proposal of a first write', () => {
  test('is the last period start that has a period behind it, with its units', async () => {
    const given = await start()
    given.hand.editUnits({ contractServiceID: given.line, units: 12, from: '2027-03-01' })
    const { effectiveDay, before, line } = await propose(given)
    expect([effectiveDay, before, line.id]).toEqual(['2027-11-01', 12, String(given.line)])
  })

  test('is the last period start when there is only one ahead, and none when all are posted', async () => {
    const given = await start({}, '2026-12-31')
    expect((await propose(given)).effectiveDay).toBe('2026-12-01')
    given.sandbox.post('2026-12-31')
    const state = await readAll(given.autotask, given)
    expect(proposeFirstWrite(state, toLineId(given.line), toDay(TODAY))).toBe(
      'NO_OPEN_PERIOD_AHEAD',
    )
    expect(proposeFirstWrite(state, toLineId(1), toDay(TODAY))).toBe('LINE_NOT_FOUND')
  })
})

describe('the first write', () => {
  test('adds one unit, sees it, takes it away and sees that too', async () => {
    const given = await start()
    const steps = await probe(given, await propose(given))
    expect(steps).toEqual([
      { kind: 'ADDING' },
      { kind: 'TAKING_BACK' },
      {
        kind: 'ENDED',
        report: {
          result: 'RESTORED',
          reason: null,
          units: 10,
          facts: {
            laterPeriodsFollow: true,
            earlierPeriodsStay: true,
            secondChangeOfOneDay: 'ADDED',
          },
        },
      },
    ])
    expect(postsOf(given)).toEqual([1, -1])
  })

  test('ends with a person where a second change of one day is refused', async () => {
    const given = await start({ periodStartRepeat: 'refuse' })
    const steps = await probe(given, await propose(given))
    expect(steps.at(-1)).toMatchObject({
      kind: 'ENDED',
      report: {
        result: 'NEEDS_PERSON',
        units: 11,
        reason: expect.stringContaining('duplicate'),
        facts: { secondChangeOfOneDay: 'REFUSED' },
      },
    })
    expect(postsOf(given)).toEqual([1])
  })

  test('changes nothing where writing is not permitted, and says what Autotask said', async () => {
    const given = await start()
    const proposal = await propose(given)
    given.sandbox.setSwitches({ deniedEntities: ['ContractServiceAdjustments'] })
    const steps = await probe(given, proposal)
    expect(steps.at(-1)).toMatchObject({
      report: { result: 'UNCHANGED', reason: expect.stringContaining('permissions') },
    })
    expect(postsOf(given)).toEqual([])
  })

  test('waits for the cut-off after a lost answer, and never posts a step twice', async () => {
    const given = await start()
    const proposal = await propose(given)
    given.sandbox.arm({ applyThenDrop: 2 })
    const steps = await probe(given, proposal)
    expect(steps.at(-1)).toMatchObject({ report: { result: 'RESTORED' } })
    expect(given.clock.slept).toEqual([CUT_OFF_MS, CUT_OFF_MS])
    expect(postsOf(given)).toEqual([1, -1])
  })

  test('is not begun when somebody changed the line meanwhile', async () => {
    const given = await start()
    const proposal = await propose(given)
    given.hand.editUnits({ contractServiceID: given.line, units: 20, from: TODAY })
    expect(await probe(given, proposal)).toMatchObject([
      { report: { result: 'UNCHANGED', reason: 'UNITS_CHANGED_MEANWHILE', units: 20 } },
    ])
    expect(postsOf(given)).toEqual([])
  })

  test.each<[Exclude<Begun, null>, number, string, number[]]>([
    ['ADDING', 0, 'UNCHANGED', []],
    ['ADDING', 1, 'RESTORED', [1, -1]],
    ['ADDING', 3, 'NEEDS_PERSON', [3]],
    ['TAKING_BACK', 0, 'RESTORED', []],
    ['TAKING_BACK', 1, 'RESTORED', [1, -1]],
  ])(
    'goes on after a death while %s with %i units more: %s',
    async (begun, more, result, posts) => {
      const given = await start()
      const proposal = await propose(given)
      const { contract, line, effectiveDay } = proposal
      const about = { contract: contract.id, service: line.service, line: line.id, effectiveDay }
      if (more > 0) await given.autotask.applyAdjustment({ ...about, unitChange: more }, {})
      const steps = await probe(given, proposal, begun)
      expect(steps.at(-1)).toMatchObject({ kind: 'ENDED', report: { result } })
      expect(steps[0]?.kind).not.toBe('ADDING')
      expect(given.clock.slept[0]).toBe(CUT_OFF_MS)
      expect(postsOf(given)).toEqual(posts)
    },
  )
})

describe('what rows inside periods mean', () => {
  test.each<[Switches['changeRowUnits'], string]>([
    ['total', 'TOTAL'],
    ['difference', 'DIFFERENCE'],
  ])(
    'is read off changes that people made, in a tenant where they carry the %s',
    async (changeRowUnits, meaning) => {
      const given = await start({ changeRowUnits })
      given.hand.editUnits({ contractServiceID: given.line, units: 15, from: '2026-03-17' })
      const state = await readAll(given.autotask, given)
      expect(inferFacts(state).midPeriodRow).toBe(meaning)
    },
  )
})
