import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { PHYSICAL_SERVER_ID, type VirtualServer } from '../world/security/security-state.ts'
import { createCursors, type Cursors } from './cursors.ts'
import { badFormat, notFound, PxgError } from './pxg-error.ts'
import type { SecurityCenterSettings } from './settings.ts'

/** Somebody signed in on one server. */
export interface Session {
  readonly id: string
  /** Counts up; names the session's lane in the call log. */
  readonly number: number
  /** 0 for the physical server. */
  readonly virtualServerId: number
  readonly cursors: Cursors
}

/** The account that may sign in. */
export interface Account {
  user: string
  password: string
}

/** A refused sign-in that the server answers with HTTP 401 and a text. */
export class SignInRefused extends Error {
  override name = 'SignInRefused'
}

/** What a sign-in says. */
export interface SignIn {
  authorization: string | undefined
  /** X-KSC-VServer as sent. */
  virtualServer: string | undefined
}

/** The sessions of one server. */
export interface Sessions {
  start(signIn: SignIn, virtualServers: readonly VirtualServer[]): Session
  /** Signs a connection in: it lasts as long as the connection. */
  bind(socket: Socket, session: Session): void
  boundTo(socket: Socket): Session | undefined
  find(id: string): Session | undefined
  end(session: Session): void
  /** Ends every session, as a restart of the server does. */
  endAll(): void
  /** Lets a blocked account in again. */
  unblock(): void
}

/** No sessions. */
export function createSessions(
  account: Account,
  settings: () => SecurityCenterSettings,
  elapsedMs: () => number,
): Sessions {
  const byId = new Map<string, Session>()
  let bySocket = new WeakMap<Socket, Session>()
  let started = 0
  let wrongPasswords = 0

  function checkAccount(authorization: string | undefined): void {
    // A blocked account is told so even with the right password: trying again only prolongs it.
    if (wrongPasswords >= settings().passwordAttempts) throw new PxgError(2013)
    const given = parseBasic(authorization)
    if (given?.user === account.user && given.password === account.password) {
      wrongPasswords = 0
      return
    }
    if (given?.user === account.user) wrongPasswords += 1
    if (settings().refusedSignIn === 'error1453') throw new PxgError(1453)
    throw new SignInRefused('Authentication failure')
  }

  function start(signIn: SignIn, virtualServers: readonly VirtualServer[]): Session {
    checkAccount(signIn.authorization)
    const virtualServerId = chooseServer(signIn.virtualServer, virtualServers, settings())
    if (settings().deniedVirtualServers.includes(virtualServerId)) throw new PxgError(1184)
    started += 1
    const session: Session = {
      id: randomUUID().replaceAll('-', '').toUpperCase(),
      number: started,
      virtualServerId,
      cursors: createCursors(elapsedMs),
    }
    byId.set(session.id, session)
    return session
  }

  return {
    start,
    bind: (socket, session) => void bySocket.set(socket, session),
    boundTo: (socket) => bySocket.get(socket),
    find: (id) => byId.get(id),
    end: (session) => void byId.delete(session.id),
    endAll: () => {
      byId.clear()
      bySocket = new WeakMap()
    },
    unblock: () => void (wrongPasswords = 0),
  }
}

/** `KSCBasic user="<base64>", pass="<base64>", domain="…", internal="1"`; only user and pass must be there. */
function parseBasic(header: string | undefined): { user: string; password: string } | undefined {
  if (!header?.startsWith('KSCBasic ')) return undefined
  const parts = new Map(
    [...header.slice('KSCBasic '.length).matchAll(/(\w+)="([^"]*)"/gu)].map((match) => [
      match[1],
      match[2] ?? '',
    ]),
  )
  const user = fromBase64(parts.get('user'))
  const password = fromBase64(parts.get('pass'))
  return user === undefined || password === undefined ? undefined : { user, password }
}

function chooseServer(
  header: string | undefined,
  virtualServers: readonly VirtualServer[],
  { virtualServerHeader }: SecurityCenterSettings,
): number {
  // The vendor's own client sends an empty header for the main server, a known public one the letter x.
  if (header === undefined || header === '' || header === 'x') return PHYSICAL_SERVER_ID
  const wanted = fromBase64(header)
  if (wanted === undefined) throw badFormat('X-KSC-VServer must be base64 of UTF-8')
  const found = virtualServers.find(
    (server) =>
      (virtualServerHeader !== 'uid' && server.name === wanted) ||
      (virtualServerHeader !== 'name' && server.uid === wanted),
  )
  if (!found) throw notFound(`virtual server "${wanted}"`)
  return found.id
}

function fromBase64(text: string | undefined): string | undefined {
  if (
    text === undefined ||
    !/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u.test(text)
  )
    return undefined
  return Buffer.from(text, 'base64').toString('utf8')
}
