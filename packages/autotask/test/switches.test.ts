import { toDay, VendorError } from '@trueup/core'
import type { Switches } from '@trueup/sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { SWITCH_POSITIONS } from './switch-positions.ts'
import { toContractId, toLineId, toServiceId } from '../src/convert.ts'
import { startPractice, TODAY, type Practice } from './practice.ts'

// One world for all: starting one takes longer than most tests. Every test begins with an empty one.
let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

const fromDay = toDay(TODAY)

/** An empty world with one line of 10 units, and a client that remembers nothing. */
function startWithLine(switches: Partial<Switches> = {}) {
  const { sandbox, connect, events } = practice
  sandbox.reset()
  sandbox.setSwitches({ serviceTimeMs: 0, ...switches })
  events.length = 0
  const { hand } = sandbox
  const account = hand.addAccount({ companyName: 'Customer' })
  const service = hand.addService({ name: 'Service', unitPrice: 3 })
  const contract = hand.addContract({
    companyID: account.id,
    startDate: '2026-01-01',
    endDate: '2027-12-31',
  })
  const line = hand.addLine({ contractID: contract.id, serviceID: service.id, units: 10 })
  const about = {
    contract: toContractId(contract.id),
    service: toServiceId(service.id),
    line: toLineId(line.id),
  }
  return { ...practice, autotask: connect(), about }
}

