import {
  toDay,
  type AdjustmentRequest,
  type ContractId,
  type LineId,
  type ServiceId,
} from '@trueup/core'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import { createAutotask } from '../src/index.ts'
import { createFakeClock } from './fake-clock.ts'
import { sendHtml, sendJson, startVendor, zoneAt, type Answering } from './vendor.ts'

const request: AdjustmentRequest = {
  contract: '29683566' as ContractId,
  service: '310' as ServiceId,
  line: '4100' as LineId,
  effectiveDay: toDay('2026-12-01'),
  unitChange: -3,
}

const dateText =
  'ContractServiceAdjustment effectiveDate must be between the start date and end date of the Contract referenced by contractID.'

describe('an adjustment', () => {
  test('goes once to the child route, names the line and sends the day without a time', async () => {
    const { autotask, received } = await startVendor((_, response) =>
      sendJson(response, 200, { itemId: null }),
    )
    await expect(autotask.applyAdjustment(request, {})).resolves.toEqual({ kind: 'ACCEPTED' })
    expect(received).toMatchObject([
      {
        method: 'POST',
        path: 'Contracts/29683566/ServiceAdjustments',
        body: {
          contractID: 29683566,
          contractServiceID: 4100,
          unitChange: -3,
          effectiveDate: '2026-12-01',
        },
      },
    ])
    expect(received[0]?.body).not.toHaveProperty('serviceID')
  })

  test('of a line that is not there yet names contract and service', async () => {
    const { autotask, received } = await startVendor((_, response) =>
      sendJson(response, 200, { itemId: 77 }),
    )
    const outcome = await autotask.applyAdjustment({ ...request, line: null, unitChange: 5 }, {})
    expect(outcome).toEqual({ kind: 'ACCEPTED' })
    expect(received[0]?.body).toEqual({
      contractID: 29683566,
      serviceID: 310,
      unitChange: 5,
      effectiveDate: '2026-12-01',
    })
  })

  test.each([0, 1.5, Number.NaN])('of %s units is a bug and is not sent', async (unitChange) => {
    const { autotask, received } = await startVendor((_, response) => sendJson(response, 200, {}))
    await expect(autotask.applyAdjustment({ ...request, unitChange }, {})).rejects.toThrow(
      'whole units',
    )
    expect(received).toHaveLength(0)
  })
})

const answering =
  (status: number, value: unknown): Answering =>
  (_, response) =>
    sendJson(response, status, value)

describe('an answer to an adjustment', () => {
  test.each<[string, Answering, string]>([
    ['errors beside a 200', answering(200, { errors: ['No.'] }), 'No.'],
    ['a check that failed', answering(500, { errors: [dateText] }), dateText],
    [
      'a missing permission',
      answering(500, {
        errors: [
          'The logged in Resource does not have the adequate permissions to create this entity type.',
        ],
      }),
      'permissions',
    ],
    ['403', answering(403, {}), '403'],
    [
      'a route that the framework does not know',
      answering(404, { Message: 'No route' }),
      'No route',
    ],
    ['a verb that it does not know', answering(405, { Message: 'No verb' }), 'No verb'],
  ])('of %s is a refusal with the text', async (_, answer, text) => {
    const { autotask, received } = await startVendor(answer)
    const outcome = await autotask.applyAdjustment(request, {})
    expect(outcome).toMatchObject({ kind: 'REFUSED', reason: expect.stringContaining(text) })
    expect(received).toHaveLength(1)
  })

  test.each<[string, Answering]>([
    ['a fault of the server', answering(500, { errors: ['An unexpected error has occurred.'] })],
    [
      'a duplicate in the middle of the write',
      answering(500, { errors: ['Attempt to insert duplicate data into contract_service_period'] }),
    ],
    ['a 500 without a word', answering(500, {})],
    ['an error page', (_, response) => sendHtml(response, 500)],
    ['an error page that says 404', (_, response) => sendHtml(response, 404)],
    ['a gateway that gave up', (_, response) => sendHtml(response, 504)],
    ['a page that says 200', (_, response) => sendHtml(response, 200)],
    ['a 200 cut short', (_, response) => response.end('{"itemI')],
    ['a 200 without the word for success', answering(200, { items: [] })],
    ['a redirect', (_, response) => response.writeHead(303, { Location: '/' }).end()],
    ['a status nobody expects', answering(418, {})],
    ['a connection that broke', (_, response) => response.destroy()],
    [
      'a connection that broke half-way',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': '1000' })
        response.write('{', () => response.destroy())
      },
    ],
  ])('that is %s leaves it unknown, and it is not sent again', async (_, answer) => {
    const { autotask, received, clock } = await startVendor(answer)
    const outcome = await autotask.applyAdjustment(request, {})
    expect(outcome.kind).toBe('UNKNOWN')
    expect(received).toHaveLength(1)
    expect(clock.slept).toEqual([])
  })

  test('that does not come in time leaves it unknown', async () => {
    const { autotask, received } = await startVendor(() => undefined, { timeoutMs: 100 })
    const outcome = await autotask.applyAdjustment(request, {})
    expect(outcome).toEqual({ kind: 'UNKNOWN', reason: expect.stringContaining('no answer') })
    expect(received).toHaveLength(1)
  })

  test('is waited for although the caller calls it off', async () => {
    const controller = new AbortController()
    const { autotask } = await startVendor((_, response) => {
      controller.abort()
      setImmediate(() => sendJson(response, 200, { itemId: null }))
    })
    const outcome = await autotask.applyAdjustment(request, { signal: controller.signal })
    expect(outcome).toEqual({ kind: 'ACCEPTED' })
  })
})

