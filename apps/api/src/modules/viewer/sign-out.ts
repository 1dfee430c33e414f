import type { Services } from '../../context.ts'
import { hashSecret } from './secret-hash.ts'
import { SessionEntity } from './session.entity.ts'

/** Ends a session; nothing happens when there is none. */
export async function signOut(services: Services, sessionSecret: string | null): Promise<void> {
  if (sessionSecret === null) return
  await services.orm.em.fork().nativeDelete(SessionEntity, { tokenHash: hashSecret(sessionSecret) })
}
