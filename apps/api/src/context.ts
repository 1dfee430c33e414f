import type { Clock, RunLimits } from '@trueup/core'
import type { Logger } from 'pino'
import type { Em, Orm } from './database/orm.ts'
import type { Env } from './env.ts'
import type { Loaders } from './graphql/loaders.ts'
import type { Connections } from './modules/connection/connections.ts'
import type { RunBackground } from './modules/run/run-background.ts'
import type { Passwords } from './modules/viewer/password.ts'
import type { ViewerIdentity } from './modules/viewer/viewer.ts'
import type { SignInLimit } from './modules/viewer/sign-in-limit.ts'
import type { PracticeWorld } from './practice/practice-world.ts'
import type { SecretBox } from './secrets/secret-box.ts'

/** What lives as long as the process and every use case may need. Made once, in app.ts. */
export interface Services {
  readonly env: Env
  readonly log: Logger
  readonly clock: Clock
  /** What people and their browsers live by, whatever day the practice calendar shows. */
  readonly machineClock: Clock
  readonly orm: Orm
  readonly secrets: SecretBox
  readonly connections: Connections
  /** What goes on while nobody waits for it. */
  readonly background: RunBackground
  /** How patient runs are; core's defaults where nothing is given. */
  readonly runLimits: Partial<RunLimits>
  /** Bytes of a report that are taken in. */
  readonly mostReportBytes: number
  readonly passwords: Passwords
  readonly signInLimit: SignInLimit
  /** `null` outside the practice world. */
  readonly practice: PracticeWorld | null
}

/** The browser's side of a session: the cookie. */
export interface SessionCookie {
  /** The secret that the browser sent; `null` when it sent none. */
  readonly secret: string | null
  set(secret: string, expiresAt: Date): void
  clear(): void
}

/** What one GraphQL request brings along. */
export interface RequestContext {
  readonly services: Services
  /** Forked for this request; nothing is shared with others. */
  readonly em: Em
  /** `null` only while signing in. */
  readonly viewer: ViewerIdentity | null
  readonly requestId: string
  readonly remoteAddress: string
  readonly sessionCookie: SessionCookie
  readonly loaders: Loaders
}
