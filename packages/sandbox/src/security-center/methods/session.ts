import type { Methods } from './method.ts'

/** Class Session, as far as it does not sign in. */
export const sessionMethods: Methods = {
  'Session.Ping': () => ({}),
  'Session.EndSession': ({ sessions, session }) => {
    sessions.end(session)
    return {}
  },
}
