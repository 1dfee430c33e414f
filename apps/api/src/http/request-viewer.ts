import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Services, SessionCookie } from '../context.ts'
import type { Em } from '../database/orm.ts'
import { identifyViewer } from '../modules/viewer/identify-viewer.ts'
import type { ViewerIdentity } from '../modules/viewer/viewer.ts'
import { createSessionCookie } from './session-cookie.ts'

/** Who sends a request, `null` when nobody we know, and the session cookie that comes with it. */
export async function readRequestViewer(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  em: Em = services.orm.em.fork(),
): Promise<{ readonly viewer: ViewerIdentity | null; readonly sessionCookie: SessionCookie }> {
  const sessionCookie = createSessionCookie(request, reply, services.env.publicUrl)
  const viewer = await identifyViewer(services, em, {
    authorization: request.headers.authorization ?? null,
    sessionSecret: sessionCookie.secret,
  })
  return { viewer, sessionCookie }
}
