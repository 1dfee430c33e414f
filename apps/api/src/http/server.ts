import fastifyCookie from '@fastify/cookie'
import fastifyHelmet from '@fastify/helmet'
import Fastify, { LogController, type FastifyInstance } from 'fastify'
import { newId } from '../database/id.ts'
import type { Env } from '../env.ts'
import type { Logger } from 'pino'

/** Saving the mappings of 10,000 tenants at once takes about 3 MB. */
const MOST_BODY_BYTES = 8 * 1024 * 1024

/** The HTTP server with its headers and limits, without routes. */
export async function createHttpServer(env: Env, log: Logger): Promise<FastifyInstance> {
  const server = Fastify({
    loggerInstance: log,
    bodyLimit: MOST_BODY_BYTES,
    trustProxy: env.trustProxy,
    genReqId: newId,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    forceCloseConnections: 'idle',
  })
  await server.register(fastifyCookie)
  await server.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        // Component libraries set sizes and positions in style attributes.
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    // Whether the page may only be reached by TLS is for the proxy that speaks TLS to say.
    hsts: false,
  })
  server.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  return server as unknown as FastifyInstance
}
