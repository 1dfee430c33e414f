import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { CallLog } from '../calls.ts'
import type { Faults } from '../faults.ts'
import { readBody } from '../listener.ts'
import type { Switches } from '../switches.ts'
import { Refusal } from '../world/refusal.ts'
import type { World } from '../world/world.ts'
import { refuseStranger, unauthorized } from './access/api-user.ts'
import {
  errors,
  htmlPage,
  notImitated,
  routeUnknown,
  verbUnsupported,
  type Answer,
} from './answers.ts'
import { deliver } from './delivery/deliver.ts'
import type { AnyEntity } from './entities/entity.ts'
import type { Limits } from './access/limits.ts'
import { describe, getItem, listChildren, runCount, runNext, runQuery } from './reading/reads.ts'
import type { ApiRequest } from './request.ts'
import { isRealOnly, matchRoute, operationName, type Operation, type RouteMatch } from './routes.ts'
import { answerThreshold, answerVersion, answerVersions, answerZone } from './service-routes.ts'
import { create, remove, replace, update } from './writing/writes.ts'
import type { Zones } from './access/zones.ts'

/** What the imitation of Autotask works on. */
export interface AutotaskParts {
  world: World
  /** Read anew on every request. */
  switches(): Switches
  faults: Faults
  calls: CallLog
  limits: Limits
  zones(): Zones
}

const PREFIX = /^\/+atservicesrest(?=\/|$)/iu

/** Serves `/atservicesrest/…` of one zone. */
export function createAutotaskHandler(parts: AutotaskParts, zone: number): RequestListener {
  return (request, response) => {
    serve(parts, zone, { request, response }).catch((error: unknown) => {
      // A fault of the sandbox itself: loud, and in no form that Autotask has.
      if (response.headersSent) return response.destroy()
      response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' })
      return response.end(`the sandbox itself failed: ${String(error)}`)
    })
  }
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
}

async function serve(parts: AutotaskParts, zone: number, exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  // The host header is the caller's word; addresses in answers are those of the zone.
  const url = new URL(parts.zones().current().origin + (request.url ?? '/'))
  const path = url.pathname.replace(/\/{2,}/gu, '/')
  const below = PREFIX.test(path) ? path.replace(PREFIX, '') : '/outside'
  const match = matchRoute(below)
  const method = request.method ?? 'GET'
  const call = parts.calls.begin({
    system: 'autotask',
    operation: match ? operationName(match, method) : 'unknown',
    lane: match?.route.entity?.root ?? 'Service',
    method,
    path: request.url ?? '/',
  })
  response.once('close', () => call.end({ status: 0 }))
  const bodyText = await readBody(request)
  const { headers } = request
  const context: Context = { parts, zone, headers, method, url, path: below, match, bodyText }
  const answered = await answerWithin(context)
  answered.release()
  const operation = match ? operationName(match, method) : 'unknown'
  const isWrite = match?.route.operations[method as 'POST'] === 'create'
  const outcome = await deliver(response, answered.answer, {
    faults: parts.faults,
    subject: `autotask.${operation}`,
    address: url.href,
    isAdjustment: isWrite && operation.includes('Adjustments'),
  })
  call.end({ status: outcome, rejected: outcome === 429 })
}

interface Context {
  parts: AutotaskParts
  zone: number
  headers: IncomingMessage['headers']
  method: string
  url: URL
  /** Below `/atservicesrest`. */
  path: string
  match: RouteMatch | undefined
  bodyText: string | null
}

interface Answered {
  answer: Answer
  /** Leaves the thread that the request occupied. */
  release(): void
}

async function answerWithin(context: Context): Promise<Answered> {
  const { parts, match, method, bodyText, url } = context
  const free = (answer: Answer): Answered => ({ answer, release: () => undefined })
  if (bodyText === null) return free(errors(413, 'The request is too large.'))
  if (!match) return free(isRealOnly(context.path) ? notImitated(url.href) : routeUnknown(url.href))
  const operation = match.route.operations[method as 'GET']
  if (!operation) return free(verbUnsupported(method))
  if (operation === 'zone') return free(answerZone(url, parts.zones().current()))
  if (operation === 'versionInformation') return free(answerVersions())
  const stranger = refuseStranger(context.headers, {
    switches: parts.switches(),
    zone: context.zone,
  })
  if (stranger) return free(stranger)
  if (context.zone !== parts.zones().current().number) return free(unauthorized(context.zone))
  return await answerInThread(context, match, operation)
}

