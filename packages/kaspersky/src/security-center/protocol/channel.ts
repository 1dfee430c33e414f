import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import type { AbortSignalLike } from '@trueup/core'
import { VendorError } from '@trueup/core'
import { Client, errors } from 'undici'
import { failure } from './failure.ts'
import type { ServerAddress, Trust } from './trust.ts'
import { buildConnect } from './trust.ts'

/** How patient a channel is, and how much it takes in. */
export interface ChannelLimits {
  /** For connecting, TLS included. */
  readonly connectTimeoutMs: number
  /** For one call, from sending it to the end of its answer. */
  readonly requestTimeoutMs: number
  /** Largest answer, unpacked. */
  readonly maxAnswerBytes: number
}

/** What goes out. */
export interface OutgoingCall {
  /** `Class.Method`. */
  readonly operation: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signal?: AbortSignalLike | undefined
}

/** What came back, whatever the status. */
export interface IncomingAnswer {
  readonly status: number
  readonly text: string
}

/**
 * One connection to a Security Center. The protocol allows one outstanding request per connection, so calls
 * wait for each other.
 */
export interface Channel {
  /** Sends once. Throws {@link VendorError} when no complete answer came. */
  post(call: OutgoingCall): Promise<IncomingAnswer>
  close(): Promise<void>
}

const unzip = { gzip: promisify(gunzip), deflate: promisify(inflate) } as const

/** A channel; the connection is made by the first call. */
export function openChannel(address: ServerAddress, trust: Trust, limits: ChannelLimits): Channel {
  const client = new Client(`https://${address.hostname}:${address.port}`, {
    connect: buildConnect(trust, limits.connectTimeoutMs),
    pipelining: 1,
    headersTimeout: limits.requestTimeoutMs,
    bodyTimeout: limits.requestTimeoutMs,
  })

  async function post(call: OutgoingCall): Promise<IncomingAnswer> {
    const { operation } = call
    const cancel = new AbortController()
    const onAbort = (): void => cancel.abort()
    if (isAborted(call)) throw cancelled(operation)
    call.signal?.addEventListener('abort', onAbort)
    const deadline = AbortSignal.timeout(limits.requestTimeoutMs)
    try {
      const answer = await client.request({
        method: 'POST',
        path: `/api/v1.0/${operation}`,
        headers: {
          ...call.headers,
          'content-type': 'application/json',
          'accept-encoding': 'gzip, deflate',
        },
        body: call.body,
        signal: AbortSignal.any([cancel.signal, deadline]),
      })
      const packed = await readBounded(operation, answer.body, limits.maxAnswerBytes)
      const encoding = String(answer.headers['content-encoding'] ?? 'identity')
      const text = await unpack(operation, packed, { encoding, maxBytes: limits.maxAnswerBytes })
      return { status: answer.statusCode, text }
    } catch (error) {
      if (isAborted(call)) throw cancelled(operation)
      throw fromTransportError(operation, error)
    } finally {
      call.signal?.removeEventListener('abort', onAbort)
    }
  }

  return { post, close: () => client.destroy() }
}

async function readBounded(
  operation: string,
  body: AsyncIterable<Buffer>,
  maxBytes: number,
): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(operation, maxBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

async function unpack(
  operation: string,
  packed: Buffer,
  { encoding, maxBytes }: { encoding: string; maxBytes: number },
): Promise<string> {
  if (encoding !== 'gzip' && encoding !== 'deflate') return packed.toString('utf8')
  try {
    const plain = await unzip[encoding](packed, { maxOutputLength: maxBytes })
    return plain.toString('utf8')
  } catch (cause) {
    if (isNodeError(cause) && cause.code === 'ERR_BUFFER_TOO_LARGE')
      throw tooLarge(operation, maxBytes)
    throw failure({
      operation,
      code: 'KSC_CONNECTION_LOST',
      message: 'The compressed answer is damaged.',
      retryable: true,
      cause,
    })
  }
}

/** Node's names for a certificate that the trust store, the authority or the host name check refused. */
const CERTIFICATE_ERROR =
  /^(?:CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER|GET_CRL)|HOSTNAME_MISMATCH|INVALID_(?:CA|PURPOSE)|CRL_)/

function fromTransportError(operation: string, error: unknown): VendorError {
  if (error instanceof VendorError) return error
  const cause = error instanceof Error ? error : undefined
  const code = isNodeError(error) ? error.code : ''
  if (CERTIFICATE_ERROR.test(code)) {
    return failure({
      operation,
      code: 'KSC_CERTIFICATE_UNTRUSTED',
      message: "The server's certificate is not trusted by this machine.",
      facts: { reason: code },
      cause,
    })
  }
  const isTimeout =
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError ||
    error instanceof errors.ConnectTimeoutError ||
    (error instanceof Error && error.name === 'TimeoutError')
  if (isTimeout) {
    const message = 'The server did not answer in time.'
    return failure({ operation, code: 'KSC_TIMEOUT', message, retryable: true, cause })
  }
  if (/^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EPROTO|ERR_SSL_)/.test(code)) {
    const message = 'No TLS connection to the server could be made.'
    return failure({ operation, code: 'KSC_UNREACHABLE', message, retryable: true, cause })
  }
  return failure({
    operation,
    code: 'KSC_CONNECTION_LOST',
    message: 'The connection ended before the answer was complete.',
    retryable: true,
    cause,
  })
}

function isAborted(call: OutgoingCall): boolean {
  return call.signal?.aborted ?? false
}

function cancelled(operation: string): VendorError {
  const message = 'The reading was cancelled.'
  return failure({ operation, code: 'KSC_CANCELLED', message, retryable: true })
}

function tooLarge(operation: string, maxBytes: number): VendorError {
  return failure({
    operation,
    code: 'KSC_ANSWER_TOO_LARGE',
    message: `The answer is larger than ${maxBytes} bytes.`,
    facts: { maxBytes },
  })
}

function isNodeError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
