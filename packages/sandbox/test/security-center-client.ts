import { Agent, request } from 'node:https'
import { gunzipSync } from 'node:zlib'
import { createCallLog } from '../src/calls.ts'
import { createClock } from '../src/clock.ts'
import { createFaults, type Faults } from '../src/faults.ts'
import { createPrng } from '../src/prng.ts'
import { type SecurityCenter, startSecurityCenter } from '../src/security-center/server.ts'
import type { SecurityCenterSettings } from '../src/security-center/settings.ts'
import type { Customer } from '../src/world/generation/customers.ts'
import { generateSecurity } from '../src/world/security/generate-security.ts'
import type { SecurityState } from '../src/world/security/security-state.ts'
import type { World } from '../src/world/world.ts'

/** One HTTP answer, its body parsed when it is JSON. */
export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  json: Record<string, unknown>
}

/** A small world with a running security centre. */
export interface Practice {
  state: SecurityState
  world: World
  server: SecurityCenter
  faults: Faults
  calls: ReturnType<typeof createCallLog>
}

/** The first virtual day of these tests. */
export const START = '2025-03-15'

const ACCENTED = ['Müßig Großhandel', 'Käserei Çelik']

/** Customers whose sizes fall off as real ones do. */
export function practiceCustomers(count: number): Customer[] {
  return Array.from({ length: count }, (_, position) => ({
    id: position + 1,
    name: `Kunde ${position + 1} GmbH`,
    shortName: ACCENTED[position] ?? `Kunde ${position + 1}`,
    city: 'Ulm',
    country: 'DE',
    weight: Math.max(1, Math.round(100 / (position + 1))),
  }))
}

/** Starts a security centre over a fresh world. */
export async function startPractice(
  given: {
    customers?: number
    devices?: number
    keys?: number
    settings?: Partial<SecurityCenterSettings>
  } = {},
): Promise<Practice> {
  const clock = createClock(START)
  const customers = practiceCustomers(given.customers ?? 12)
  const state = generateSecurity({
    prng: createPrng(7),
    clock,
    customers,
    devices: given.devices ?? 300,
    ...(given.keys === undefined ? {} : { keys: given.keys }),
  })
  // Only these members of the world are read by this half.
  const world = { seed: 7, clock, customers, security: state } as unknown as World
  const faults = createFaults(7)
  const calls = createCallLog()
  const server = await startSecurityCenter({
    world,
    faults,
    calls,
    port: 0,
    ...(given.settings ? { settings: given.settings } : {}),
  })
  return { state, world, server, faults, calls }
}

/** A client over one connection, which trusts exactly the server's certificate. */
export function createClient(server: SecurityCenter) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: server.certificatePem })

  function send(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
    method = 'POST',
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const outgoing = request(
        `${server.url}${path}`,
        { agent, method, headers: { 'Content-Type': 'application/json', ...headers } },
        (response) => {
          const chunks: Buffer[] = []
          response.on('data', (chunk: Buffer) => chunks.push(chunk))
          response.on('error', reject)
          response.on('end', () => {
            const raw = Buffer.concat(chunks)
            const bytes = response.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
            const answered = bytes.toString('utf8')
            const json = answered.startsWith('{')
              ? (JSON.parse(answered) as Record<string, unknown>)
              : {}
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text: answered,
              json,
            })
          })
        },
      )
      outgoing.on('error', reject)
      outgoing.end(method === 'POST' ? text : undefined)
    })
  }

  async function signIn(virtualServer?: string): Promise<string> {
    const answer = await send(
      '/api/v1.0/Session.StartSession',
      {},
      {
        Authorization: basic(server.user, server.password),
        ...(virtualServer === undefined ? {} : { 'X-KSC-VServer': base64(virtualServer) }),
      },
    )
    return String(answer.json['PxgRetVal'])
  }

  const call = (session: string, operation: string, body: unknown = {}) =>
    send(`/api/v1.0/${operation}`, body, { 'X-KSC-Session': session })

  return { send, signIn, call, close: () => agent.destroy() }
}

/** The sign-in header with user and password as base64. */
export function basic(user: string, password: string): string {
  return `KSCBasic user="${base64(user)}", pass="${base64(password)}", domain="", internal="1"`
}

/** Base64 of UTF-8. */
export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

/** The bare rows of a page. */
export function rowsOf(page: unknown): Record<string, unknown>[] {
  const { KLCSP_ITERATOR_ARRAY: rows } = page as {
    KLCSP_ITERATOR_ARRAY: { type: string; value: Record<string, unknown> }[]
  }
  return rows.map((row) => row.value)
}
