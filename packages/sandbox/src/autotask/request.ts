import type { Clock } from '../clock.ts'
import type { Switches } from '../switches.ts'
import type { AutotaskState } from '../world/autotask-state.ts'
import { Refusal } from '../world/refusal.ts'
import { unexpectedText } from './reading/query.ts'
import type { RouteMatch } from './routes.ts'

/** A request as the operations see it. */
export interface ApiRequest {
  match: RouteMatch
  method: string
  /** The requested address, absolute, with its original spelling. */
  url: URL
  /** The body as it came. */
  bodyText: string
  autotask: AutotaskState
  clock: Clock
  switches: Switches
}

/** The body as JSON. Throws `Refusal` with the server's text when it is none. */
export function parseBody(request: ApiRequest): unknown {
  return parseJson(request.bodyText)
}

/** Parses JSON; a fault is Autotask's kind of fault. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(unexpectedText(text.trim()))
  }
}
