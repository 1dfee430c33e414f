import { timingSafeEqual } from 'node:crypto'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import { ApiTokenEntity } from '../token/api-token.entity.ts'
import { SessionEntity } from './session.entity.ts'
import { hashSecret } from './secret-hash.ts'
import type { ViewerIdentity } from './viewer.ts'

/** What a request shows to say who is asking. */
export interface Credentials {
  /** The `Authorization` header. */
  readonly authorization: string | null
  /** The session cookie. */
  readonly sessionSecret: string | null
}

/** "Last used" is written at most this often. */
const LAST_USED_EVERY_MS = 60_000

/** Finds out who is asking; `null` when nobody we know. A header that is there decides alone. */
export async function identifyViewer(
  services: Services,
  em: Em,
  credentials: Credentials,
): Promise<ViewerIdentity | null> {
  if (credentials.authorization !== null) {
    const [, secret] = /^Bearer +(\S+) *$/i.exec(credentials.authorization) ?? []
    return secret === undefined ? null : identifyToken(services, em, secret)
  }
  return credentials.sessionSecret === null
    ? null
    : identifyPerson(services, em, credentials.sessionSecret)
}

async function identifyToken(
  services: Services,
  em: Em,
  secret: string,
): Promise<ViewerIdentity | null> {
  const tokenHash = hashSecret(secret)
  const { adminToken } = services.env
  if (adminToken !== null && isSameHash(tokenHash, hashSecret(adminToken)))
    return {
      kind: 'TOKEN',
      id: null,
      name: 'TRUEUP_ADMIN_TOKEN',
      role: 'ADMINISTRATOR',
      mustChangePassword: false,
    }
  const token = await em.findOne(ApiTokenEntity, { tokenHash, revokedAt: null })
  const now = toInstant(services.clock)
  if (token === null || (token.expiresAt !== null && token.expiresAt <= now)) return null
  const lastUsedMs = token.lastUsedAt?.getTime() ?? -Infinity
  if (Math.abs(now.getTime() - lastUsedMs) >= LAST_USED_EVERY_MS)
    await em.nativeUpdate(ApiTokenEntity, { id: token.id }, { lastUsedAt: now })
  return {
    kind: 'TOKEN',
    id: token.id,
    name: token.name,
    role: token.role,
    mustChangePassword: false,
  }
}

async function identifyPerson(
  services: Services,
  em: Em,
  secret: string,
): Promise<ViewerIdentity | null> {
  const session = await em.findOne(
    SessionEntity,
    { tokenHash: hashSecret(secret), expiresAt: { $gt: toInstant(services.machineClock) } },
    { populate: ['person'] },
  )
  if (session === null) return null
  const person = session.person.$
  return {
    kind: 'PERSON',
    id: person.id,
    name: person.userName,
    role: person.role,
    mustChangePassword: person.mustChangePassword,
  }
}

function isSameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
