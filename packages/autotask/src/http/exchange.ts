import type { AbortSignalLike } from '@trueup/core'
import { toFailure } from './answers.ts'
import type { AutotaskLog } from './events.ts'
import type { HttpAnswer, Transport } from './transport.ts'
import type { Zone, ZoneLookup } from './zone.ts'

/** One call below the API root. */
export interface Call {
  /** `Contracts.query`: names the call in errors and events. */
  readonly operation: string
  /** The entities whose thread limit it counts against, in the order in which their lanes are entered. */
  readonly lanes: readonly string[]
  /** Below `V1.0/`, without a slash in front. */
  readonly path: string
  /** Sent as JSON by POST; absent for GET. */
  readonly body?: unknown
}

/** The three headers that every call but the zone lookup carries. */
export interface Credentials {
  readonly userName: string
  readonly secret: string
  readonly integrationCode: string
}

/** What an exchange is made of. */
export interface ExchangeParts {
  readonly transport: Transport
  readonly zones: ZoneLookup
  readonly credentials: Credentials
  readonly log: AutotaskLog
}

/**
 * One request to the zone and its answer, whatever its status. A 401 is repeated once when the database turns
 * out to have moved (facts: section 1.2), and is an error otherwise. Without a signal it cannot be called off.
 */
export async function exchange(
  parts: ExchangeParts,
  call: Call,
  signal?: AbortSignalLike,
): Promise<HttpAnswer> {
  const zone = await parts.zones.current()
  const answer = await sendTo(parts, zone, call, signal)
  if (answer.status !== 401) return answer
  const newest = await parts.zones.renew(zone)
  // At the same address the same credentials would fail again, and too many failures lock the user out.
  if (newest.apiUrl.href === zone.apiUrl.href) throw toFailure(call.operation, answer)
  parts.log({ kind: 'ZONE_MOVED', from: zone.apiUrl.href, to: newest.apiUrl.href })
  const second = await sendTo(parts, newest, call, signal)
  if (second.status === 401) throw toFailure(call.operation, second)
  return second
}

function sendTo(
  { transport, credentials }: ExchangeParts,
  zone: Zone,
  call: Call,
  signal?: AbortSignalLike,
): Promise<HttpAnswer> {
  const hasBody = call.body !== undefined
  return transport.send({
    method: hasBody ? 'POST' : 'GET',
    url: new URL(call.path, zone.apiUrl),
    headers: {
      Accept: 'application/json',
      ApiIntegrationCode: credentials.integrationCode,
      UserName: credentials.userName,
      Secret: credentials.secret,
      ...(hasBody ? { 'Content-Type': 'application/json' } : {}),
    },
    ...(hasBody ? { body: JSON.stringify(call.body) } : {}),
    signal,
  })
}
