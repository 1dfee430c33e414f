import { Agent, type Dispatcher } from 'undici'
import type { AbortSignalLike } from '@trueup/core'
import { TransportError } from './errors.ts'

/** One request, exactly as it goes out. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Called off when this fires. */
  readonly signal?: AbortSignalLike | undefined
}

/** A complete answer, whatever its status. The body is text of at most the transport's bound. */
export interface HttpAnswer {
  readonly status: number
  readonly body: string
  /** Milliseconds or seconds parsing is the reader's; `null` when absent. */
  readonly retryAfter: string | null
  /** The server's own clock, as it says it in its `Date` header. */
  readonly date: string | null
}

/** Sends one request and reads its whole answer, or throws {@link TransportError}. */
export interface Transport {
  send(request: HttpRequest): Promise<HttpAnswer>
  /** Closes idle connections; requests under way end first. */
  close(): Promise<void>
}

/** Bounds of one request. */
export interface TransportLimits {
  /** From sending to the last byte of the answer: a slow drip of bytes does not extend it. */
  readonly timeoutMs: number
  readonly maximumBodyBytes: number
}

/**
 * Codes that say that no connection came about, so that nothing can have been sent. The list is closed on
 * purpose: a code that is not here counts as "may have been sent", which costs a read and never a double bill.
 */
const NOTHING_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  // Asked after closing: refused before a connection is looked for.
  'UND_ERR_CLOSED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
])

/**
 * HTTP/1.1 over kept connections. Redirects are answers like any other and are not followed; certificates
 * are always verified; nothing is repeated here. HTTP/2 stays off because it may replay requests on its own.
 */
export function createTransport(limits: TransportLimits): Transport {
  const agent = new Agent({ allowH2: false, headersTimeout: 0, bodyTimeout: 0 })
  return {
    send: (request) => send(agent, limits, request),
    close: () => agent.close(),
  }
}

async function send(
  agent: Agent,
  limits: TransportLimits,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const { signal } = request
  if (signal?.aborted === true) throw new TransportError('CANCELLED', 'called off before sending')
  const controller = new AbortController()
  const cancel = (): void => controller.abort(new TransportError('CANCELLED', 'called off'))
  const timer = setTimeout(
    () => controller.abort(new TransportError('TIMED_OUT', `no answer in ${limits.timeoutMs} ms`)),
    limits.timeoutMs,
  )
  signal?.addEventListener('abort', cancel)
  try {
    const answer = await agent.request({
      origin: request.url.origin,
      path: request.url.pathname + request.url.search,
      method: request.method,
      headers: request.headers,
      body: request.body ?? null,
      signal: controller.signal,
    })
    return {
      status: answer.statusCode,
      body: await readBody(answer.body, limits.maximumBodyBytes),
      retryAfter: headerOf(answer, 'retry-after'),
      date: headerOf(answer, 'date'),
    }
  } catch (error) {
    throw toTransportError(error, controller.signal)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  }
}

async function readBody(
  body: Dispatcher.ResponseData['body'],
  maximumBytes: number,
): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.length
    // Leaving the loop destroys the stream, and with it the connection.
    if (length > maximumBytes) {
      throw new TransportError('ANSWER_TOO_LARGE', `the answer exceeds ${maximumBytes} bytes`)
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length).toString('utf8')
}

function headerOf(answer: Dispatcher.ResponseData, name: string): string | null {
  const value = answer.headers[name]
  return typeof value === 'string' ? value : null
}

function toTransportError(error: unknown, signal: AbortSignal): TransportError {
  if (signal.aborted && signal.reason instanceof TransportError) return signal.reason
  if (error instanceof TransportError) return error
  const code = codeOf(error)
  const message = error instanceof Error ? error.message : String(error)
  return NOTHING_SENT.has(code)
    ? new TransportError('UNREACHABLE', `no connection (${code})`, error)
    : new TransportError('CONNECTION_LOST', `the connection broke (${code || message})`, error)
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return ''
  return typeof error.code === 'string' ? error.code : ''
}
