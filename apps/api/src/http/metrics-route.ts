import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Services } from '../context.ts'
import { SIGN_IN_FIRST } from '../errors.ts'
import { readRequestViewer } from './request-viewer.ts'

/** `/metrics`: Prometheus text, for whoever is signed in or has a token. */
export function addMetricsRoute(server: FastifyInstance, services: Services): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'trueup_http_request_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers: [registry],
  })
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    durations.observe({ route, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
  server.get('/metrics', async (request, reply) => {
    const { viewer } = await readRequestViewer(services, request, reply)
    if (viewer === null)
      return reply.code(401).send({ code: 'UNAUTHENTICATED', error: SIGN_IN_FIRST })
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
