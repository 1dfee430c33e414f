import { z } from 'zod'
import type { Clock, ReadOptions } from '@trueup/core'
import { isRateLimited, parseJson, toFailure } from './answers.ts'
import type { RequestBudget } from './budget.ts'
import { autotaskError, cancelled, TransportError } from './errors.ts'
import type { AutotaskLog } from './events.ts'
import type { ThresholdReading } from './hour.ts'
import type { HttpAnswer } from './transport.ts'

/** Lets requests go when the hour has room and Autotask does not ask to slow down, and tells when they wait. */
export interface Pacing {
  /** Sends when there is room; waits and sends again while the answer says "too many", as long as it may. */
  sendPaced(
    operation: string,
    options: ReadOptions,
    send: () => Promise<HttpAnswer>,
  ): Promise<HttpAnswer>
}

interface PacingParts {
  readonly budget: RequestBudget
  readonly clock: Clock
  readonly log: AutotaskLog
  /** How long a request may wait for room; an hour and a bit when absent. */
  readonly maximumWaitMs?: number | undefined
  /** Asks for the count of the hour without going through the budget, which may be what is wrong. */
  readThreshold(options: ReadOptions): Promise<HttpAnswer>
}

/** A rolling hour frees something within an hour; five minutes more for clocks that differ. */
const MAXIMUM_WAIT_MS = 65 * 60_000
const FIRST_LIMIT_PAUSE_MS = 2_000
const LONGEST_LIMIT_PAUSE_MS = 60_000
/** While the hour is full, its real count is asked for this often: others' requests leave it too. */
const RECALIBRATE_MS = 5 * 60_000
/** After this many requests of ours it is time to see how many the others made, when that is not known yet. */
const CALIBRATE_FIRST = 1_200
/** Later, when half of what was left is used: the fuller the hour, the more often. */
const CALIBRATE_AT_MOST = 2_000
const CALIBRATE_AT_LEAST = 50

const thresholdSchema = z.object({
  externalRequestThreshold: z.int().positive(),
  requestThresholdTimeframe: z.int().positive(),
  currentTimeframeRequestCount: z.int().nonnegative(),
})

/** Reads the answer of ThresholdInformation, which is not wrapped in an item; throws when it is none. */
export function parseThreshold(value: unknown): ThresholdReading {
  const parsed = thresholdSchema.safeParse(value)
  if (!parsed.success) {
    throw autotaskError({
      operation: 'ThresholdInformation.read',
      code: 'AUTOTASK_ANSWER_INVALID',
      message: 'ThresholdInformation: the answer is not a count of requests',
      retryable: false,
      cause: parsed.error,
    })
  }
  return {
    limit: parsed.data.externalRequestThreshold,
    used: parsed.data.currentTimeframeRequestCount,
    timeframeMinutes: parsed.data.requestThresholdTimeframe,
  }
}

/** Pacing over one budget. */
export function createPacing(parts: PacingParts): Pacing {
  const { clock, budget, log } = parts
  const maximumWaitMs = parts.maximumWaitMs ?? MAXIMUM_WAIT_MS
  const calibration = createCalibration(parts)

  async function sendPaced(
    operation: string,
    options: ReadOptions,
    send: () => Promise<HttpAnswer>,
  ): Promise<HttpAnswer> {
    const giveUpAtMs = clock.nowMs() + maximumWaitMs
    let hasWaited = false
    for (let refusals = 0; ; refusals += 1) {
      if (await waitForRoom(operation, giveUpAtMs, options)) hasWaited = true
      if (options.signal?.aborted === true) throw cancelled(operation)
      const answer = await send()
      if (!isRateLimited(answer)) {
        if (hasWaited) log({ kind: 'GOING_ON', operation })
        return answer
      }
      hasWaited = true
      const resumeAtMs = clock.nowMs() + limitPauseMs(answer, refusals, clock.nowMs())
      if (resumeAtMs > giveUpAtMs) throw toFailure(operation, { ...answer, status: 429 })
      log({ kind: 'WAITING', operation, reason: 'RATE_LIMITED', resumeAtMs })
      await pauseUntil(clock, resumeAtMs, options)
    }
  }

  /** Whether it had to wait. */
  async function waitForRoom(
    operation: string,
    giveUpAtMs: number,
    options: ReadOptions,
  ): Promise<boolean> {
    await calibration.count(options)
    for (let toldMs = 0; ;) {
      const reservation = await budget.reserve(clock.nowMs())
      if (reservation.granted) return toldMs > 0
      const { resumeAtMs } = reservation
      const askAgainMs = Math.min(resumeAtMs, clock.nowMs() + RECALIBRATE_MS)
      if (askAgainMs > giveUpAtMs) throw hourIsFull(operation, resumeAtMs)
      if (resumeAtMs !== toldMs) {
        log({ kind: 'WAITING', operation, reason: 'HOURLY_BUDGET', resumeAtMs })
      }
      toldMs = resumeAtMs
      await pauseUntil(clock, askAgainMs, options)
      if (options.signal?.aborted === true) throw cancelled(operation)
      await calibration.ask(options)
    }
  }

  return { sendPaced }
}

