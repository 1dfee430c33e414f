import type { FastifyInstance } from 'fastify'

/** What `/readyz` looks at. */
export interface Readiness {
  /** True once migrated; asks the database whether it still answers. */
  isReady(): Promise<boolean>
}

/** `/healthz`: the process lives. `/readyz`: migrated and able to serve, else 503. */
export function addHealthRoutes(server: FastifyInstance, readiness: Readiness): void {
  server.get('/healthz', () => ({ status: 'ok' }))
  server.get('/readyz', async (_request, reply) => {
    if (await readiness.isReady()) return { status: 'ready' }
    return reply.code(503).send({ status: 'not ready' })
  })
}
