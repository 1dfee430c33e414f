import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SessionCookie } from '../context.ts'

const NAME = 'trueup_session'

/** The session cookie of one request: http-only, sent to our own pages only, secure wherever the page is. */
export function createSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  publicUrl: string | null,
): SessionCookie {
  const secure = publicUrl === null ? request.protocol === 'https' : publicUrl.startsWith('https:')
  const attributes = { httpOnly: true, sameSite: 'strict', path: '/', secure } as const
  return {
    secret: request.cookies[NAME] ?? null,
    set: (secret, expires) => void reply.setCookie(NAME, secret, { ...attributes, expires }),
    clear: () => void reply.clearCookie(NAME, attributes),
  }
}
