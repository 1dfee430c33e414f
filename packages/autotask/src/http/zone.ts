import { z } from 'zod'
import type { VendorError } from '@trueup/core'
import { autotaskError, fromTransportError, TransportError } from './errors.ts'
import type { HttpAnswer, Transport } from './transport.ts'

/** Where one customer's Autotask database lives. */
export interface Zone {
  readonly name: string
  /** Root of the pinned API version, with a slash at its end. */
  readonly apiUrl: URL
  /** Root of the pages that people see. */
  readonly webUrl: URL
  /** Autotask's number for the database. */
  readonly databaseId: number
}

/** Knows the zone; asks Autotask once and again only when told that it went stale. */
export interface ZoneLookup {
  current(): Promise<Zone>
  /** The zone after a database may have moved. Asks anew unless somebody already did since `stale` was told. */
  renew(stale: Zone): Promise<Zone>
}

/** Answers zone lookups for every customer; all other calls go to the host it names (facts: section 1.1). */
const DEFAULT_LOOKUP_URL = 'https://webservices.autotask.net/atservicesrest/'

/** The version list also names V2.0, which has no working zone lookup: the version is pinned (1.3). */
const API_VERSION = 'V1.0/'
const OPERATION = 'ZoneInformation.read'
const VENDOR_DOMAIN = '.autotask.net'
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

const zoneSchema = z.object({
  zoneName: z.string(),
  url: z.string(),
  webUrl: z.string(),
  ci: z.int(),
})

/** Looks up the zone of `userName` at `lookupUrl`. Sends no credentials: the call needs none. */
export function createZoneLookup(
  transport: Transport,
  userName: string,
  lookupUrl: string = DEFAULT_LOOKUP_URL,
): ZoneLookup {
  const root = toServiceRoot(lookupUrl)
  const url = new URL(`${API_VERSION}zoneInformation`, root)
  url.searchParams.set('user', userName)
  let known: Promise<Zone> | null = null

  async function ask(): Promise<Zone> {
    if (!isSafeChannel(root)) throw untrusted(root.href, 'needs https')
    return parseZone(await sendLookup(transport, url), root)
  }

  /** Callers at the same time share one question; a failed one is forgotten, so that the next call asks again. */
  function remember(): Promise<Zone> {
    const asked = ask()
    known = asked
    asked.catch(() => {
      if (known === asked) known = null
    })
    return asked
  }

  async function renew(stale: Zone): Promise<Zone> {
    const newest = await (known ?? remember())
    return newest === stale ? remember() : newest
  }

  return { current: () => known ?? remember(), renew }
}

/** `lookupUrl` with Autotask's path when it names only a host, and with a slash at its end. */
function toServiceRoot(lookupUrl: string): URL {
  const url = new URL(lookupUrl)
  if (url.pathname === '/') url.pathname = '/atservicesrest/'
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}

async function sendLookup(transport: Transport, url: URL): Promise<HttpAnswer> {
  try {
    return await transport.send({ method: 'GET', url, headers: { Accept: 'application/json' } })
  } catch (error) {
    if (error instanceof TransportError) throw fromTransportError(error, OPERATION)
    throw error
  }
}

function parseZone(answer: HttpAnswer, lookupRoot: URL): Zone {
  if (answer.status !== 200) throw notFound(answer)
  const parsed = zoneSchema.safeParse(toJson(answer.body))
  if (!parsed.success) {
    throw autotaskError({
      operation: OPERATION,
      code: 'AUTOTASK_ANSWER_INVALID',
      message: `${OPERATION}: the answer is not a zone`,
      retryable: false,
      status: answer.status,
      cause: parsed.error,
    })
  }
  const { zoneName, url, webUrl, ci } = parsed.data
  return {
    name: zoneName,
    apiUrl: toTrustedUrl(url, lookupRoot, API_VERSION),
    webUrl: toTrustedUrl(webUrl, lookupRoot, ''),
    databaseId: ci,
  }
}

/** An unknown login name is answered with 500 and a text (1.2); everything else that is not 200 is a fault. */
function notFound(answer: HttpAnswer): VendorError {
  const isUnknownUser = answer.body.includes('Zone information could not be determined')
  return autotaskError({
    operation: OPERATION,
    code: isUnknownUser ? 'AUTOTASK_ZONE_UNKNOWN' : 'AUTOTASK_SERVER_FAULT',
    message: isUnknownUser
      ? `${OPERATION}: Autotask knows no zone for this user name`
      : `${OPERATION}: HTTP ${answer.status}`,
    retryable: !isUnknownUser,
    status: answer.status,
  })
}

/**
 * Credentials follow this address, so it must be one of the vendor's, or of the host that was asked when
 * that is not the vendor's (a practice world, a proxy of one's own).
 */
function toTrustedUrl(text: string, lookupRoot: URL, path: string): URL {
  const root = URL.parse(text.endsWith('/') ? text : `${text}/`)
  if (root === null) throw untrusted(text, 'not an address')
  if (!isSafeChannel(root)) throw untrusted(text, 'needs https')
  const isVendors = root.hostname.endsWith(VENDOR_DOMAIN)
  const isTrusted = lookupRoot.hostname.endsWith(VENDOR_DOMAIN)
    ? isVendors
    : root.hostname === lookupRoot.hostname
  if (!isTrusted) throw untrusted(text, 'another domain than the one that was asked')
  return new URL(path, root)
}

/** TLS everywhere; plain HTTP only inside this machine. */
function isSafeChannel(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname))
}

function untrusted(address: string, reason: string): VendorError {
  return autotaskError({
    operation: OPERATION,
    code: 'AUTOTASK_ZONE_UNTRUSTED',
    message: `${OPERATION}: no credentials are sent to ${address}: ${reason}`,
    retryable: false,
    facts: { address, reason },
  })
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
