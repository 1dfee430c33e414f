import { toDay, type ContractId, type LineId, type ServiceId } from '@trueup/core'
import { describe, expect, test } from 'vitest'
import { createLanes, createMemoryBudget, type RequestBudget } from '../src/index.ts'
import { pageOf, sendJson, startVendor, type Received } from './vendor.ts'

const MINUTE_MS = 60_000
/** Long enough for requests to meet if they are let. */
const SERVICE_TIME_MS = 15
const threshold = (used: number) => ({
  externalRequestThreshold: 10_000,
  requestThresholdTimeframe: 60,
  currentTimeframeRequestCount: used,
})

/** Answers every request after a moment and keeps the most that ever met, by entity. */
function meeting() {
  const underWay = new Map<string, number>()
  const most = new Map<string, number>()
  const answer: Parameters<typeof startVendor>[0] = (received, response) => {
    const lane = laneOf(received)
    underWay.set(lane, (underWay.get(lane) ?? 0) + 1)
    most.set(lane, Math.max(most.get(lane) ?? 0, underWay.get(lane) ?? 0))
    setTimeout(() => {
      underWay.set(lane, (underWay.get(lane) ?? 1) - 1)
      sendJson(
        response,
        200,
        laneOf(received) === 'adjustments' ? { itemId: null } : emptyFor(received),
      )
    }, SERVICE_TIME_MS)
  }
  return { most, answer }
}

function laneOf({ path }: Received): string {
  return path.includes('ServiceAdjustments') ? 'adjustments' : (path.split('/')[0] ?? '')
}

function emptyFor({ path }: Received): unknown {
  return path.endsWith('query') ? pageOf([]) : { info: { userAccessForQuery: 'All' } }
}

describe('requests to one entity', () => {
  test('never meet by more than two, and adjustments not at all', async () => {
    const { most, answer } = meeting()
    const { autotask } = await startVendor(answer)
    const contracts = Array.from({ length: 3_000 }, (_, index) => String(index + 1) as ContractId)
    const write = (index: number) =>
      autotask.applyAdjustment(
        {
          contract: String(index) as ContractId,
          service: '1' as ServiceId,
          line: '1' as LineId,
          effectiveDay: toDay('2026-12-01'),
          unitChange: 1,
        },
        {},
      )
    await Promise.all([
      autotask.readLedger({ contracts, fromDay: toDay('2026-11-22') }, {}),
      ...Array.from({ length: 10 }, (_, index) => write(index + 1)),
    ])
    expect(most.get('Contracts')).toBe(2)
    expect(most.get('adjustments')).toBe(1)
  })

  test('of two clients with shared lanes count together', async () => {
    const { most, answer } = meeting()
    const lanes = createLanes()
    const first = await startVendor(answer, { lanes })
    const second = await startVendor(answer, { lanes, url: first.origin })
    const contracts = Array.from({ length: 3_000 }, (_, index) => String(index + 1) as ContractId)
    const request = { contracts, fromDay: toDay('2026-11-22') }
    await Promise.all([
      first.autotask.readLedger(request, {}),
      second.autotask.readLedger(request, {}),
    ])
    expect(most.get('Contracts')).toBe(2)
  })
})

describe('a read that meets "too many requests"', () => {
  test('waits as long as it is asked to, and tells when it goes on', async () => {
    let isFirst = true
    const { autotask, clock, events } = await startVendor((_, response) => {
      if (isFirst) response.setHeader('Retry-After', '12')
      sendJson(response, isFirst ? 429 : 200, isFirst ? {} : threshold(5))
      isFirst = false
    })
    const startedAt = clock.nowMs()
    await expect(autotask.readThreshold({})).resolves.toMatchObject({ used: 5 })
    expect(events).toEqual([
      {
        kind: 'WAITING',
        operation: 'ThresholdInformation.read',
        reason: 'RATE_LIMITED',
        resumeAtMs: startedAt + 12_000,
      },
      { kind: 'GOING_ON', operation: 'ThresholdInformation.read' },
    ])
  })

  test('without a word for how long waits longer each time, a minute at most', async () => {
    let left = 8
    const { autotask, clock } = await startVendor((_, response) => {
      left -= 1
      sendJson(response, left >= 0 ? 429 : 200, left >= 0 ? {} : threshold(5))
    })
    await autotask.readThreshold({})
    expect(clock.slept).toEqual([2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1_000))
  })

  test('can be called off while it waits', async () => {
    const controller = new AbortController()
    const { autotask, clock } = await startVendor((_, response) => sendJson(response, 429, {}))
    clock.onSleep = () => controller.abort()
    await expect(autotask.readThreshold({ signal: controller.signal })).rejects.toMatchObject({
      code: 'AUTOTASK_CANCELLED',
    })
  })
})

