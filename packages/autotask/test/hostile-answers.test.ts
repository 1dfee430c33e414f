import { toDay, type ContractId } from '@trueup/core'
import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { pageOf, sendHtml, sendJson, startVendor, type Answering, type Received } from './vendor.ts'
import { contract, directory, service } from './directory-answers.ts'

function idsAfter({ body }: Received): number {
  const { filter } = body as { filter: { op: string; field: string; value: number }[] }
  return filter.find(({ op, field }) => op === 'gt' && field === 'id')?.value ?? -1
}

const inThisOrder =
  (...answers: ((response: ServerResponse, received: Received) => void)[]): Answering =>
  (received, response) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0]
    answer?.(response, received)
  }

describe('an answer that breaks', () => {
  test('in the middle of its JSON is asked for again', async () => {
    const { autotask, events } = await startVendor(
      directory(
        inThisOrder(
          (response) => response.end('{"items":[{"id":1,"na'),
          (response) => sendJson(response, 200, pageOf([service(1)])),
        ),
      ),
    )
    const { services } = await autotask.readDirectory({})
    expect(services.map(({ id }) => id)).toEqual(['1'])
    expect(events).toMatchObject([
      { kind: 'RETRYING', code: 'AUTOTASK_ANSWER_INVALID', attempt: 2 },
    ])
  })

  test('every time in the middle of its JSON is an error, never an empty list', async () => {
    const { autotask, received } = await startVendor(
      directory((_, response) => response.end('{"items":[{"id":1,"na')),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_ANSWER_INVALID',
      operation: 'Services.query',
    })
    expect(received.filter(({ path }) => path === 'Services/query')).toHaveLength(4)
  })

  test('with its connection is asked for again, four times at most', async () => {
    const { autotask, received, clock } = await startVendor(
      directory((_, response) => response.destroy()),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_CONNECTION_LOST',
      retryable: true,
    })
    expect(received.filter(({ path }) => path === 'Services/query')).toHaveLength(4)
    expect(clock.slept).toEqual([1_000, 3_000, 9_000])
  })

  test('after its headers promised more is lost, not short', async () => {
    const { autotask } = await startVendor(
      directory((_, response) => {
        response.writeHead(200, { 'Content-Length': '1000' })
        response.write('{"items":[]', () => response.destroy())
      }),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_CONNECTION_LOST',
    })
  })

  test('is an error page of a gateway, whatever its status, and is asked for again', async () => {
    const { autotask, events } = await startVendor(
      directory(
        inThisOrder(
          (response) => sendHtml(response, 404),
          (response) => sendHtml(response, 502),
          (response) => sendHtml(response, 200),
          (response) => sendJson(response, 200, pageOf([service(1)])),
        ),
      ),
    )
    await expect(autotask.readDirectory({})).resolves.toMatchObject({ services: [{ id: '1' }] })
    expect(events.map((event) => 'code' in event && event.code)).toEqual([
      'AUTOTASK_SERVER_FAULT',
      'AUTOTASK_SERVER_FAULT',
      'AUTOTASK_ANSWER_INVALID',
    ])
  })

  test('is a page of errors for good ends as a fault of the server', async () => {
    const { autotask } = await startVendor(directory((_, response) => sendHtml(response, 503)))
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_SERVER_FAULT',
      status: 503,
    })
  })

  test('a route that is gone is not asked for again', async () => {
    const { autotask, received } = await startVendor(
      directory((_, response) => sendJson(response, 405, { Message: 'not supported' })),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_ROUTE_MISSING',
    })
    expect(received.filter(({ path }) => path === 'Services/query')).toHaveLength(1)
  })
})

