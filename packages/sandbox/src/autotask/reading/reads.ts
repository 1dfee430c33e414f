import { Refusal } from '../../world/refusal.ts'
import {
  errors,
  ok,
  permissionText,
  routeUnknown,
  verbUnsupported,
  type Answer,
} from '../answers.ts'
import type { AnyEntity, AnyRow } from '../entities/entity.ts'
import { describeAll, describeEntity, describeFields, isDenied } from '../entities/metadata.ts'
import {
  countRows,
  firstCursor,
  neighbours,
  parseCursor,
  presentRow,
  readPage,
  type Cursor,
  type Page,
} from './pages.ts'
import { parseQuery, type Query } from './query.ts'
import { parseBody, parseJson, type ApiRequest } from '../request.ts'

/** `GET /E/{id}`, also below a parent: a missing row is null, not an error. */
export function getItem(request: ApiRequest, entity: AnyEntity): Answer {
  const { match, switches } = request
  if (isDenied(entity, switches)) return ok({ item: null })
  const row = match.id === null ? undefined : entity.table(request.autotask).get(match.id)
  const isHere = row !== undefined && belongs(request, row)
  if (!isHere && switches.missingItem === '404') return routeUnknown(request.url.href)
  return ok({ item: isHere ? presentRow(entity, row, { switches }) : null })
}

/** `query` by GET (`search`) or POST (body). */
export function runQuery(request: ApiRequest, entity: AnyEntity): Answer {
  const query = parseQuery(entity, searchOf(request), request.switches)
  return answerPage(request, entity, { query, cursor: firstCursor(query.pageSize) })
}

/**
 * `query/next`: the cursor stands in the address. The search of a GET walk stands there too; that of a POST walk must be
 * posted again, and the other verb is refused.
 */
export function runNext(request: ApiRequest, entity: AnyEntity): Answer {
  const walksByGet = request.url.searchParams.has('search')
  if (walksByGet !== (request.method === 'GET')) return verbUnsupported(request.method)
  const query = parseQuery(entity, searchOf(request), request.switches)
  const cursor = parseCursor(request.url.searchParams.get('paging'))
  return answerPage(request, entity, { query, cursor })
}

/** `query/count`. */
export function runCount(request: ApiRequest, entity: AnyEntity): Answer {
  const query = parseQuery(entity, searchOf(request), request.switches)
  const denied = isDenied(entity, request.switches)
  return ok({ queryCount: denied ? 0 : countRows(entity.table(request.autotask), query) })
}

/** `GET /Parent/{parentId}/Child`: pages after the first come from the root entity, as a GET query (inferred). */
export function listChildren(request: ApiRequest, entity: AnyEntity): Answer {
  const search = {
    filter: [{ op: 'eq', field: parentFieldOf(request), value: request.match.parentId }],
  }
  const query = parseQuery(entity, search, request.switches)
  const url = new URL(request.url)
  const root = `${request.url.pathname.split('/').slice(0, 3).join('/')}/${entity.root}/query`
  url.pathname = root
  url.searchParams.set('search', JSON.stringify(search))
  const asQuery = { ...request, url, method: 'GET' }
  return answerPage(asQuery, entity, { query, cursor: firstCursor(query.pageSize) })
}

/** The three metadata routes and the list of all entities. */
export function describe(request: ApiRequest, operation: string): Answer {
  const { entity } = request.match.route
  if (!entity) return ok(describeAll(request.switches))
  if (operation === 'fields') return ok({ fields: describeFields(entity) })
  if (operation === 'userDefinedFields') return ok({ fields: [] })
  return ok({ info: describeEntity(entity, request.switches) })
}

/** Whether a row is one of the parent's that the path names. */
function belongs(request: ApiRequest, row: AnyRow): boolean {
  const { child } = request.match.route
  return !child || row[child.parentField] === request.match.parentId
}

function answerPage(
  request: ApiRequest,
  entity: AnyEntity,
  walk: { query: Query; cursor: Cursor },
): Answer {
  const { query, cursor } = walk
  const { switches } = request
  if (isDenied(entity, switches)) {
    if (switches.deniedQuery === 'error') return errors(500, permissionText('query'))
    return ok(pageBody(request, { items: [], page: { rows: [], cursor, hasMore: false } }))
  }
  const page = readPage(entity.table(request.autotask), query, { cursor, switches })
  const only = query.includeFields
  const items = page.rows.map((row) => presentRow(entity, row, { switches, only }))
  return ok(pageBody(request, { items, page }))
}

function pageBody(request: ApiRequest, given: { items: unknown[]; page: Page }) {
  const { items, page } = given
  const { previous, next } = neighbours(page)
  return {
    items,
    pageDetails: {
      count: items.length,
      requestCount: page.cursor.pageSize,
      prevPageUrl: previous && cursorUrl(request, previous),
      nextPageUrl: next && cursorUrl(request, next),
    },
  }
}

function cursorUrl(request: ApiRequest, cursor: Cursor): string {
  const base =
    request.url.origin + request.url.pathname.replace(/(\/query)(?:\/next)?$/iu, '$1/next')
  const paging = `paging=${encodeURIComponent(JSON.stringify(cursor))}`
  const search = request.url.searchParams.get('search')
  if (request.method !== 'GET' || search === null) return `${base}?${paging}`
  return `${base}?${paging}&search=${encodeURIComponent(search)}`
}

function searchOf(request: ApiRequest): unknown {
  if (request.method === 'POST') return parseBody(request)
  const search = request.url.searchParams.get('search')
  if (search === null) throw new Refusal('Value does not exist for the required field search')
  return parseJson(search)
}

function parentFieldOf(request: ApiRequest): string {
  const { child } = request.match.route
  if (!child) throw new Error('only child routes list')
  return child.parentField
}
