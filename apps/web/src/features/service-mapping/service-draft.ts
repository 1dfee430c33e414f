import type {
  ApplicationPartsFragment,
  CountingRuleInput,
  DeviceCategory,
  ServiceMappingInput,
  ServiceMappingPartsFragment,
  ServicePartsFragment,
} from '../../gql/graphql.ts'

/** One chooser of the Services page: an application, or one category of its devices. */
export interface ServiceSlot {
  readonly application: ApplicationPartsFragment
  readonly category: DeviceCategory | null
}

/** What an application's slot holds when saved, and what is staged for it. */
export interface ServiceDraft {
  readonly applicationId: string
  readonly category: DeviceCategory | null
  /** The version of the stored mapping; null when there was none. */
  readonly version: number | null
  /** The stored counting rule, which another service keeps. */
  readonly counting: ServiceMappingPartsFragment['counting'] | null
  readonly saved: ServicePartsFragment | null
  readonly next: ServicePartsFragment | null
}

const categories: readonly DeviceCategory[] = [
  'WINDOWS_WORKSTATION',
  'WINDOWS_SERVER',
  'NON_WINDOWS',
]

/** The choosers' labels, as administrators know them. */
export const categoryLabels: Readonly<Record<DeviceCategory, string>> = {
  WINDOWS_WORKSTATION: 'Windows workstations',
  WINDOWS_SERVER: 'Windows servers',
  NON_WINDOWS: 'Non-Windows devices',
}

/** Three slots for devices billed by category; one for everything else. */
export function findSlots(
  application: ApplicationPartsFragment,
  byCategory: boolean,
): readonly ServiceSlot[] {
  const split: readonly (DeviceCategory | null)[] =
    byCategory && application.canSplit ? categories : [null]
  return split.map((category) => ({ application, category }))
}

/** Names a slot among all drafts. */
export function slotKey({ application, category }: ServiceSlot): string {
  return `${application.id} ${category ?? 'all'}`
}

/** The draft that puts `next` into a slot. */
export function toServiceDraft(slot: ServiceSlot, next: ServicePartsFragment | null): ServiceDraft {
  const { application, category } = slot
  const stored = application.mappings.find((mapping) => mapping.category === category)
  return {
    applicationId: application.id,
    category,
    version: stored?.version ?? null,
    counting: stored?.counting ?? null,
    saved: stored?.service ?? null,
    next,
  }
}

/** The row as the API takes it; no service unmaps. */
export function toServiceInput(draft: ServiceDraft): ServiceMappingInput {
  const { applicationId, category, version, counting, next } = draft
  return {
    applicationId,
    category,
    version,
    serviceId: next?.id ?? null,
    ...(counting === null ? {} : { counting: toCountingInput(counting) }),
  }
}

function toCountingInput(rule: ServiceMappingPartsFragment['counting']): CountingRuleInput {
  const { basis, includedUnits, minimumUnits, excludedDevices } = rule
  return { basis, includedUnits, minimumUnits, excludedDevices }
}

/** Empty slots that billing by category could fill with the service kept from before. */
export function findProposals(
  applications: readonly ApplicationPartsFragment[],
  byCategory: boolean,
): readonly { slot: ServiceSlot; service: ServicePartsFragment }[] {
  if (!byCategory) return []
  return applications.flatMap((application) => {
    const service = application.proposedService
    if (service === null) return []
    return findSlots(application, byCategory)
      .filter(
        ({ category }) => !application.mappings.some((mapping) => mapping.category === category),
      )
      .map((slot) => ({ slot, service }))
  })
}

/** What saving would change: "2 services mapped", "1 unmapped". */
export function summarizeServices(drafts: Iterable<ServiceDraft>): string[] {
  const counts = { mapped: 0, changed: 0, unmapped: 0 }
  for (const { saved, next } of drafts) {
    if (saved === null) counts.mapped += 1
    else if (next === null) counts.unmapped += 1
    else counts.changed += 1
  }
  const phrases: [number, string][] = [
    [counts.mapped, counts.mapped === 1 ? '1 service mapped' : `${counts.mapped} services mapped`],
    [counts.changed, `another service for ${counts.changed}`],
    [counts.unmapped, `${counts.unmapped} unmapped`],
  ]
  return phrases.filter(([count]) => count > 0).map(([, phrase]) => phrase)
}
