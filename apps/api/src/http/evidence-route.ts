import { pipeline, Readable } from 'node:stream'
import { parseDay, type DeviceCategory } from '@trueup/core'
import { stringify, type Stringifier } from 'csv-stringify'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Services } from '../context.ts'
import { RequestError, SIGN_IN_FIRST } from '../errors.ts'
import type { ApplicationRow } from '../modules/application/application.entity.ts'
import {
  findListedTenants,
  listEvidence,
  type EvidenceListWanted,
  type ListedUse,
} from '../modules/evidence/list-evidence.ts'
import { readRequestViewer } from './request-viewer.ts'

const CATEGORIES = ['WINDOWS_WORKSTATION', 'WINDOWS_SERVER', 'NON_WINDOWS', 'UNKNOWN'] as const

const querySchema = z.strictObject({
  tenant: z.string().optional(),
  integration: z.string().optional(),
  snapshot: z.string().optional(),
  day: z.string().optional(),
  name: z.string().optional(),
  application: z.string().optional(),
  category: z.union([z.enum(CATEGORIES), z.array(z.enum(CATEGORIES))]).optional(),
  key: z.string().optional(),
  /** With a byte order mark, by which Excel knows UTF-8. */
  bom: z.enum(['0', '1']).optional(),
})

/**
 * `/export/evidence.csv`: which devices make the counts, of one tenant or of all, as CSV by RFC 4180. Written while it is
 * read, so its length does not matter. Whoever is signed in or has a token may have it.
 */
export function addEvidenceRoute(
  server: FastifyInstance,
  parts: { readonly services: Services; readonly isOpen: () => boolean },
): void {
  const { services, isOpen } = parts
  server.get('/export/evidence.csv', async (request, reply) => {
    if (!isOpen()) return reply.code(503).send({ code: 'NOT_READY', error: 'Trueup is starting.' })
    const { viewer } = await readRequestViewer(services, request, reply)
    if (viewer === null)
      return reply.code(401).send({ code: 'UNAUTHENTICATED', error: SIGN_IN_FIRST })
    const query = querySchema.safeParse(request.query)
    const wanted = query.success ? toWanted(query.data) : null
    if (!query.success || wanted === null)
      return reply.code(400).send({
        code: 'BAD_USER_INPUT',
        error:
          `Name a tenant or an integration, not both; a day is YYYY-MM-DD. ${query.error?.message ?? ''}`.trim(),
      })
    try {
      const tenants = await findListedTenants(services.orm.em.fork(), wanted)
      const rows = Readable.from(toRows(listEvidence(services.orm, tenants, wanted)))
      const csv = createCsv(query.data.bom === '1')
      pipeline(rows, csv, (error) => {
        if (error) request.log.warn({ err: error }, 'An export of evidence was not read to its end')
      })
      return await reply
        .type('text/csv; charset=utf-8; header=present')
        .header('content-disposition', `attachment; filename="${toFileName(wanted)}"`)
        .header('cache-control', 'no-store')
        .send(csv)
    } catch (error) {
      if (!(error instanceof RequestError)) throw error
      return reply.code(404).send({ code: error.extensions['code'], error: error.message })
    }
  })
}

function toWanted(query: z.infer<typeof querySchema>): EvidenceListWanted | null {
  const {
    tenant,
    integration,
    snapshot = null,
    name = null,
    application = null,
    key = null,
  } = query
  const day = query.day === undefined ? null : parseDay(query.day)
  if ((tenant === undefined) === (integration === undefined)) return null
  if (query.day !== undefined && day === null) return null
  const categories = query.category === undefined ? null : [query.category].flat()
  return {
    of: tenant === undefined ? { integrationId: integration ?? '' } : { tenantId: tenant },
    snapshotId: snapshot,
    day,
    uses: { nameContains: name, application, key, categories: categories?.map(toCategory) ?? null },
  }
}

function toCategory(category: (typeof CATEGORIES)[number]): DeviceCategory | null {
  return category === 'UNKNOWN' ? null : category
}

function toFileName({ of, day }: EvidenceListWanted): string {
  const what = 'tenantId' in of ? 'tenant' : 'all'
  return day === null ? `evidence-${what}.csv` : `evidence-${what}-${day}.csv`
}

const COLUMNS: Readonly<Record<string, (listed: ListedUse) => string>> = {
  Tenant: ({ evidence }) => evidence.tenant.name,
  'Tenant id': ({ evidence }) => evidence.tenant.externalId,
  Application: ({ use }) => (use.application as ApplicationRow).name,
  Device: ({ use }) => use.name,
  'Device id': ({ use }) => use.deviceId,
  Category: ({ use }) => use.category ?? 'UNKNOWN',
  'Operating system': ({ use }) => use.operatingSystem ?? '',
  Keys: ({ use }) => use.keys.join(' '),
  'In use since': ({ use }) => use.joinedDay,
  'Since last run': ({ use }) => use.change ?? '',
  'Reading of': ({ evidence }) => evidence.snapshot.usageDay,
  'Newer reading incomplete': ({ evidence }) => evidence.incompleteBecause ?? '',
}

async function* toRows(listed: AsyncIterable<ListedUse>): AsyncGenerator<string[]> {
  for await (const one of listed) yield Object.values(COLUMNS).map((read) => read(one))
}

/** What a spreadsheet would take for a formula gets an apostrophe in front: names come from other people's devices. */
function createCsv(bom: boolean): Stringifier {
  return stringify({
    bom,
    header: true,
    columns: Object.keys(COLUMNS),
    record_delimiter: '\r\n',
    escape_formulas: true,
  })
}
