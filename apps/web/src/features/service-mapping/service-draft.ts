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
  readonly saved: ServicePartsFragment | null
  readonly next: ServicePartsFragment | null
  /** How usage becomes units; another service keeps it. */
  readonly savedRule: CountingRule
  readonly rule: CountingRule
}

/** How usage becomes billable units. */
export type CountingRule = Omit<ServiceMappingPartsFragment['counting'], '__typename'>

/** The rule a mapping has when nobody said otherwise. */
const plainRule: CountingRule = {
  basis: 'CURRENT',
  includedUnits: 0,
  minimumUnits: 0,
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

/** The draft of a slot that is as it is stored. */
export function toServiceDraft({ application, category }: ServiceSlot): ServiceDraft {
  const stored = application.mappings.find((mapping) => mapping.category === category)
  const saved = stored?.service ?? null
  const savedRule = stored?.counting ?? plainRule
  return {
    applicationId: application.id,
    category,
    version: stored?.version ?? null,
    saved,
    next: saved,
    savedRule,
    rule: savedRule,
  }
}

/** True when saving would change nothing. */
export function isUnchanged({ saved, next, savedRule, rule }: ServiceDraft): boolean {
  return saved?.id === next?.id && (next === null || isSameRule(savedRule, rule))
}

/** The row as the API takes it; no service unmaps. */
export function toServiceInput(draft: ServiceDraft): ServiceMappingInput {
  const { applicationId, category, version, rule, next } = draft
  return {
    applicationId,
    category,
    version,
    serviceId: next?.id ?? null,
    ...(next === null ? {} : { counting: toCountingInput(rule) }),
  }
}

function isSameRule(a: CountingRule, b: CountingRule): boolean {
  return (
    a.basis === b.basis && a.includedUnits === b.includedUnits && a.minimumUnits === b.minimumUnits
  )
}

function toCountingInput(rule: CountingRule): CountingRuleInput {
  const { basis, includedUnits, minimumUnits } = rule
  return { basis, includedUnits, minimumUnits }
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
  const counts = { mapped: 0, changed: 0, unmapped: 0, rules: 0 }
  for (const { saved, next, savedRule, rule } of drafts) {
    if (saved === null) counts.mapped += 1
    else if (next === null) counts.unmapped += 1
    else if (saved.id !== next.id) counts.changed += 1
    if (next !== null && !isSameRule(savedRule, rule)) counts.rules += 1
  }
  const phrases: [number, string][] = [
    [counts.mapped, counts.mapped === 1 ? '1 service mapped' : `${counts.mapped} services mapped`],
    [counts.changed, `another service for ${counts.changed}`],
    [counts.unmapped, `${counts.unmapped} unmapped`],
    [counts.rules, `counting rule of ${counts.rules}`],
  ]
  return phrases.filter(([count]) => count > 0).map(([, phrase]) => phrase)
}
