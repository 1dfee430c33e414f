import { invariant } from '../invariant.ts'
import type { BillingSettings, ServiceMapping } from '../settings.ts'
import type { DeviceCategory } from '../usage.ts'
import type { ApplicationName, ServiceId } from '../values/ids.ts'

/** The service mappings that are in force, ready to be asked from both ends. */
export interface MappingIndex {
  readonly byApplication: ReadonlyMap<ApplicationName, readonly ServiceMapping[]>
  readonly byService: ReadonlyMap<ServiceId, readonly ServiceMapping[]>
  /** Mappings the integration's switch puts out of force; they stay as proposals (product.md, rule 24). */
  readonly proposals: ReadonlyMap<ApplicationName, readonly ServiceMapping[]>
}

/**
 * Chooses the mappings in force: by category where devices are billed by category, else whole applications.
 * What is counted by user or mailbox is always mapped whole (product.md, rule 2).
 */
export function buildMappingIndex(
  mappings: readonly ServiceMapping[],
  settings: Pick<BillingSettings, 'billDevicesByCategory'>,
): MappingIndex {
  const byApplication = new Map<ApplicationName, ServiceMapping[]>()
  const byService = new Map<ServiceId, ServiceMapping[]>()
  const proposals = new Map<ApplicationName, ServiceMapping[]>()
  for (const mapping of mappings) {
    const bySplit = settings.billDevicesByCategory && mapping.unit === 'DEVICE'
    if (bySplit !== (mapping.category !== null)) {
      append(proposals, mapping.application, mapping)
      continue
    }
    const siblings = append(byApplication, mapping.application, mapping)
    invariant(
      siblings.filter((sibling) => sibling.category === mapping.category).length === 1,
      'an application and category is mapped twice',
      { application: mapping.application, category: mapping.category },
    )
    append(byService, mapping.service, mapping)
  }
  for (const siblings of [...byService.values(), ...byApplication.values()]) {
    siblings.sort(compareMappings)
  }
  return { byApplication, byService, proposals }
}

const CATEGORY_ORDER: Readonly<Record<DeviceCategory | 'NONE', number>> = {
  NONE: 0,
  WINDOWS_WORKSTATION: 1,
  WINDOWS_SERVER: 2,
  NON_WINDOWS: 3,
}

function compareMappings(a: ServiceMapping, b: ServiceMapping): number {
  if (a.application !== b.application) return a.application < b.application ? -1 : 1
  return CATEGORY_ORDER[a.category ?? 'NONE'] - CATEGORY_ORDER[b.category ?? 'NONE']
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): V[] {
  const list = map.get(key)
  if (list === undefined) {
    const created = [value]
    map.set(key, created)
    return created
  }
  list.push(value)
  return list
}