describe('an adjustment that was certainly not applied', () => {
  test('because there were too many requests is sent again after the pause asked for', async () => {
    const statuses = [429, 429, 200]
    const { autotask, received, clock, events } = await startVendor((_, response) => {
      const status = statuses.shift() ?? 200
      if (status === 429) response.setHeader('Retry-After', '7')
      sendJson(response, status, status === 200 ? { itemId: null } : { errors: ['Too many'] })
    })
    await expect(autotask.applyAdjustment(request, {})).resolves.toEqual({ kind: 'ACCEPTED' })
    expect(received).toHaveLength(3)
    expect(clock.slept).toEqual([7_000, 7_000])
    expect(events).toMatchObject([
      { kind: 'WAITING', reason: 'RATE_LIMITED' },
      { kind: 'WAITING', reason: 'RATE_LIMITED' },
      { kind: 'GOING_ON' },
    ])
  })

  test('because of the thread limit with another status is sent again', async () => {
    const texts = [
      'The Autotask API thread threshold of 3 threads has been exceeded.',
      'Itgenatr005',
    ]
    const { autotask, received } = await startVendor((_, response) => {
      const text = texts.shift()
      sendJson(
        response,
        text === undefined ? 200 : 500,
        text === undefined ? { itemId: null } : { errors: [text] },
      )
    })
    await expect(autotask.applyAdjustment(request, {})).resolves.toEqual({ kind: 'ACCEPTED' })
    expect(received).toHaveLength(3)
  })

  test('is given up after an hour of too many requests', async () => {
    const { autotask, clock } = await startVendor((_, response) => sendJson(response, 429, {}))
    const before = clock.nowMs()
    await expect(autotask.applyAdjustment(request, {})).rejects.toMatchObject({
      code: 'AUTOTASK_RATE_LIMITED',
      retryable: true,
    })
    const waitedMs = clock.nowMs() - before
    expect(waitedMs).toBeGreaterThan(60 * 60_000)
    expect(waitedMs).toBeLessThanOrEqual(65 * 60_000)
  })

  test('because the database moved is sent to its new zone, once', async () => {
    const moved = await startVendor((_, response) => sendJson(response, 200, { itemId: null }))
    let lookups = 0
    const { autotask, received, events, origin } = await startVendor(
      (_, response) => response.writeHead(401).end(),
      {
        zone: (one, response) => {
          lookups += 1
          const here = `http://${one.headers.host}`
          sendJson(response, 200, zoneAt(lookups === 1 ? here : moved.origin))
        },
      },
    )
    await expect(autotask.applyAdjustment(request, {})).resolves.toEqual({ kind: 'ACCEPTED' })
    expect([received.length, moved.received.length]).toEqual([1, 1])
    expect(events).toEqual([
      {
        kind: 'ZONE_MOVED',
        from: `${origin}/atservicesrest/V1.0/`,
        to: `${moved.origin}/atservicesrest/V1.0/`,
      },
    ])
  })

  test('because the credentials were refused is an error', async () => {
    const { autotask, received } = await startVendor((_, response) => response.writeHead(401).end())
    await expect(autotask.applyAdjustment(request, {})).rejects.toMatchObject({
      code: 'AUTOTASK_CREDENTIALS_REFUSED',
    })
    expect(received).toHaveLength(1)
  })

  test('because nobody listens is tried four times and is an error', async () => {
    const clock = createFakeClock()
    const closed = await closedPort()
    const zone = createServer((_, response) => sendJson(response, 200, zoneAt(closed)))
    await new Promise<void>((resolve) => zone.listen(0, '127.0.0.1', resolve))
    const autotask = createAutotask({
      userName: 'u',
      secret: 's',
      integrationCode: 'c',
      url: `http://127.0.0.1:${(zone.address() as AddressInfo).port}`,
      clock,
    })
    await expect(autotask.applyAdjustment(request, {})).rejects.toMatchObject({
      code: 'AUTOTASK_UNREACHABLE',
    })
    expect(clock.slept).toEqual([1_000, 3_000, 9_000])
    await autotask.close()
    zone.closeAllConnections()
    await new Promise((resolve) => zone.close(resolve))
  })

  test('because it was called off before it was sent is an error', async () => {
    const { autotask, received } = await startVendor((_, response) => sendJson(response, 200, {}))
    await expect(
      autotask.applyAdjustment(request, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'AUTOTASK_CANCELLED' })
    expect(received).toHaveLength(0)
  })
})

/** An address of this machine where nothing listens. */
async function closedPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}
