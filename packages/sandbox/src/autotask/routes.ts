import { CHILDREN, ENTITIES, type Child } from './entities/entities.ts'
import type { AnyEntity } from './entities/entity.ts'

/** HTTP verbs that Autotask knows. */
type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What a route does. */
export type Operation =
  | 'zone'
  | 'versionInformation'
  | 'version'
  | 'threshold'
  | 'describeAll'
  | 'get'
  | 'list'
  | 'query'
  | 'count'
  | 'next'
  | 'create'
  | 'update'
  | 'replace'
  | 'delete'
  | 'describe'
  | 'fields'
  | 'userDefinedFields'

/** A route with its verbs. */
export interface Route {
  /** In the words of Autotask's own Swagger file: `/V1.0/Contracts/{parentId}/Services`. */
  template: string
  operations: Partial<Record<Verb, Operation>>
  entity: AnyEntity | null
  child: Child | null
}

/** A route that fits a path. */
export interface RouteMatch {
  route: Route
  id: number | null
  parentId: number | null
}

const WRITE = { POST: 'create', PATCH: 'update', PUT: 'replace' } as const

/** Verbs of the root collection and the root item, besides those every readable entity has. */
const ROOT_VERBS: Readonly<Record<string, { collection: Route['operations']; item?: 'delete' }>> = {
  Companies: { collection: WRITE },
  Contracts: { collection: WRITE },
  Services: { collection: WRITE },
  ServiceBundles: { collection: WRITE, item: 'delete' },
  BillingItems: { collection: { PATCH: 'update', PUT: 'replace' } },
  ContractServiceAdjustments: { collection: { POST: 'create' } },
  ContractServiceBundleAdjustments: { collection: { POST: 'create' } },
}

/** All routes of the imitation. */
export const ROUTES: readonly Route[] = [
  plain('/V1.0/ZoneInformation', 'zone'),
  plain('/VersionInformation', 'versionInformation'),
  plain('/V1.0/Version', 'version'),
  plain('/V1.0/ThresholdInformation', 'threshold'),
  plain('/V1.0/EntityInformation', 'describeAll'),
  ...ENTITIES.flatMap(rootRoutes),
  ...CHILDREN.flatMap(childRoutes),
]

/** Routes that the real Autotask has and the imitation does not: they are refused as such, never as unknown. */
const REAL_ONLY = [
  /^\/v1\.0\/authenticate$/u,
  /^\/v1\.0\/(?:contract(?:charges|notes|billingrules|exclusionbillingcodes)|invoices|billingitemapprovallevels)(?:\/|$)/u,
  /^\/v1\.0\/companies\/\d+\/invoicesettings(?:\/|$)/u,
  /^\/v1\.0\/contracts\/\d+\/(?:charges|notes|billingrules|exclusionbillingcodes)(?:\/|$)/u,
]

/** Whether a path below `/atservicesrest` is one of Autotask's that the imitation leaves out. */
export function isRealOnly(path: string): boolean {
  return REAL_ONLY.some((pattern) => pattern.test(path.toLowerCase()))
}

const BY_LENGTH = groupedByLength(ROUTES)

/** The route of a path below `/atservicesrest`, in any case. */
export function matchRoute(path: string): RouteMatch | undefined {
  const parts = path.toLowerCase().split('/').filter(Boolean)
  for (const { route, segments } of BY_LENGTH.get(parts.length) ?? []) {
    const ids = idsOf(segments, parts)
    if (ids) return { route, id: ids['{id}'] ?? null, parentId: ids['{parentid}'] ?? null }
  }
  return undefined
}

/** A stable name for counting: `Contracts.query`, `ContractServiceAdjustments.create`. */
export function operationName(match: RouteMatch, method: string): string {
  const operation = match.route.operations[method as Verb] ?? method
  return `${match.route.entity?.root ?? 'Service'}.${operation}`
}

function plain(template: string, operation: Operation): Route {
  return { template, operations: { GET: operation }, entity: null, child: null }
}

function rootRoutes(entity: AnyEntity): Route[] {
  const base = `/V1.0/${entity.root}`
  const verbs = ROOT_VERBS[entity.root]
  const routes: Route[] = []
  const add = (suffix: string, operations: Route['operations']) =>
    routes.push({ template: base + suffix, operations, entity, child: null })
  if (verbs) add('', verbs.collection)
  if (entity.canQuery) {
    add('/query', { GET: 'query', POST: 'query' })
    add('/query/count', { GET: 'count', POST: 'count' })
    add('/query/next', { GET: 'next', POST: 'next' })
    add('/{id}', { GET: 'get', ...(verbs?.item && { DELETE: verbs.item }) })
  }
  return [...routes, ...metadataRoutes(base, entity, null)]
}

function childRoutes(child: Child): Route[] {
  const { entity, parent, name } = child
  const base = `/V1.0/${parent.root}/{parentId}/${name}`
  const collection: Route['operations'] = {
    ...(entity.canQuery && { GET: 'list' }),
    ...(entity.canCreate && { POST: 'create' }),
    ...(entity.canUpdate && { PATCH: 'update', PUT: 'replace' }),
  }
  const item: Route['operations'] = { GET: 'get', ...(entity.canDelete && { DELETE: 'delete' }) }
  return [
    { template: base, operations: collection, entity, child },
    ...(entity.canQuery ? [{ template: `${base}/{id}`, operations: item, entity, child }] : []),
    ...metadataRoutes(base, entity, child),
  ]
}

function metadataRoutes(base: string, entity: AnyEntity, child: Child | null): Route[] {
  const route = (suffix: string, operation: Operation): Route => ({
    template: `${base}/entityInformation${suffix}`,
    operations: { GET: operation },
    entity,
    child,
  })
  return [
    route('', 'describe'),
    route('/fields', 'fields'),
    route('/userDefinedFields', 'userDefinedFields'),
  ]
}

interface SplitRoute {
  route: Route
  segments: readonly string[]
}

function groupedByLength(routes: readonly Route[]): Map<number, SplitRoute[]> {
  const groups = new Map<number, SplitRoute[]>()
  for (const route of routes) {
    const segments = route.template.toLowerCase().split('/').filter(Boolean)
    groups.set(segments.length, [...(groups.get(segments.length) ?? []), { route, segments }])
  }
  return groups
}

function idsOf(
  segments: readonly string[],
  parts: readonly string[],
): Record<string, number> | undefined {
  const ids: Record<string, number> = {}
  for (const [index, segment] of segments.entries()) {
    const part = parts[index] ?? ''
    if (!segment.startsWith('{')) {
      if (segment !== part) return undefined
    } else if (/^-?\d{1,15}$/u.test(part)) ids[segment] = Number(part)
    else return undefined
  }
  return ids
}
