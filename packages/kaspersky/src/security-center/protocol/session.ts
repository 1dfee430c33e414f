import type { AbortSignalLike, Clock } from '@trueup/core'
import { VendorError } from '@trueup/core'
import { z } from 'zod'
import type { Channel, IncomingAnswer } from './channel.ts'
import { failure, fromPxgError, hasCode, pxgErrorSchema } from './failure.ts'
import type { JsonValue } from './json.ts'
import { parseJson, writeJson } from './json.ts'
import type { WireContainer } from './wire.ts'
import { decodeAnswer, encodeArguments } from './wire.ts'

/** Who signs in: an internal user of Kaspersky Security Center, made only for this. */
export interface Credentials {
  readonly user: string
  readonly password: string
}

/** One call of the Open API and the form its answer has to have. */
export interface Call<T> {
  /** `Class.Method`. */
  readonly operation: string
  readonly arguments: WireContainer
  readonly answer: z.ZodType<T>
  /** Set for calls that move something on at the server, such as an iterator: a repeat would skip rows. */
  readonly neverRepeat?: boolean
}

/** A sign-in to one server, main or virtual. */
export interface Session {
  /** Throws {@link VendorError}. Calls that only read are repeated, a bounded number of times, when that is safe. */
  call<T>(call: Call<T>): Promise<T>
}

/** What a session needs besides its channel. */
export interface SessionOptions {
  readonly credentials: Credentials
  /** Display name of a virtual server; absent for the main server. */
  readonly virtualServer?: string
  readonly clock: Clock
  readonly signal?: AbortSignalLike | undefined
}

/** Pauses before the second and the third attempt of a call that may be repeated. */
const PAUSES_MS: readonly number[] = [500, 2_000]

/**
 * Signs in, works, and always signs out: that also frees every iterator and result set of the session.
 * A refused sign-in is never repeated; wrong passwords lock the account (error 2013).
 */
export async function withSession<T>(
  channel: Channel,
  options: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const id = await startSession(channel, options)
  const headers = { 'x-ksc-session': id }
  try {
    return await work({ call: (call) => callWithRepeats(channel, { call, headers, options }) })
  } finally {
    await endSession(channel, headers)
  }
}

async function startSession(channel: Channel, options: SessionOptions): Promise<string> {
  const { credentials, virtualServer, signal } = options
  const headers = {
    authorization: authorization(credentials),
    ...(virtualServer === undefined ? {} : { 'x-ksc-vserver': base64(virtualServer) }),
  }
  const operation = 'Session.StartSession'
  const answer = await channel.post({ operation, headers, body: '{}', signal })
  if (answer.status === 401 || answer.status === 403) throw signInRefused(answer)
  return parseAnswer(operation, answer, z.object({ PxgRetVal: z.string().min(1) })).PxgRetVal
}

/** The session ends by itself when this fails; a reading that is complete is not thrown away for it. */
async function endSession(channel: Channel, headers: Record<string, string>): Promise<void> {
  try {
    await channel.post({ operation: 'Session.EndSession', headers, body: '{}' })
  } catch (error) {
    if (!(error instanceof VendorError)) throw error
  }
}

async function callWithRepeats<T>(
  channel: Channel,
  {
    call,
    headers,
    options,
  }: { call: Call<T>; headers: Record<string, string>; options: SessionOptions },
): Promise<T> {
  const { operation } = call
  const body = writeJson(encodeArguments(call.arguments))
  for (const pauseMs of PAUSES_MS) {
    try {
      return await callOnce()
    } catch (error) {
      if (!isRepeatable(error, call)) throw error
      await options.clock.sleep(pauseMs, options.signal)
    }
  }
  return await callOnce()

  async function callOnce(): Promise<T> {
    const answer = await channel.post({ operation, headers, body, signal: options.signal })
    return parseAnswer(operation, answer, call.answer)
  }
}

function isRepeatable(error: unknown, call: Call<unknown>): boolean {
  if (call.neverRepeat === true || hasCode(error, 'KSC_SESSION_ENDED', 'KSC_CANCELLED'))
    return false
  return error instanceof VendorError && error.retryable
}

/** Checks status, encoding, the server's own error and the form of the answer, in this order. */
function parseAnswer<T>(operation: string, answer: IncomingAnswer, schema: z.ZodType<T>): T {
  const { status } = answer
  if (status === 401 || status === 403) {
    const message = 'The session has ended at the server.'
    throw failure({ operation, code: 'KSC_SESSION_ENDED', message, retryable: true, status })
  }
  if (status !== 200) {
    const message = `The server answered with HTTP status ${status}.`
    const retryable = status >= 500 || status === 429
    throw failure({ operation, code: 'KSC_UNEXPECTED_STATUS', message, retryable, status })
  }
  const value = decode(operation, answer.text)
  const reported = z.object({ PxgError: pxgErrorSchema }).safeParse(value)
  if (reported.success) throw fromPxgError(operation, reported.data.PxgError)
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') ?? ''
  throw notUnderstood(operation, `${where}: ${issue?.message ?? 'wrong form'}`, parsed.error)
}

function decode(operation: string, text: string): JsonValue {
  try {
    return decodeAnswer(text.trim() === '' ? {} : parseJson(text))
  } catch (cause) {
    // A page cut short on its way reads well the second time.
    throw notUnderstood(operation, 'not JSON', cause, true)
  }
}

function notUnderstood(operation: string, detail: string, cause: unknown, retryable = false) {
  return failure({
    operation,
    code: 'KSC_ANSWER_NOT_UNDERSTOOD',
    message: `The answer of ${operation} does not have its documented form (${detail}).`,
    retryable,
    status: 200,
    facts: { detail },
    cause,
  })
}

function signInRefused({ status, text }: IncomingAnswer): VendorError {
  return failure({
    operation: 'Session.StartSession',
    code: 'KSC_SIGN_IN_REFUSED',
    message: 'The server refused the user name or the password.',
    status,
    facts: { answer: text.slice(0, 200) },
  })
}

/** Whether further sign-ins with the same credentials could lock the account. */
export function isSignInRefusal(error: unknown): boolean {
  return hasCode(error, 'KSC_SIGN_IN_REFUSED', 'KSC_ACCOUNT_BLOCKED')
}

/** How a domain has to be written is not documented well enough; an internal user needs none. */
function authorization({ user, password }: Credentials): string {
  return `KSCBasic user="${base64(user)}", pass="${base64(password)}", internal="1"`
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}