describe('a refusal', () => {
  test('of a question is tried once more, since faults of the server look the same', async () => {
    const { autotask, received, clock } = await startVendor(
      directory((_, response) =>
        sendJson(response, 500, { errors: ['Unable to find names in the Service Entity'] }),
      ),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_REFUSED',
      facts: { text: 'Unable to find names in the Service Entity' },
    })
    expect(received.filter(({ path }) => path === 'Services/query')).toHaveLength(2)
    expect(clock.slept).toEqual([1_000])
  })

  test('beside a 200 is a refusal all the same', async () => {
    const { autotask } = await startVendor(
      directory((_, response) =>
        sendJson(response, 200, { ...Object(pageOf([])), errors: ['No.'] }),
      ),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({ code: 'AUTOTASK_REFUSED' })
  })

  test('of the question for successors leaves an ended contract without one', async () => {
    const ended = { ...contract, endDate: '2026-06-30T00:00:00Z' }
    const { autotask } = await startVendor((received, response) => {
      const asksRenewal = JSON.stringify(received.body ?? null).includes('"in","field":"renewed')
      if (asksRenewal)
        return sendJson(response, 500, { errors: ['Unable to find renewedContractID'] })
      if (received.path === 'Contracts/query') return sendJson(response, 200, pageOf([ended]))
      if (received.path.endsWith('query')) return sendJson(response, 200, pageOf([]))
      return sendJson(response, 200, { info: { userAccessForQuery: 'All' } })
    })
    const request = { contracts: ['9' as ContractId], fromDay: toDay('2026-11-22') }
    await expect(autotask.readLedger(request, {})).resolves.toMatchObject({
      contracts: [{ id: '9', renewedAs: null }],
    })
  })
})

describe('an answer that is too much', () => {
  test('of 100 MB is cut off at the bound', async () => {
    let sent = 0
    const { autotask } = await startVendor(
      directory((_, response) => {
        const block = Buffer.alloc(1024 * 1024, 32)
        const pour = (): void => {
          while (sent < 100 && !response.destroyed) {
            sent += 1
            if (!response.write(block)) return void response.once('drain', pour)
          }
        }
        pour()
      }),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_ANSWER_TOO_LARGE',
    })
    expect(sent).toBeLessThan(100)
  })

  test('of a drop at a time ends with the time for the whole, not for a drop', async () => {
    const { autotask } = await startVendor(
      directory((_, response) => {
        response.writeHead(200)
        const drip = setInterval(() => response.write(' '), 10)
        response.once('close', () => clearInterval(drip))
      }),
      { timeoutMs: 150 },
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({ code: 'AUTOTASK_TIMED_OUT' })
  })

  test('of more rows than a page may have is refused', async () => {
    const rows = Array.from({ length: 501 }, (_, index) => service(index + 1))
    const { autotask } = await startVendor(
      directory((_, response) => sendJson(response, 200, pageOf(rows))),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_PAGES_INCONSISTENT',
    })
  })
})

describe('a row', () => {
  test.each([
    ['unitPrice', '3.50'],
    ['name', null],
    ['isActive', 1],
    ['periodType', 2.5],
    ['name', undefined],
  ])('with a wrong %s names entity, id and field, and nothing is used', async (field, value) => {
    const { autotask, received } = await startVendor(
      directory((_, response) =>
        sendJson(response, 200, pageOf([service(31, { [field]: value })])),
      ),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_ANSWER_INVALID',
      message: expect.stringContaining(`Services 31: field "${field}"`),
      facts: { entity: 'Services', row: '31', field },
    })
    expect(received.filter(({ path }) => path === 'Services/query')).toHaveLength(1)
  })

  test('that is no object, or a page that is none, is refused', async () => {
    for (const answer of [pageOf([7]), { items: {} }, [], null, 'text']) {
      const one = await startVendor(directory((_, response) => sendJson(response, 200, answer)))
      await expect(one.autotask.readDirectory({})).rejects.toMatchObject({
        code: 'AUTOTASK_ANSWER_INVALID',
      })
    }
  })
})

describe('a row of units that ends in year 1, or not at all', () => {
  const unset = '0001-01-01T00:00:00'
  const isMeant = (asked: string, endDate: string | null): boolean =>
    endDate === null
      ? asked.includes('"op":"notExist","field":"endDate"')
      : asked.includes('"op":"lt","field":"endDate","value":"1900-01-01T00:00:00"')

  test.each([[unset], [null]])('(%s) is asked for, and ends with its period', async (endDate) => {
    const line = { id: 5, contractID: 9, serviceID: 1, unitPrice: 3 }
    const units = {
      id: 1,
      contractID: 9,
      contractServiceID: 5,
      startDate: '2026-11-01T00:00:00',
      endDate,
      units: 12,
      approveAndPostDate: null,
    }
    const { autotask } = await startVendor((received, response) => {
      const asked = JSON.stringify(received.body ?? null)
      const rows: Record<string, unknown[]> = {
        'Contracts/query': [contract],
        'Services/query': [service(1)],
        'ContractServices/query': [line],
        // A server that leaves out what was not asked for.
        'ContractServiceUnits/query': isMeant(asked, endDate) ? [units] : [],
      }
      const found = rows[received.path]
      const described = { info: { userAccessForQuery: 'All' } }
      sendJson(response, 200, found === undefined ? described : pageOf(found))
    })
    const request = { contracts: ['9' as ContractId], fromDay: toDay('2026-11-22') }
    const { unitPeriods } = await autotask.readLedger(request, {})
    expect(unitPeriods).toMatchObject([
      { startDay: '2026-11-01', endDay: '2026-11-30', units: 12, postedDay: null },
    ])
  })
})

