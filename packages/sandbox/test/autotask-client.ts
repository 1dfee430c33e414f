import { onTestFinished } from 'vitest'
import { createSandbox, type Sandbox, type SandboxOptions } from '../src/index.ts'

/** An answer as a test sees it. */
interface Seen {
  status: number
  headers: Headers
  text: string
  /** The body as JSON, `{}` when it is none. */
  json: Record<string, unknown>
}

/** A plain client of the imitation: no rule of ours between the test and the wire. */
export interface TestClient {
  headers: Record<string, string>
  /** `call('POST', 'Contracts/query', body)`: the path below `V1.0/`, or a whole address. */
  call(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Seen>
  /** All rows that match, by POST. */
  rows(entity: string, filter: unknown[]): Promise<Record<string, unknown>[]>
  /** A call of the control surface. */
  control(method: string, path: string, body?: unknown): Promise<Seen>
}

/** A client with the right headers. */
export function createTestClient(sandbox: Sandbox): TestClient {
  const { url, userName, secret, integrationCode } = sandbox.connection.autotask
  const signIn = { UserName: userName, Secret: secret, ApiIntegrationCode: integrationCode }
  const headers = { ...signIn, 'Content-Type': 'application/json' }
  const client: TestClient = {
    headers,
    call: async (method, path, body, given = headers) => {
      const target = path.startsWith('http') ? path : `${url}V1.0/${path}`
      return await send(target, { method, body, headers: given })
    },
    rows: async (entity, filter) => {
      const seen = await client.call('POST', `${entity}/query`, { filter })
      return seen.json['items'] as Record<string, unknown>[]
    },
    control: async (method, path, body) =>
      await send(sandbox.control.url + path, { method, body, headers }),
  }
  return client
}

async function send(
  target: string,
  given: { method: string; body: unknown; headers: Record<string, string> },
): Promise<Seen> {
  const { method, body, headers } = given
  const payload = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(target, {
    method,
    headers,
    redirect: 'manual',
    ...(body !== undefined && { body: payload }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== ''
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
  return { status: response.status, headers: response.headers, text, json }
}

/** A sandbox that ends with the test. */
export async function createTestSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const sandbox = await createSandbox(options)
  onTestFinished(() => sandbox.close())
  return sandbox
}

/** A small world of one account with one monthly contract of 2026 and one service at 3.00, on 2026-03-10. */
export async function createSmallWorld(options: SandboxOptions = {}) {
  const sandbox = await createTestSandbox({ empty: true, day: '2026-03-10', ...options })
  const client = createTestClient(sandbox)
  const account = sandbox.hand.addAccount({ companyName: 'Grünwald Metallbau GmbH' })
  const service = sandbox.hand.addService({ name: 'Endpoint', unitPrice: 3, unitCost: 2 })
  const contract = sandbox.hand.addContract({
    companyID: account.id,
    startDate: '2026-01-01',
    endDate: '2026-12-31',
  })
  const adjust = (body: Record<string, unknown>) =>
    client.call('POST', `Contracts/${contract.id}/ServiceAdjustments`, {
      contractID: contract.id,
      serviceID: service.id,
      ...body,
    })
  const periods = async () => {
    const filter = [{ op: 'eq', field: 'contractID', value: contract.id }]
    const rows = await client.rows('ContractServiceUnits', filter)
    const shown = rows.map(({ startDate, endDate, units, price }) => [
      String(startDate).slice(0, 10),
      String(endDate).slice(0, 10),
      units,
      price,
    ])
    return shown.toSorted((one, other) => (String(one[0]) < String(other[0]) ? -1 : 1))
  }
  return { sandbox, client, account, service, contract, adjust, periods }
}