describe.each(SWITCH_POSITIONS)('with %o', (switches) => {
  test('a change inside a period shows in the next period whatever its own row says', async () => {
    const { autotask, about } = startWithLine(switches)
    const effectiveDay = toDay(TODAY)
    const outcome = await autotask.applyAdjustment({ ...about, effectiveDay, unitChange: 5 }, {})
    expect(outcome).toEqual({ kind: 'ACCEPTED' })
    const request = { written: [{ ...about, effectiveDay }], fromDay: effectiveDay }
    const { unitPeriods } = await autotask.readWritten(request, {})
    const next = unitPeriods.find(({ startDay }) => startDay === '2026-12-01')
    expect(next?.units).toBe(15)
  })

  test('wrong credentials are refused and not tried again and again', async () => {
    const { connect, takeCalls } = startWithLine(switches)
    takeCalls()
    for (const wrong of [{ secret: 'x' }, { integrationCode: 'x' }]) {
      await expect(connect(wrong).readThreshold({})).rejects.toBeInstanceOf(VendorError)
    }
    expect(Object.values(takeCalls()).reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(3)
  })
})

describe('a change in a posted period', () => {
  test.each<[Switches['postedPeriod'], string]>([
    ['extra', 'ACCEPTED'],
    ['skip', 'ACCEPTED'],
    ['reject', 'REFUSED'],
  ])('with the reading %s is %s', async (postedPeriod, kind) => {
    const { autotask, about, sandbox } = startWithLine({ postedPeriod })
    sandbox.post('2026-11-30')
    const effectiveDay = toDay('2026-11-01')
    const outcome = await autotask.applyAdjustment({ ...about, effectiveDay, unitChange: 1 }, {})
    expect(outcome.kind).toBe(kind)
  })
})

describe('a second change of one line and day', () => {
  test('is unknown where Autotask calls it a duplicate, and reading shows that only one arrived', async () => {
    const { autotask, about } = startWithLine({ periodStartRepeat: 'refuse' })
    await autotask.readLedger({ contracts: [about.contract], fromDay }, {})
    const effectiveDay = toDay('2026-12-01')
    const kinds: string[] = []
    for (const unitChange of [1, 2]) {
      const outcome = await autotask.applyAdjustment({ ...about, effectiveDay, unitChange }, {})
      kinds.push(outcome.kind)
    }
    expect(kinds).toEqual(['ACCEPTED', 'UNKNOWN'])
    const request = { written: [{ ...about, effectiveDay }], fromDay: effectiveDay }
    const { unitPeriods } = await autotask.readWritten(request, {})
    expect(unitPeriods.map(({ units }) => units)).toEqual([11, 11])
  })
})

describe('a line that goes to zero', () => {
  test.each<[Switches['zeroUnits'], string, number[]]>([
    ['accept', 'ACCEPTED', [0, 0]],
    ['refuse', 'UNKNOWN', [10, 10]],
    ['deleteRows', 'ACCEPTED', []],
  ])('with the reading %s is %s, and reading shows it', async (zeroUnits, kind, units) => {
    const { autotask, about } = startWithLine({ zeroUnits })
    await autotask.readLedger({ contracts: [about.contract], fromDay }, {})
    const effectiveDay = toDay('2026-12-01')
    const outcome = await autotask.applyAdjustment({ ...about, effectiveDay, unitChange: -10 }, {})
    expect(outcome.kind).toBe(kind)
    const request = { written: [{ ...about, effectiveDay }], fromDay: effectiveDay }
    const { unitPeriods } = await autotask.readWritten(request, {})
    expect(unitPeriods.map((period) => period.units)).toEqual(units)
  })
})

describe('the requests of the hour, used up in the middle of a job', () => {
  test.each([{ suspensionRetryAfter: true }, { suspensionRetryAfter: false }])(
    'are waited for and the job ends complete (%o)',
    async (switches) => {
      const { autotask, about, clock, events, sandbox } = startWithLine({
        requestThreshold: 120,
        serviceTimeMs: 0,
        ...switches,
      })
      const startedAt = clock.nowMs()
      const effectiveDay = toDay('2026-12-01')
      for (let index = 0; index < 150; index += 1) {
        const outcome = await autotask.applyAdjustment(
          { ...about, effectiveDay, unitChange: 1 },
          {},
        )
        expect(outcome).toEqual({ kind: 'ACCEPTED' })
      }
      const waitedMs = clock.nowMs() - startedAt
      expect(waitedMs).toBeGreaterThan(55 * 60_000)
      expect(waitedMs).toBeLessThan(65 * 60_000)
      expect(new Set(events.map((event) => event.kind))).toEqual(new Set(['WAITING', 'GOING_ON']))
      const posts = sandbox.state().adjustments.filter(({ by }) => by === 'api')
      expect(posts).toHaveLength(150)
    },
  )
})

describe('a fault on the way', () => {
  const effectiveDay = toDay('2026-12-01')

  test.each(['applyThenDrop', 'applyThen500'] as const)(
    '%s leaves the write unknown, and reading shows that it arrived',
    async (fault) => {
      const { autotask, about, sandbox } = startWithLine()
      await autotask.readLedger({ contracts: [about.contract], fromDay }, {})
      sandbox.arm({ [fault]: 1 })
      const outcome = await autotask.applyAdjustment({ ...about, effectiveDay, unitChange: 2 }, {})
      expect(outcome.kind).toBe('UNKNOWN')
      const request = { written: [{ ...about, effectiveDay }], fromDay: effectiveDay }
      const { unitPeriods } = await autotask.readWritten(request, {})
      expect(unitPeriods[0]?.units).toBe(12)
    },
  )

  test('zoneMove before a write sends it to the new zone, and it is applied once', async () => {
    const { autotask, about, sandbox, events } = startWithLine()
    await autotask.readLedger({ contracts: [about.contract], fromDay }, {})
    sandbox.arm({ zoneMove: 1 })
    const outcome = await autotask.applyAdjustment({ ...about, effectiveDay, unitChange: 2 }, {})
    expect(outcome).toEqual({ kind: 'ACCEPTED' })
    expect(events).toMatchObject([{ kind: 'ZONE_MOVED' }])
    expect(sandbox.state().adjustments.filter(({ by }) => by === 'api')).toHaveLength(1)
  })

  test('429 before a write waits and applies it once', async () => {
    const { autotask, about, sandbox } = startWithLine()
    sandbox.arm({ '429': 2 })
    const outcome = await autotask.applyAdjustment({ ...about, effectiveDay, unitChange: 2 }, {})
    expect(outcome).toEqual({ kind: 'ACCEPTED' })
    expect(sandbox.state().adjustments.filter(({ by }) => by === 'api')).toHaveLength(1)
  })

  test('htmlError in place of a write leaves it unknown, and reading shows that it never arrived', async () => {
    const { autotask, about, sandbox } = startWithLine()
    await autotask.readLedger({ contracts: [about.contract], fromDay }, {})
    sandbox.arm({ htmlError: 1 })
    const outcome = await autotask.applyAdjustment({ ...about, effectiveDay, unitChange: 2 }, {})
    expect(outcome.kind).toBe('UNKNOWN')
    const request = { written: [{ ...about, effectiveDay }], fromDay: effectiveDay }
    expect((await autotask.readWritten(request, {})).unitPeriods[0]?.units).toBe(10)
  })

  test('every time a page is cut it is asked for again', async () => {
    const { autotask, about, sandbox } = startWithLine()
    sandbox.arm({ cutPage: 2 })
    const { lines } = await autotask.readLedger({ contracts: [about.contract], fromDay }, {})
    expect(lines).toHaveLength(1)
  })
})

describe('in a storm', () => {
  test('every reading is complete, and every write ends as what the units show', async () => {
    const storm = await startPractice({
      uniform: { accounts: 60, lines: 2, periods: 12, units: 5 },
      faults: 'storm',
    })
    const { autotask, sandbox } = storm
    const contracts = sandbox.state().contracts.map(({ id }) => toContractId(id))
    const { lines } = await autotask.readLedger({ contracts, fromDay }, {})
    expect(lines).toHaveLength(120)
    const effectiveDay = toDay('2026-12-01')
    for (const line of lines.slice(0, 60)) {
      const about = { contract: line.contract, service: line.service, line: line.id, effectiveDay }
      const outcome = await autotask.applyAdjustment({ ...about, unitChange: 1 }, {})
      const { unitPeriods } = await autotask.readWritten(
        { written: [about], fromDay: effectiveDay },
        {},
      )
      const units = unitPeriods[0]?.units
      expect({ ACCEPTED: [6], REFUSED: [5], UNKNOWN: [5, 6] }[outcome.kind]).toContain(units)
    }
    const perLine = Map.groupBy(sandbox.state().adjustments, ({ lineID }) => lineID)
    const posts = [...perLine.values()].map(
      (posted) => posted.filter(({ by }) => by === 'api').length,
    )
    expect(Math.max(...posts)).toBe(1)
    await storm.close()
  })
})
