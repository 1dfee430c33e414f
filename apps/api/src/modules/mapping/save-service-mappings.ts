import { LockMode } from '@mikro-orm/core'
import { DEFAULT_COUNTING_RULE } from '@trueup/core'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import type { Em } from '../../database/orm.ts'
import { inContestedTransaction } from '../../database/transaction.ts'
import type { Problem } from '../../problems.ts'
import { ApplicationEntity } from '../application/application.entity.ts'
import { recordActivities, type ActivityFacts } from '../audit/record-activity.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { integrationNotFound } from '../integration/integration-problems.ts'
import { ServiceEntity } from '../service/service.entity.ts'
import { nameActor, type ViewerIdentity } from '../viewer/viewer.ts'
import {
  checkServiceMappings,
  mappingKey,
  type ServiceMappingFacts,
  type WantedServiceMapping,
} from './check-service-mappings.ts'
import {
  ServiceMappingEntity,
  toStoredRule,
  WHOLE_APPLICATION,
  type ServiceMappingRow,
} from './service-mapping.entity.ts'

/** Empty when all rows were stored; else every reason why none was. */
export type SaveServiceMappingsOutcome = readonly Problem[]

/** Stores all rows or none, with their activities. Changes no units by itself. */
export function saveServiceMappings(
  services: Services,
  viewer: ViewerIdentity,
  request: { readonly integrationId: string; readonly rows: readonly WantedServiceMapping[] },
): Promise<SaveServiceMappingsOutcome> {
  const occasion = { actor: nameActor(viewer), at: toInstant(services.clock) }
  return inContestedTransaction(services.orm, (em) => saveOnce(em, request, occasion))
}

async function saveOnce(
  em: Em,
  request: { readonly integrationId: string; readonly rows: readonly WantedServiceMapping[] },
  occasion: { readonly actor: string; readonly at: Date },
): Promise<SaveServiceMappingsOutcome> {
  const { integrationId, rows } = request
  const integration = await em.findOne(IntegrationEntity, { id: integrationId })
  if (integration === null) return [integrationNotFound(integrationId)]
  const facts = await readFacts(em, request, integration.billDevicesByCategory)
  const problems = checkServiceMappings(rows, facts)
  if (problems.length > 0) return problems

  const activities: ActivityFacts[] = []
  for (const row of rows) {
    const key = mappingKey(row.applicationId, row.category ?? WHOLE_APPLICATION)
    const before = facts.mappings.get(key) ?? null
    const described = { before: describe(before, facts), after: null as object | null }
    const after = applyRow(em, row, { integrationId, before, at: occasion.at })
    if (after === 'SAME') continue
    described.after = describe(after, facts)
    activities.push({
      ...occasion,
      action: 'SERVICE_MAPPING_CHANGED',
      integrationId,
      subject: {
        kind: 'APPLICATION',
        id: row.applicationId,
        name: facts.applications.get(row.applicationId)?.name ?? '',
      },
      ...described,
    })
  }
  await em.flush()
  await recordActivities(em, activities)
  return []
}

/** The mapping as it is now; `null` when it is gone; `SAME` when nothing changed. */
function applyRow(
  em: Em,
  row: WantedServiceMapping,
  place: {
    readonly integrationId: string
    readonly before: ServiceMappingRow | null
    readonly at: Date
  },
): ServiceMappingRow | null | 'SAME' {
  const { integrationId, before, at } = place
  if (row.serviceId === null) {
    if (before === null) return 'SAME'
    em.remove(before)
    return null
  }
  if (before === null)
    return em.create(ServiceMappingEntity, {
      integrationId,
      version: 1,
      application: row.applicationId,
      categoryKey: row.category ?? WHOLE_APPLICATION,
      service: row.serviceId,
      counting: row.counting ?? toStoredRule(DEFAULT_COUNTING_RULE),
      updatedAt: at,
    })
  const counting = row.counting ?? before.counting
  const isSame =
    before.service.id === row.serviceId &&
    JSON.stringify(toStoredRule(before.counting)) === JSON.stringify(toStoredRule(counting))
  if (isSame) return 'SAME'
  return em.assign(before, {
    service: row.serviceId,
    counting,
    version: before.version + 1,
    updatedAt: at,
  })
}

function describe(mapping: ServiceMappingRow | null, facts: ServiceMappingFacts): object | null {
  if (mapping === null) return null
  const { categoryKey, counting } = mapping
  return {
    category: categoryKey === WHOLE_APPLICATION ? null : categoryKey,
    service: facts.services.get(mapping.service.id)?.name ?? mapping.service.id,
    counting,
  }
}

async function readFacts(
  em: Em,
  request: { readonly integrationId: string; readonly rows: readonly WantedServiceMapping[] },
  billDevicesByCategory: boolean,
): Promise<ServiceMappingFacts> {
  const { integrationId, rows } = request
  const applicationIds = rows.map((row) => row.applicationId)
  const mappings = await em.find(
    ServiceMappingEntity,
    { integrationId, application: { $in: applicationIds } },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE },
  )
  const applications = await em.find(ApplicationEntity, {
    integrationId,
    id: { $in: applicationIds },
  })
  const services = await em.find(ServiceEntity, {
    integrationId,
    id: {
      $in: [
        ...rows.flatMap((row) => row.serviceId ?? []),
        ...mappings.map((mapping) => mapping.service.id),
      ],
    },
  })
  return {
    billDevicesByCategory,
    applications: new Map(applications.map((row) => [row.id, row])),
    services: new Map(services.map((row) => [row.id, row])),
    mappings: new Map(
      mappings.map((row) => [mappingKey(row.application.id, row.categoryKey), row]),
    ),
  }
}