interface Calibration {
  /** One more request; asks Autotask when it is time to. */
  count(options: ReadOptions): Promise<void>
  ask(options: ReadOptions): Promise<void>
}

/** Learns now and then what Autotask counted, others' requests included. */
function createCalibration(parts: PacingParts): Calibration {
  const { budget, clock } = parts
  let requestsLeft = CALIBRATE_FIRST
  let asking: Promise<void> | null = null

  /** Whoever waits at the same time shares one question: they would exceed the thread limit with their own. */
  function ask(options: ReadOptions): Promise<void> {
    requestsLeft = CALIBRATE_FIRST
    asking ??= askAndLearn(options).finally(() => (asking = null))
    return asking
  }

  async function askAndLearn(options: ReadOptions): Promise<void> {
    const reading = await askThreshold(parts, options)
    if (reading === null) return
    await budget.calibrate(reading, clock.nowMs())
    const half = Math.floor((reading.limit - reading.used) / 2)
    requestsLeft = Math.min(Math.max(half, CALIBRATE_AT_LEAST), CALIBRATE_AT_MOST)
  }

  async function count(options: ReadOptions): Promise<void> {
    if (requestsLeft <= 0) await ask(options)
    requestsLeft -= 1
  }

  return { count, ask }
}

/** `null` without a good answer: the budget then goes on counting as it did, and only knows less of the others. */
async function askThreshold(
  parts: PacingParts,
  options: ReadOptions,
): Promise<ThresholdReading | null> {
  try {
    const answer = await parts.readThreshold(options)
    return answer.status === 200 ? parseThreshold(parseJson(answer.body)) : null
  } catch (error) {
    if (error instanceof TransportError) return null
    throw error
  }
}

async function pauseUntil(clock: Clock, timeMs: number, options: ReadOptions): Promise<void> {
  await clock.sleep(Math.max(0, timeMs - clock.nowMs()), options.signal)
}

/**
 * As long as the server asks; without its word twice as long each time, a minute at most. The thread limit is
 * over in a moment, the hour's suspension is not, and Autotask does not say which it is.
 */
function limitPauseMs(answer: HttpAnswer, refusals: number, nowMs: number): number {
  const asked = parseRetryAfter(answer.retryAfter, nowMs)
  return asked ?? Math.min(FIRST_LIMIT_PAUSE_MS * 2 ** refusals, LONGEST_LIMIT_PAUSE_MS)
}

/** `Retry-After` in seconds or as a date (RFC 9110); `null` when absent or unreadable. */
export function parseRetryAfter(text: string | null, nowMs: number): number | null {
  if (text === null) return null
  if (/^\d{1,6}$/.test(text.trim())) return Math.max(1_000, Number(text) * 1_000)
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? null : Math.max(1_000, atMs - nowMs)
}

function hourIsFull(operation: string, resumeAtMs: number) {
  return autotaskError({
    operation,
    code: 'AUTOTASK_RATE_LIMITED',
    message: `${operation}: the requests of the hour are used up`,
    retryable: true,
    facts: { resumeAtMs },
  })
}
