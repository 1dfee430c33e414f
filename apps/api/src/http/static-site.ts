import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const NEVER_SERVED_AS_PAGE = ['/graphql', '/metrics', '/healthz', '/readyz']

/**
 * Serves the built admin. Files whose names carry a hash are kept for a year, everything else is asked for anew
 * each time; a path that is no file gets the page, whose router knows it.
 */
export async function addStaticSite(server: FastifyInstance, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) {
    server.setNotFoundHandler(async (_request, reply) =>
      reply.code(404).type('text/plain').send('Not found. The admin pages have not been built.'),
    )
    return
  }
  await server.register(fastifyStatic, {
    root: folder,
    cacheControl: false,
    setHeaders: (response, path) => {
      const isHashed = path.startsWith(join(folder, 'assets'))
      response.header(
        'cache-control',
        isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      )
    },
  })
  server.setNotFoundHandler(async (request, reply) => {
    const wantsPage = request.method === 'GET' && isPagePath(request.url)
    return wantsPage
      ? reply.sendFile('index.html')
      : reply.code(404).type('text/plain').send('Not found.')
  })
}

/** A path of the page's router: no file extension, none of ours. */
function isPagePath(url: string): boolean {
  const [path = '/'] = url.split('?')
  return !NEVER_SERVED_AS_PAGE.includes(path) && !/\.[a-z0-9]+$/i.test(path)
}
