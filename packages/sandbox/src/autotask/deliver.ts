import type { ServerResponse } from 'node:http'
import type { Faults } from '../faults.ts'
import { errors, type Answer } from './answers.ts'

/** How an answer may be spoilt on its way. */
export interface Delivery {
  faults: Faults
  /** The operation's name. */
  subject: string
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
  const spoilt = applied && faults.strikes('applyThen500', subject)
  const shown = spoilt ? errors(500, 'An unexpected error has occurred.') : answer
  const text = shown.raw?.text ?? (shown.body === undefined ? '' : JSON.stringify(shown.body))
  const isPage = typeof shown.body === 'object' && shown.body !== null && 'items' in shown.body
  const cut = isPage && faults.strikes('cutPage', subject) !== undefined
  writeHead(response, shown, text)
  if (!cut) {
    response.end(text)
    return shown.status
  }
  // Headers promise the whole page; half of it arrives before the connection goes away.
  await new Promise<void>((resolve) => {
    response.write(text.slice(0, text.length / 2), () => resolve())
  })
  response.destroy()
  return 0
}

function writeHead(response: ServerResponse, answer: Answer, text: string): void {
  const hasBody = answer.raw !== undefined || answer.body !== undefined
  response.writeHead(answer.status, {
    ...(hasBody && {
      'Content-Type': answer.raw?.contentType ?? 'application/json; charset=utf-8',
    }),
    'Content-Length': Buffer.byteLength(text),
    ...answer.headers,
  })
}
