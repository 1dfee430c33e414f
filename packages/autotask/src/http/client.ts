import type { Clock, ReadOptions } from '@trueup/core'
import { parseJson, readErrors, toFailure } from './answers.ts'
import type { RequestBudget } from './budget.ts'
import { autotaskError, cancelled, fromTransportError, TransportError } from './errors.ts'
import { exchange, type Call, type ExchangeParts } from './exchange.ts'
import type { Lanes } from './lanes.ts'
import { createPacing, type Pacing } from './pacing.ts'
import { pauseBeforeRepeat, toVendorError } from './retry.ts'
import type { HttpAnswer } from './transport.ts'
import type { Zone } from './zone.ts'

/** A read's JSON and the server's clock beside it. */
export interface ReadAnswer {
  readonly value: unknown
  readonly date: string | null
}

/** How a write ended as far as the wire tells. */
export type PostAnswer =
  | { readonly kind: 'ANSWERED'; readonly answer: HttpAnswer }
  | { readonly kind: 'UNANSWERED'; readonly failure: TransportError }

/** Speaks with one Autotask database: zone, credentials, pacing, and the repeats that are safe. */
export interface Client {
  /** Repeats what is transient, bounded. Resolves only with JSON of a 200 answer that carries no errors. */
  read(call: Call, options: ReadOptions): Promise<ReadAnswer>
  /**
   * Sends until it was sent once. Repeats only what certainly changed nothing: no connection, 429, and one
   * 401 after a zone move. Throws only then; once it is on its way, cancelling does not stop it.
   */
  post(call: Call, options: ReadOptions): Promise<PostAnswer>
  readZone(): Promise<Zone>
  close(): Promise<void>
}

/** What a client is made of. */
export interface ClientParts extends ExchangeParts {
  readonly lanes: Lanes
  readonly budget: RequestBudget
  readonly clock: Clock
  /** How long a request may wait for room in the hour; an hour and a bit when absent. */
  readonly maximumWaitMs?: number | undefined
}

/** The count of the hour's requests. */
export const THRESHOLD_CALL: Call = {
  operation: 'ThresholdInformation.read',
  lanes: ['ThresholdInformation'],
  path: 'ThresholdInformation',
}

/** A client of the database that the zone lookup names. */
export function createClient(parts: ClientParts): Client {
  const pacing = createPacing({
    ...parts,
    readThreshold: ({ signal }) => exchange(parts, THRESHOLD_CALL, signal),
  })

  async function read(call: Call, options: ReadOptions): Promise<ReadAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await readOnce(parts, pacing, call, options)
      } catch (error) {
        const failure = toVendorError(error, call.operation)
        await pauseBeforeRepeat(parts, failure, attempt, options)
      }
    }
  }

  async function post(call: Call, options: ReadOptions): Promise<PostAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const result = await postOnce(parts, pacing, call, options)
      if (!(result instanceof TransportError)) return result
      const failure = fromTransportError(result, call.operation)
      await pauseBeforeRepeat(parts, failure, attempt, options)
    }
  }

  return {
    read: (call, options) => parts.lanes.run(call.lanes, () => read(call, options)),
    post: (call, options) => parts.lanes.run(call.lanes, () => post(call, options)),
    readZone: () => parts.zones.current(),
    close: () => parts.transport.close(),
  }
}

async function readOnce(
  parts: ClientParts,
  pacing: Pacing,
  call: Call,
  options: ReadOptions,
): Promise<ReadAnswer> {
  const answer = await pacing.sendPaced(call.operation, options, () =>
    exchange(parts, call, options.signal),
  )
  const value = parseJson(answer.body)
  if (answer.status !== 200 || readErrors(value).length > 0) {
    throw toFailure(call.operation, answer)
  }
  if (value === undefined) {
    throw autotaskError({
      operation: call.operation,
      code: 'AUTOTASK_ANSWER_INVALID',
      message: `${call.operation}: the answer is not JSON, or was cut short`,
      retryable: true,
      status: answer.status,
    })
  }
  return { value, date: answer.date }
}

/**
 * Returns a {@link TransportError} only when nothing was sent. The exchange gets no signal: what is on its way
 * is finished, so that its answer is heard.
 */
async function postOnce(
  parts: ClientParts,
  pacing: Pacing,
  call: Call,
  options: ReadOptions,
): Promise<PostAnswer | TransportError> {
  try {
    const answer = await pacing.sendPaced(call.operation, options, () => exchange(parts, call))
    return { kind: 'ANSWERED', answer }
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    if (error.kind !== 'UNREACHABLE') return { kind: 'UNANSWERED', failure: error }
    if (options.signal?.aborted === true) throw cancelled(call.operation)
    return error
  }
}