describe('pages', () => {
  const rowsFrom = (first: number, count: number): unknown[] =>
    Array.from({ length: count }, (_, index) => service(first + index))

  test('are walked by the last id, and the walk ends with a page that is not full', async () => {
    const { autotask, received } = await startVendor(
      directory((one, response) => {
        const after = Math.max(0, idsAfter(one))
        return sendJson(response, 200, pageOf(rowsFrom(after + 1, Math.min(500, 1_200 - after))))
      }),
    )
    const { services } = await autotask.readDirectory({})
    expect(services).toHaveLength(1_200)
    const asked = received.filter(({ path }) => path === 'Services/query')
    expect(asked.map(idsAfter)).toEqual([-1, 500, 1_000])
    expect(asked.every(({ method }) => method === 'POST')).toBe(true)
  })

  test('that are full to the end cost one closing page', async () => {
    const { autotask, received } = await startVendor(
      directory((one, response) => {
        const after = Math.max(0, idsAfter(one))
        return sendJson(response, 200, pageOf(rowsFrom(after + 1, Math.min(500, 1_000 - after))))
      }),
    )
    const { services } = await autotask.readDirectory({})
    expect(services).toHaveLength(1_000)
    expect(received.filter(({ path }) => path === 'Services/query')).toHaveLength(3)
  })

  test('that are short and still promise more are walked on, and no promise is followed', async () => {
    const elsewhere = await startVendor((_, response) => sendJson(response, 200, pageOf([])))
    const { autotask } = await startVendor(
      directory((one, response) => {
        const after = Math.max(0, idsAfter(one))
        const next = after < 20 ? `${elsewhere.origin}/Services/query/next?paging=1` : null
        return sendJson(response, 200, pageOf(after < 20 ? rowsFrom(after + 1, 10) : [], next))
      }),
    )
    const { services } = await autotask.readDirectory({})
    expect(services).toHaveLength(20)
    expect(elsewhere.received).toHaveLength(0)
  })

  test.each([
    ['repeat a row', [service(1), service(1)]],
    ['go backwards', [service(2), service(1)]],
  ])('that %s are refused, since rows may be missing', async (_, rows) => {
    const { autotask } = await startVendor(
      directory((_one, response) => sendJson(response, 200, pageOf(rows))),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_PAGES_INCONSISTENT',
      retryable: true,
    })
  })

  test('that ignore the cursor end at once instead of going in circles', async () => {
    const { autotask, received } = await startVendor(
      directory((_, response) => sendJson(response, 200, pageOf(rowsFrom(1, 500)))),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_PAGES_INCONSISTENT',
    })
    expect(received.filter(({ path }) => path === 'Services/query')).toHaveLength(2)
  })

  test('that hold fewer rows than they count are refused', async () => {
    const { autotask } = await startVendor(
      directory((_, response) =>
        sendJson(response, 200, {
          items: [service(1)],
          pageDetails: { count: 2, requestCount: 500, nextPageUrl: null },
        }),
      ),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_PAGES_INCONSISTENT',
    })
  })

  test('that are empty and promise more end at once', async () => {
    const { autotask } = await startVendor(
      directory((_, response) => sendJson(response, 200, pageOf([], 'https://example.com/'))),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_PAGES_INCONSISTENT',
    })
  })

  test('with rows that nobody asked for are refused: a condition was dropped', async () => {
    const { autotask } = await startVendor((received, response) => {
      if (received.path === 'Contracts/query') {
        return sendJson(response, 200, pageOf([contract, { ...contract, id: 10 }]))
      }
      return sendJson(response, 200, pageOf([]))
    })
    const request = {
      contracts: ['9' as ContractId, '8' as ContractId],
      fromDay: toDay('2026-11-22'),
    }
    await expect(autotask.readLedger(request, {})).rejects.toMatchObject({
      code: 'AUTOTASK_PAGES_INCONSISTENT',
      message: expect.stringContaining('row 10 does not match'),
    })
  })
})
