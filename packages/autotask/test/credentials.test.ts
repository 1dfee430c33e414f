import { describe, expect, test } from 'vitest'
import { directory, service } from './directory-answers.ts'
import { pageOf, sendJson, startVendor, zoneAt } from './vendor.ts'

describe('credentials', () => {
  test('go to the zone only, in the three headers, and not to the lookup', async () => {
    const { autotask, received, zoneLookups } = await startVendor(
      directory((_, response) => sendJson(response, 200, pageOf([service(1)]))),
    )
    await autotask.readDirectory({})
    expect(zoneLookups).toHaveLength(1)
    expect(JSON.stringify(zoneLookups)).not.toContain('a-secret-word')
    expect(received[0]?.headers).toMatchObject({
      apiintegrationcode: 'CODE',
      username: 'api@msp.example',
      secret: 'a-secret-word',
    })
  })

  test('do not follow a redirect', async () => {
    const elsewhere = await startVendor((_, response) => sendJson(response, 200, pageOf([])))
    const { autotask } = await startVendor(
      directory((_, response) => response.writeHead(307, { Location: elsewhere.origin }).end()),
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_REDIRECTED',
      status: 307,
    })
    expect(elsewhere.received).toHaveLength(0)
  })

  test.each([
    ['another host', 'https://webservices3.autotask.net.example.com/atservicesrest/'],
    ['plain HTTP', 'http://webservices3.autotask.net/atservicesrest/'],
    ['no address', 'not an address'],
    ['another scheme', 'ftp://127.0.0.1/atservicesrest/'],
  ])('are not sent to a zone on %s', async (_, url) => {
    const { autotask, received } = await startVendor(
      (_one, response) => sendJson(response, 200, {}),
      {
        zone: (_one, response) =>
          sendJson(response, 200, {
            zoneName: 'x',
            url,
            webUrl: 'https://ww3.autotask.net/',
            ci: 1,
          }),
      },
    )
    await expect(autotask.readDirectory({})).rejects.toMatchObject({
      code: 'AUTOTASK_ZONE_UNTRUSTED',
    })
    expect(received).toHaveLength(0)
  })

  test('are not even looked up over plain HTTP outside this machine', async () => {
    const { autotask } = await startVendor((_, response) => sendJson(response, 200, {}), {
      url: 'http://autotask.example/',
    })
    await expect(autotask.readThreshold({})).rejects.toMatchObject({
      code: 'AUTOTASK_ZONE_UNTRUSTED',
    })
  })

  test('that are refused are tried once and never again by the call', async () => {
    const { autotask, received, zoneLookups } = await startVendor((_, response) =>
      response.writeHead(401).end(),
    )
    await expect(autotask.readThreshold({})).rejects.toMatchObject({
      code: 'AUTOTASK_CREDENTIALS_REFUSED',
      retryable: false,
    })
    expect(received).toHaveLength(1)
    expect(zoneLookups).toHaveLength(2)
  })

  test('never show in an error', async () => {
    const { autotask } = await startVendor((_, response) => response.writeHead(401).end())
    const error: unknown = await autotask.readThreshold({}).catch((thrown: unknown) => thrown)
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('a-secret-word')
  })
})

describe('the zone', () => {
  test('of an unknown user is said to be unknown', async () => {
    const { autotask } = await startVendor((_, response) => sendJson(response, 200, {}), {
      zone: (_one, response) =>
        sendJson(response, 500, { errors: ['Zone information could not be determined'] }),
    })
    await expect(autotask.readThreshold({})).rejects.toMatchObject({
      code: 'AUTOTASK_ZONE_UNKNOWN',
    })
  })

  test('is looked up once for calls at the same time, and again after a failed lookup', async () => {
    const lookups: number[] = []
    const { autotask, zoneLookups } = await startVendor(
      (_, response) =>
        sendJson(response, 200, {
          externalRequestThreshold: 10_000,
          requestThresholdTimeframe: 60,
          currentTimeframeRequestCount: 1,
        }),
      {
        zone: (one, response) => {
          lookups.push(1)
          const isFirst = lookups.length === 1
          sendJson(
            response,
            isFirst ? 503 : 200,
            isFirst ? {} : zoneAt(`http://${one.headers.host}`),
          )
        },
      },
    )
    await Promise.all([autotask.readThreshold({}), autotask.readThreshold({})])
    expect(zoneLookups).toHaveLength(2)
    await autotask.readThreshold({})
    expect(zoneLookups).toHaveLength(2)
  })

  test('that is no zone is an error at the door', async () => {
    const { autotask } = await startVendor((_, response) => sendJson(response, 200, {}), {
      zone: (_one, response) => sendJson(response, 200, { zoneName: 'x' }),
    })
    await expect(autotask.readThreshold({})).rejects.toMatchObject({
      code: 'AUTOTASK_ANSWER_INVALID',
    })
  })
})

describe('cancelling', () => {
  test('ends a read that is under way', async () => {
    const controller = new AbortController()
    const { autotask } = await startVendor(directory(() => controller.abort()))
    await expect(autotask.readDirectory({ signal: controller.signal })).rejects.toMatchObject({
      code: 'AUTOTASK_CANCELLED',
      retryable: false,
    })
  })

  test('before a read sends nothing', async () => {
    const { autotask, received } = await startVendor((_, response) => sendJson(response, 200, {}))
    await expect(autotask.readThreshold({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'AUTOTASK_CANCELLED',
    })
    expect(received).toHaveLength(0)
  })
})
