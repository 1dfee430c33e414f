import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { CallLog } from '../calls.ts'
import type { Faults } from '../faults.ts'
import { lookup } from '../world/security/lookup.ts'
import { PHYSICAL_SERVER_ID } from '../world/security/security-state.ts'
import type { World } from '../world/world.ts'
import { readBody, sendJson, sendText } from './exchange.ts'
import { cursorMethods } from './methods/cursors.ts'
import { hostGroupMethods } from './methods/host-group.ts'
import { licenseKeyMethods } from './methods/license-keys.ts'
import type { Method, Methods } from './methods/method.ts'
import { osVersionMethods } from './methods/os-version.ts'
import { sessionMethods } from './methods/session.ts'
import { virtualServerMethods } from './methods/virtual-servers.ts'
import { notFound, PxgError } from './pxg-error.ts'
import { reachOf } from './reach.ts'
import { type Session, type Sessions, type SignIn, SignInRefused } from './sessions.ts'
import type { SecurityCenterSettings } from './settings.ts'
import { argumentsOf } from './wire.ts'

/** What answering needs. */
export interface HandlerParts {
  world: World
  faults: Faults
  calls: CallLog
  sessions: Sessions
  settings: () => SecurityCenterSettings
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  operation: string
}

const PATH = /^\/api\/v1\.0\/(?:([A-Za-z]\w*)\.([A-Za-z]\w*)|(login))$/u

const METHODS: Methods = {
  ...sessionMethods,
  ...virtualServerMethods,
  ...licenseKeyMethods,
  ...cursorMethods,
  ...hostGroupMethods,
  ...osVersionMethods,
}

/** Answers `/api/v1.0/…`: records every call, signs in, finds the session, calls the method, tells errors apart. */
export function createHandler(parts: HandlerParts): RequestListener {
  const busy = new WeakSet<Socket>()
  const connections = numberObjects<Socket>()
  return (request, response) => {
    const operation = operationOf(request)
    const session = sessionOf(parts, request)
    const open = parts.calls.begin({
      system: 'securityCenter',
      operation,
      lane: session ? `session ${session.number}` : `connection ${connections(request.socket)}`,
      method: request.method ?? '',
      path: request.url ?? '',
    })
    const { socket } = request
    // A second request before the first is answered: the protocol does not allow it on one connection.
    const isPipelined = busy.has(socket)
    response.once('close', () => {
      open.end({
        status: response.writableFinished ? response.statusCode : 0,
        rejected: isPipelined,
      })
    })
    const exchange = { request, response, operation }
    if (isPipelined) return sendText(exchange.response, 400, 'One request at a time per connection')
    busy.add(socket)
    answer(parts, exchange, session)
      .catch((error: unknown) => sendText(response, 500, `Practice server: ${String(error)}`))
      // As soon as the answer is on its way the client may send again.
      .finally(() => busy.delete(socket))
  }
}

async function answer(
  parts: HandlerParts,
  { request, response, operation }: Exchange,
  session: Session | undefined,
): Promise<void> {
  const text = await readBody(request)
  if (await isDisturbed(parts, { request, response, operation })) return
  if (request.method !== 'POST') return sendText(response, 405, `${operation}: only POST is served`)
  try {
    if (operation === 'login') {
      parts.sessions.bind(request.socket, signIn(parts, request))
      return sendJson(request, response, {})
    }
    if (operation === 'Session.StartSession')
      return sendJson(request, response, { PxgRetVal: signIn(parts, request).id })
    const method = METHODS[operation]
    if (!method) return sendText(response, 404, `No method ${operation} in this practice server`)
    if (session && parts.faults.strikes('sessionLoss', `securityCenter.${operation}`))
      parts.sessions.end(session)
    if (!session || !parts.sessions.find(session.id)) return refuseWithoutSession(request, response)
    const body = parseBody(request, text)
    return sendJson(request, response, call(parts, { method, operation, session, body }))
  } catch (error) {
    if (error instanceof PxgError) return sendJson(request, response, error.toBody())
    if (!(error instanceof SignInRefused)) throw error
    response.setHeader('WWW-Authenticate', 'NTLM')
    return sendText(response, 401, error.message)
  }
}

