import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import {
  createAutotask,
  type Autotask,
  type AutotaskEvent,
  type AutotaskOptions,
} from '../src/index.ts'
import { createFakeClock, type FakeClock } from './fake-clock.ts'

/** One request as the vendor received it. */
export interface Received {
  readonly method: string
  /** Below `/atservicesrest/V1.0/`. */
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

/** Answers one request in any way HTTP allows. */
export type Answering = (received: Received, response: ServerResponse) => void

/** A server that behaves as a test says, and the adapter connected to it. */
export interface Vendor {
  readonly origin: string
  readonly autotask: Autotask
  readonly clock: FakeClock
  /** Every request but the zone lookups. */
  readonly received: Received[]
  readonly zoneLookups: Received[]
  readonly events: AutotaskEvent[]
  close(): Promise<void>
}

/**
 * Starts a vendor whose zone is itself; `answer` gets every request but the zone lookup. It ends with the test that
 * started it, if not before.
 */
export async function startVendor(
  answer: Answering,
  options: Partial<AutotaskOptions> & { readonly zone?: Answering } = {},
): Promise<Vendor> {
  const received: Received[] = []
  const zoneLookups: Received[] = []
  const server = createServer((request, response) => {
    void readRequest(request).then((one) => {
      const isZone = /^zoneinformation/i.test(one.path)
      ;(isZone ? zoneLookups : received).push(one)
      if (!isZone) return answer(one, response)
      return (options.zone ?? ((_, reply) => sendJson(reply, 200, zoneAt(origin))))(one, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const clock = createFakeClock()
  const events: AutotaskEvent[] = []
  const autotask = createAutotask({
    userName: 'api@msp.example',
    secret: 'a-secret-word',
    integrationCode: 'CODE',
    url: origin,
    clock,
    log: (event) => events.push(event),
    ...options,
  })
  const close = async (): Promise<void> => {
    await autotask.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  onTestFinished(close)
  return { origin, autotask, clock, received, zoneLookups, events, close }
}

/** The zone answer that names `origin` as the API's host. */
export function zoneAt(origin: string): unknown {
  return { zoneName: 'Test', url: `${origin}/atservicesrest/`, webUrl: `${origin}/`, ci: 1 }
}

/** A page of rows, as a query answers it. */
export function pageOf(items: readonly unknown[], nextPageUrl: string | null = null): unknown {
  return {
    items,
    pageDetails: { count: items.length, requestCount: 500, prevPageUrl: null, nextPageUrl },
  }
}

/** Sends JSON with a status. */
export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

/** Sends an error page as a gateway does. */
export function sendHtml(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/html' }).end('<html><h1>Sorry</h1></html>')
}

async function readRequest(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  const text = Buffer.concat(chunks).toString('utf8')
  return {
    method: request.method ?? '',
    path: (request.url ?? '').replace(/^\/atservicesrest\/v1\.0\//i, ''),
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  }
}