describe('the requests of the hour', () => {
  test('used up by others make a call wait, tell until when, and go on when they fall', async () => {
    let used = 10_000
    const budget = createMemoryBudget()
    const { autotask, clock, events, received } = await startVendor(
      (one, response) =>
        sendJson(
          response,
          200,
          one.path === 'ThresholdInformation' ? threshold(used) : emptyFor(one),
        ),
      { budget },
    )
    await autotask.readThreshold({})
    const startedAt = clock.nowMs()
    clock.onSleep = () => (used = clock.nowMs() - startedAt >= 20 * MINUTE_MS ? 100 : used)
    await autotask.readLedger({ contracts: ['1' as ContractId], fromDay: toDay('2026-11-22') }, {})
    expect(clock.nowMs() - startedAt).toBe(20 * MINUTE_MS)
    const [first] = events
    expect(first).toMatchObject({ kind: 'WAITING', reason: 'HOURLY_BUDGET' })
    expect(first?.kind === 'WAITING' && first.resumeAtMs).toBeGreaterThan(startedAt)
    const asked = received.filter(({ path }) => path === 'ThresholdInformation')
    expect(asked).toHaveLength(1 + 4)
  })

  test('are asked for once by all that wait together', async () => {
    let used = 10_000
    let asking = 0
    let mostAsking = 0
    const { autotask, clock } = await startVendor((one, response) => {
      if (one.path !== 'ThresholdInformation') return sendJson(response, 200, emptyFor(one))
      asking += 1
      mostAsking = Math.max(mostAsking, asking)
      setTimeout(() => {
        asking -= 1
        sendJson(response, 200, threshold(used))
      }, SERVICE_TIME_MS)
    })
    await autotask.readThreshold({})
    const startedAt = clock.nowMs()
    clock.onSleep = () => (used = clock.nowMs() - startedAt >= 60 * MINUTE_MS ? 100 : used)
    const contracts = Array.from({ length: 1_000 }, (_, index) => String(index + 1) as ContractId)
    const request = { contracts, fromDay: toDay('2026-11-22') }
    await Promise.all([autotask.readLedger(request, {}), autotask.readDirectory({})])
    expect(mostAsking).toBe(1)
  })

  test('are counted by a budget that outlives the client: a restart does not forget them', async () => {
    const budget = createMemoryBudget({ limit: 3, keepFree: 0 })
    const first = await startVendor((_, response) => sendJson(response, 200, threshold(0)), {
      budget,
    })
    const unaware: RequestBudget = {
      reserve: (nowMs) => budget.reserve(nowMs),
      calibrate: () => Promise.resolve(),
    }
    for (let index = 0; index < 3; index += 1) await unaware.reserve(first.clock.nowMs())
    const { autotask, events } = await startVendor(
      (_, response) => sendJson(response, 200, threshold(0)),
      { budget: unaware },
    )
    await autotask.readThreshold({})
    expect(events).toMatchObject([
      { kind: 'WAITING', reason: 'HOURLY_BUDGET' },
      { kind: 'GOING_ON' },
    ])
  })

  test('that never get free end the call with an error after an hour', async () => {
    const budget: RequestBudget = {
      reserve: (nowMs) => Promise.resolve({ granted: false, resumeAtMs: nowMs + 10 * MINUTE_MS }),
      calibrate: () => Promise.resolve(),
    }
    const { autotask, clock } = await startVendor(
      (_, response) => sendJson(response, 200, threshold(10_000)),
      { budget },
    )
    const startedAt = clock.nowMs()
    await expect(autotask.readThreshold({})).rejects.toMatchObject({
      code: 'AUTOTASK_RATE_LIMITED',
    })
    expect(clock.nowMs() - startedAt).toBeLessThanOrEqual(71 * MINUTE_MS)
  })

  test('are asked for after 1,200 of ours to see what the others used, then when half of what is left is used', async () => {
    const seen: number[] = []
    let used = 9_000
    const budget: RequestBudget = {
      reserve: () => Promise.resolve({ granted: true }),
      calibrate: (reading) => Promise.resolve(void seen.push(reading.used)),
    }
    const { autotask } = await startVendor(
      (one, response) =>
        sendJson(
          response,
          200,
          one.path === 'ThresholdInformation' ? threshold((used += 100)) : emptyFor(one),
        ),
      { budget },
    )
    const request = {
      contract: '1' as ContractId,
      service: '1' as ServiceId,
      line: null,
      effectiveDay: toDay('2026-12-01'),
      unitChange: 1,
    }
    for (let index = 0; index < 1_700; index += 1) await autotask.applyAdjustment(request, {})
    expect(seen).toEqual([9_100, 9_200])
  })
})
