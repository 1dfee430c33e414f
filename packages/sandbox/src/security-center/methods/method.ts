import type { Faults } from '../../faults.ts'
import type { SecurityState } from '../../world/security/security-state.ts'
import type { Reach } from '../reach.ts'
import type { Session, Sessions } from '../sessions.ts'
import type { SecurityCenterSettings } from '../settings.ts'
import type { Arguments, Outer } from '../wire.ts'

/** What a method may use. */
export interface MethodContext {
  state: SecurityState
  now: Date
  session: Session
  sessions: Sessions
  settings: SecurityCenterSettings
  reach: Reach
  faults: Faults
}

/** One call of `Class.Method`: arguments in, results by name out. */
export type Method = (context: MethodContext, given: Arguments) => Record<string, Outer>

/** Methods by `Class.Method`. */
export type Methods = Record<string, Method>
