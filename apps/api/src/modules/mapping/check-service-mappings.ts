import type { DeviceCategory } from '@trueup/core'
import { fieldSubject, toProblem, type Problem, type ProblemFacts } from '../../problems.ts'
import type { AnyProblemCode } from '../../problem-messages.ts'
import type { ApplicationRow } from '../application/application.entity.ts'
import type { ServiceRow } from '../service/service.entity.ts'
import { isMappedByCategory } from '../application/mappings-in-force.ts'
import {
  WHOLE_APPLICATION,
  type ServiceMappingRow,
  type StoredCountingRule,
} from './service-mapping.entity.ts'

/** What the form calls the fields. */
const FIELD_NAMES = {
  applicationId: 'Application',
  category: 'Device category',
  version: 'Version',
  serviceId: 'Service',
  'counting.includedUnits': 'Included units',
  'counting.minimumUnits': 'Minimum units',
} as const

/** What one application, or one category of it, is to be billed as. */
export interface WantedServiceMapping {
  readonly applicationId: string
  readonly category: DeviceCategory | null
  /** The version somebody saw; `null` when there was no mapping. */
  readonly version: number | null
  /** `null` unmaps. */
  readonly serviceId: string | null
  /** `null` keeps the rule, or takes the default for a new mapping. */
  readonly counting: StoredCountingRule | null
}

/** Everything that decides whether wanted service mappings may be stored. */
export interface ServiceMappingFacts {
  readonly billDevicesByCategory: boolean
  readonly applications: ReadonlyMap<string, ApplicationRow>
  readonly services: ReadonlyMap<string, ServiceRow>
  /** The mappings as they are, by {@link mappingKey}. */
  readonly mappings: ReadonlyMap<string, ServiceMappingRow>
}

/** Application and category as one key. */
export function mappingKey(applicationId: string, categoryKey: string): string {
  return `${applicationId} ${categoryKey}`
}

type Refuse = (
  field: keyof typeof FIELD_NAMES,
  code: AnyProblemCode,
  more?: ProblemFacts,
) => Problem

/** Every fault of every row at once. */
export function checkServiceMappings(
  rows: readonly WantedServiceMapping[],
  facts: ServiceMappingFacts,
): Problem[] {
  const seen = new Set<string>()
  return rows.flatMap((row, index) => {
    const application = facts.applications.get(row.applicationId)
    const refuse: Refuse = (field, code, more = {}) =>
      toProblem(code, fieldSubject(`rows[${index}].${field}`, FIELD_NAMES[field]), {
        row: index,
        field,
        applicationId: row.applicationId,
        applicationName: application?.name ?? null,
        ...more,
      })
    if (application === undefined) return [refuse('applicationId', 'APPLICATION_NOT_FOUND')]
    const key = mappingKey(row.applicationId, row.category ?? WHOLE_APPLICATION)
    if (seen.has(key)) return [refuse('applicationId', 'ROW_REPEATED')]
    seen.add(key)
    return [
      ...checkCategory(row, { application, facts, refuse }),
      ...checkVersion(row, facts.mappings.get(key), refuse),
      ...checkService(row, { facts, refuse, before: facts.mappings.get(key) }),
      ...checkCounting(row, refuse),
    ]
  })
}

function checkCategory(
  { category }: WantedServiceMapping,
  about: {
    readonly application: ApplicationRow
    readonly facts: ServiceMappingFacts
    readonly refuse: Refuse
  },
): Problem[] {
  const byCategory = isMappedByCategory(about.application, about.facts)
  if (byCategory && category === null) return [about.refuse('category', 'CATEGORY_NEEDED')]
  if (!byCategory && category !== null) return [about.refuse('category', 'CATEGORY_NOT_ALLOWED')]
  return []
}

function checkVersion(
  row: WantedServiceMapping,
  before: ServiceMappingRow | undefined,
  refuse: Refuse,
): Problem[] {
  const current = before?.version ?? null
  if (row.version === current) return []
  return [refuse('version', 'STALE_VERSION', { saved: row.version, current })]
}

function checkService(
  row: WantedServiceMapping,
  about: {
    readonly facts: ServiceMappingFacts
    readonly refuse: Refuse
    readonly before: ServiceMappingRow | undefined
  },
): Problem[] {
  const { serviceId } = row
  if (serviceId === null) return []
  const service = about.facts.services.get(serviceId)
  if (service === undefined) return [about.refuse('serviceId', 'SERVICE_NOT_FOUND', { serviceId })]
  // One that became inactive since it was chosen may stay: Autotask goes on billing it.
  const isUnchanged = about.before?.service.id === serviceId
  if ((service.isActive && service.isPresent) || isUnchanged) return []
  return [about.refuse('serviceId', 'SERVICE_INACTIVE', { serviceId, serviceName: service.name })]
}

function checkCounting({ counting }: WantedServiceMapping, refuse: Refuse): Problem[] {
  if (counting === null) return []
  return [
    ...(counting.includedUnits < 0 ? [refuse('counting.includedUnits', 'COUNTING_NEGATIVE')] : []),
    ...(counting.minimumUnits < 0 ? [refuse('counting.minimumUnits', 'COUNTING_NEGATIVE')] : []),
  ]
}
