import { pino, type Logger } from 'pino'
import { createApp, type App, type AppParts } from '../../src/app.ts'
import type { Env } from '../../src/env.ts'
import { createTestDatabase, type DatabaseKind } from './databases.ts'
import { createTestClock, type TestClock } from './test-clock.ts'

/** The administrator's token of every test app. */
export const ADMIN_TOKEN = 'administrator-of-the-tests-0123456789'
/** The first administrator's password in every test app. */
export const FIRST_PASSWORD = 'correct horse battery'

/** Tests sign in often; the production cost is tried where it is about the cost. */
const CHEAP = { N: 2 ** 10, r: 8, p: 1 }

/** One answer of `/graphql`. */
export interface GraphqlAnswer<Data> {
  readonly status: number
  readonly headers: Headers
  readonly data: Data
  readonly errors: readonly {
    readonly message: string
    readonly extensions: { readonly code: string; readonly requestId?: string }
  }[]
}

/** How a request presents itself. By default with the administrator's token. */
export interface RequestStyle {
  /** `null` sends none. */
  readonly token?: string | null
  readonly headers?: Readonly<Record<string, string>>
}

/** A running app with what tests need to talk to it. */
export interface TestApp {
  readonly app: App
  readonly clock: TestClock
  /** What the app logged, one JSON object a line. */
  readonly logged: readonly string[]
  /** The SQL statements that `work` made the app send, without those that find out who is asking. */
  listSql(work: () => Promise<unknown>): Promise<string[]>
  /** Asks over HTTP and returns the answer as it came. `Data` is the test's own claim about its shape. */
  ask<Data = never>(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    style?: RequestStyle,
  ): Promise<GraphqlAnswer<Data>>
  close(): Promise<void>
}

/** Starts Trueup on any free port, on a fresh database of the kind. */
export async function startTestApp(
  kind: DatabaseKind,
  changes: {
    readonly env?: Partial<Env>
    readonly clock?: TestClock
    readonly mostReportBytes?: number
  } = {},
): Promise<TestApp> {
  const clock = changes.clock ?? createTestClock()
  const { log, logged } = createTestLog()
  const env: Env = {
    host: '127.0.0.1',
    port: 0,
    dataDir: '/nonexistent',
    reportDir: null,
    database: await createTestDatabase(kind),
    secretKey: Buffer.alloc(32, 7),
    adminToken: ADMIN_TOKEN,
    firstPassword: FIRST_PASSWORD,
    practiceControl: null,
    publicUrl: null,
    trustProxy: false,
    webDir: '/nonexistent',
    logLevel: 'info',
    ...changes.env,
  }
  const { mostReportBytes } = changes
  const parts: AppParts = {
    env,
    clock,
    log,
    passwordCost: CHEAP,
    ...(mostReportBytes === undefined ? {} : { mostReportBytes }),
  }
  const app = await createApp(parts)
  return {
    app,
    clock,
    logged,
    listSql: async (work) => {
      const before = logged.length
      await work()
      return logged
        .slice(before)
        .map((line) => (JSON.parse(line) as { msg?: string }).msg ?? '')
        .filter((message) => message.startsWith('[query]'))
    },
    ask: (query, variables = {}, style = {}) => postQuery(app.url, { query, variables }, style),
    close: () => app.close(),
  }
}

async function postQuery<Data>(
  url: string,
  body: { readonly query: string; readonly variables: Readonly<Record<string, unknown>> },
  style: RequestStyle,
): Promise<GraphqlAnswer<Data>> {
  const { token = ADMIN_TOKEN, headers = {} } = style
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify(body),
  })
  const { data, errors = [] } = (await response.json()) as Partial<GraphqlAnswer<Data>>
  return { status: response.status, headers: response.headers, data: data as Data, errors }
}

function createTestLog(): { log: Logger; logged: string[] } {
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: (line) => void logged.push(line) })
  return { log, logged }
}