async function answerInThread(
  context: Context,
  match: RouteMatch,
  operation: Operation,
): Promise<Answered> {
  const { parts } = context
  const switches = parts.switches()
  const lane = match.route.entity?.root ?? operation
  const count = parts.limits.countRequest()
  const thread = parts.limits.enterThread(
    `${String(context.headers['apiintegrationcode'])}|${lane}`,
  )
  const release = () => thread.leave()
  if (count > switches.requestThreshold && switches.thresholdReached === 'suspend') {
    // Neither status nor Retry-After of the real server is known; clients treat it as 429.
    const answer = errors(429, 'The Autotask API request threshold has been exceeded.')
    const wait = String(Math.ceil(parts.limits.untilNextFallMs() / 1_000))
    const headers = switches.suspensionRetryAfter ? { 'Retry-After': wait } : {}
    return { answer: { ...answer, headers }, release }
  }
  if (thread.count > switches.threadLimit) {
    const text = `The Autotask API thread threshold of ${switches.threadLimit} threads has been exceeded.`
    return { answer: errors(429, text), release }
  }
  const name = `autotask.${operationName(match, context.method)}`
  const slow = parts.faults.strikes('latencyMs', name)?.ms
  await delay(switches.serviceTimeMs + (slow ?? 0) + thresholdDelay(count, switches))
  try {
    const fault = await strike(context, name)
    return { answer: fault ?? operate(context, match, operation), release }
  } catch (error) {
    release()
    throw error
  }
}

function thresholdDelay(count: number, switches: Switches): number {
  if (!switches.thresholdLatency) return 0
  const used = count / switches.requestThreshold
  return used >= 0.75 ? 2 * switches.thresholdStepMs : used >= 0.5 ? switches.thresholdStepMs : 0
}

/** Faults that strike in place of the operation. */
async function strike(context: Context, name: string): Promise<Answer | null> {
  const { parts } = context
  if (parts.faults.strikes('zoneMove', name)) {
    await parts.zones().move()
    return unauthorized(context.zone)
  }
  if (parts.faults.strikes('429', name)) {
    const limit = parts.switches().threadLimit
    return errors(429, `The Autotask API thread threshold of ${limit} threads has been exceeded.`)
  }
  return parts.faults.strikes('htmlError', name) ? htmlPage(404) : null
}

function operate(context: Context, match: RouteMatch, operation: Operation): Answer {
  const { parts, method, url } = context
  const name = `autotask.${operationName(match, method)}`
  const lost = parts.faults.strikes('permissionLoss', name) !== undefined
  const switches = lost ? { ...parts.switches(), deniedEntities: ['*'] } : parts.switches()
  const { autotask, clock } = parts.world
  const bodyText = context.bodyText ?? ''
  const request: ApiRequest = { match, method, url, bodyText, autotask, clock, switches }
  if (operation === 'version') return answerVersion()
  if (operation === 'threshold') return answerThreshold(parts.limits, switches)
  try {
    return operateOnEntity(request, operation)
  } catch (error) {
    if (error instanceof Refusal) return errors(500, error.message)
    throw error
  }
}

type EntityOperation = (request: ApiRequest, entity: AnyEntity) => Answer

const ENTITY_OPERATIONS: Partial<Record<Operation, EntityOperation>> = {
  get: getItem,
  list: listChildren,
  query: runQuery,
  next: runNext,
  count: runCount,
  create,
  update,
  replace,
  delete: remove,
}

function operateOnEntity(request: ApiRequest, operation: Operation): Answer {
  const { entity } = request.match.route
  const act = ENTITY_OPERATIONS[operation]
  return entity && act ? act(request, entity) : describe(request, operation)
}
