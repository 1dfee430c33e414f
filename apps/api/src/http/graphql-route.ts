import type { ApolloServer } from '@apollo/server'
import { fastifyApolloHandler } from '@as-integrations/fastify'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { RequestContext, Services } from '../context.ts'
import { RequestError, SIGN_IN_FIRST } from '../errors.ts'
import { checkStranger } from '../graphql/access.ts'
import { MAX_QUERY_CHARACTERS } from '../graphql/limits.ts'
import { createLoaders } from '../graphql/loaders.ts'
import { acceptMultipart, isMultipart, readMultipart } from './multipart.ts'
import { readRequestViewer } from './request-viewer.ts'
import { isSameOrigin } from './same-origin.ts'

const NOT_READY = {
  message: 'Trueup is starting. Try again in a moment.',
  extensions: { code: 'NOT_READY' },
}

const WHO_SENDS_A_FILE = { message: SIGN_IN_FIRST, extensions: { code: 'UNAUTHENTICATED' } }

/** Serves `/graphql`: POST, with or without a file, and GET for queries. */
export function addGraphqlRoute(
  server: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  parts: { readonly services: Services; readonly isOpen: () => boolean },
): void {
  const { services, isOpen } = parts
  acceptMultipart(server)
  server.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    preHandler: async (request, reply) => {
      if (!isOpen()) return reply.code(503).send({ errors: [NOT_READY] })
      if (isMultipart(request)) return takeFile(services, request, reply)
    },
    handler: fastifyApolloHandler(apollo, {
      context: (request, reply) => createContext(services, request, reply),
    }),
  })
}

/** Nobody's file is taken in before it is known who sends it. */
async function takeFile(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  const { viewer } = await readRequestViewer(services, request, reply)
  if (viewer === null) return reply.code(401).send({ errors: [WHO_SENDS_A_FILE] })
  try {
    request.body = await readMultipart(request, reply, services.mostReportBytes)
  } catch (error) {
    const { status } = error as { status?: unknown }
    if (!(error instanceof Error) || typeof status !== 'number') throw error
    const { message } = error
    return reply
      .code(status)
      .send({ errors: [{ message, extensions: { code: 'UPLOAD_INVALID' } }] })
  }
  return undefined
}

async function createContext(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<RequestContext> {
  const query = readQuery(request)
  if (typeof query === 'string' && query.length > MAX_QUERY_CHARACTERS)
    throw new RequestError(
      'QUERY_TOO_LARGE',
      `The query has ${query.length} characters; ${MAX_QUERY_CHARACTERS} are allowed. Send values as variables.`,
    )
  const em = services.orm.em.fork()
  const { viewer, sessionCookie } = await readRequestViewer(services, request, reply, em)
  if (viewer === null) checkStranger(query, request.headers.authorization !== undefined)
  // Cookies go along with whatever page makes the browser send a request; tokens do not.
  if (viewer?.kind !== 'TOKEN' && !isSameOrigin(request, services.env.publicUrl))
    throw new RequestError('CROSS_SITE_REQUEST', 'Another site made the browser send this request.')
  await services.practice?.refresh()
  return {
    services,
    em,
    viewer,
    requestId: request.id,
    remoteAddress: request.ip,
    sessionCookie,
    loaders: createLoaders(em),
  }
}

function readQuery(request: FastifyRequest): unknown {
  const source = request.method === 'GET' ? request.query : request.body
  return typeof source === 'object' && source !== null && 'query' in source ? source.query : null
}
