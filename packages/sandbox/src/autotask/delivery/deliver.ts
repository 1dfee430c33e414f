import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Faults } from '../../faults.ts'
import { errors, type Answer } from '../answers.ts'
import { foreignAddress, isPage, spoilPage } from './spoil.ts'

/** How an answer may be spoilt on its way. */
export interface Delivery {
  faults: Faults
  /** The operation's name. */
  subject: string
  /** The requested address. */
  address: string
  /** An adjustment was asked for. */
  isAdjustment: boolean
}

/** Sends an answer, or what an armed fault makes of it. Returns the status that the caller saw; 0 for a cut connection. */
export async function deliver(
  response: ServerResponse,
  answer: Answer,
  delivery: Delivery,
): Promise<number> {
  const { faults, subject } = delivery
  const applied = delivery.isAdjustment && answer.status === 200
  if (applied && faults.strikes('applyThenDrop', subject)) {
    response.destroy()
    return 0
  }
  const after500 = applied && faults.strikes('applyThen500', subject)
  const given = after500 ? errors(500, 'An unexpected error has occurred.') : answer
  const shown = given.status === 200 ? spoilPage(given, faults, subject) : given
  const text = shown.raw?.text ?? (shown.body === undefined ? '' : JSON.stringify(shown.body))
  if (isPage(shown.body) && faults.strikes('cutPage', subject)) {
    return await sendHalf(response, shown, text)
  }
  if (shown.status === 200) return await sendSpoilt(response, { answer: shown, text, delivery })
  send(response, shown, text)
  return shown.status
}

interface Sending {
  answer: Answer
  text: string
  delivery: Delivery
}

const HUGE_BYTES = 100 * 1024 * 1024
const SLOW_MS = 600_000

/** A good answer as the faults of transport make it. */
async function sendSpoilt(response: ServerResponse, sending: Sending): Promise<number> {
  const { answer, text, delivery } = sending
  const { faults, subject } = delivery
  if (faults.strikes('redirect', subject)) {
    const headers = { Location: foreignAddress(delivery.address) }
    send(response, { status: 302, headers }, '')
    return 302
  }
  const huge = faults.strikes('hugeBody', subject)
  if (huge) return await sendHuge(response, { answer, text, bytes: huge.bytes ?? HUGE_BYTES })
  const slow = faults.strikes('slowBody', subject)
  if (slow) return await sendSlowly(response, { answer, text, ms: slow.ms ?? SLOW_MS })
  const isCut = faults.strikes('truncatedJson', subject)
  send(response, answer, isCut ? text.slice(0, text.length / 2) : text)
  return answer.status
}

/** Headers promise the whole page; half of it arrives before the connection goes away. */
async function sendHalf(response: ServerResponse, answer: Answer, text: string): Promise<number> {
  writeHead(response, answer, Buffer.byteLength(text))
  await new Promise<void>((resolve) => {
    response.write(text.slice(0, text.length / 2), () => resolve())
  })
  response.destroy()
  return 0
}

/** Good JSON that is as long as asked for: white space is allowed at its end. */
async function sendHuge(
  response: ServerResponse,
  given: { answer: Answer; text: string; bytes: number },
): Promise<number> {
  writeHead(response, given.answer, null)
  response.write(given.text)
  const filling = Buffer.alloc(1024 * 1024, ' ')
  for (let sent = 0; sent < given.bytes && !response.destroyed; sent += filling.length) {
    if (response.write(filling)) continue
    await new Promise<void>((resolve) => {
      response.once('drain', resolve)
      response.once('close', resolve)
    })
  }
  if (response.destroyed) return 0
  response.end()
  return given.answer.status
}

/** Piece by piece, until all is sent or the caller has gone. */
async function sendSlowly(
  response: ServerResponse,
  given: { answer: Answer; text: string; ms: number },
): Promise<number> {
  const { answer, text, ms } = given
  const stepMs = 20
  const bytes = Buffer.from(text)
  const piece = Math.max(1, Math.ceil((bytes.length * stepMs) / Math.max(stepMs, ms)))
  writeHead(response, answer, bytes.length)
  for (let at = 0; at < bytes.length && !response.destroyed; at += piece) {
    await delay(stepMs, undefined, { ref: false })
    response.write(bytes.subarray(at, at + piece))
  }
  if (response.destroyed) return 0
  response.end()
  return answer.status
}

function send(response: ServerResponse, answer: Answer, text: string): void {
  writeHead(response, answer, Buffer.byteLength(text))
  response.end(text)
}

function writeHead(response: ServerResponse, answer: Answer, length: number | null): void {
  const hasBody = answer.raw !== undefined || answer.body !== undefined
  response.writeHead(answer.status, {
    ...(hasBody && {
      'Content-Type': answer.raw?.contentType ?? 'application/json; charset=utf-8',
    }),
    ...(length !== null && { 'Content-Length': length }),
    ...answer.headers,
  })
}