function call(
  { world, faults, sessions, settings }: HandlerParts,
  given: { method: Method; operation: string; session: Session; body: Record<string, unknown> },
): Record<string, unknown> {
  const { method, operation, session, body } = given
  const current = settings()
  if (current.denied.some((part) => operation.includes(part))) throw new PxgError(1184, operation)
  const strike = faults.strikes('pxgError', `securityCenter.${operation}`)
  if (strike) throw new PxgError(strike.code ?? 1195, undefined, strike.code === 1195 ? 2 : 0)
  const state = world.security
  const { virtualServerId: own } = session
  // The virtual server was deleted under its session.
  if (own !== PHYSICAL_SERVER_ID && !lookup(state).virtualServerById.has(own))
    throw notFound(`virtual server ${own}`)
  const reach = reachOf(state, session, current)
  const now = world.clock.now()
  const context = { state, now, session, sessions, settings: current, reach, faults }
  return method(context, argumentsOf(body))
}

function signIn({ world, faults, sessions }: HandlerParts, request: IncomingMessage): Session {
  const strike = faults.strikes('pxgError', 'securityCenter.Session.StartSession')
  if (strike) throw new PxgError(strike.code ?? 1195)
  const given: SignIn = {
    authorization: request.headers.authorization,
    virtualServer: headerOf(request, 'x-ksc-vserver'),
  }
  return sessions.start(given, world.security.virtualServers)
}

/** True when a fault has taken the exchange over: the connection is cut, before or in the middle of the answer. */
async function isDisturbed(
  parts: HandlerParts,
  { response, operation }: Exchange,
): Promise<boolean> {
  const subject = `securityCenter.${operation}`
  const delay = parts.faults.strikes('latencyMs', subject)?.ms
  if (delay) await new Promise((resolve) => setTimeout(resolve, delay))
  if (parts.faults.strikes('dropConnection', subject)) {
    // Headers and the beginning of a body have gone out already.
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' })
    response.write('{"PxgRetVal":', () => response.destroy())
    return true
  }
  if (parts.faults.strikes('gatewayError', subject)) {
    response.writeHead(502, { 'Content-Type': 'text/html' })
    response.end('<html><body><h1>502 Bad Gateway</h1></body></html>')
    return true
  }
  return false
}

function parseBody(request: IncomingMessage, text: string): Record<string, unknown> {
  if (!request.headers['content-type']?.startsWith('application/json'))
    throw new PxgError(1192, 'Content-Type must be application/json')
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new PxgError(1192, 'the body is not JSON')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new PxgError(1192, 'the body must be an object')
  return Object.fromEntries(Object.entries(body))
}

/** An unknown or ended session is 403; no sign-in at all is 401. */
function refuseWithoutSession(request: IncomingMessage, response: ServerResponse): void {
  if (headerOf(request, 'x-ksc-session') !== undefined)
    return sendText(response, 403, 'Session is not found or has ended')
  response.setHeader('WWW-Authenticate', 'NTLM')
  sendText(response, 401, 'Authentication failure')
}

function sessionOf({ sessions }: HandlerParts, request: IncomingMessage): Session | undefined {
  const id = headerOf(request, 'x-ksc-session')
  if (id !== undefined) return sessions.find(id)
  const bound = sessions.boundTo(request.socket)
  return bound && sessions.find(bound.id)
}

function operationOf(request: IncomingMessage): string {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  const match = PATH.exec(path)
  if (!match) return path
  return match[3] ?? `${match[1]}.${match[2]}`
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

/** Numbers objects in the order in which they are first seen, from 1. */
function numberObjects<Kind extends object>(): (seen: Kind) => number {
  const numbers = new WeakMap<Kind, number>()
  let last = 0
  return (seen) => {
    const number = numbers.get(seen) ?? (last += 1)
    numbers.set(seen, number)
    return number
  }
}
