import type { FastifyRequest } from 'fastify'

/**
 * True unless a browser says that another site made it send this request. Programs send neither header; a
 * browser cannot be made to leave them out.
 */
export function isSameOrigin(request: FastifyRequest, publicUrl: string | null): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const { origin } = request.headers
  if (origin === undefined) return true
  return origin === (publicUrl === null ? ownOrigin(request) : new URL(publicUrl).origin)
}

function ownOrigin(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`
}
