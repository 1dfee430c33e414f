import type { DeviceCategory } from '@trueup/core'
import type { ApplicationRow } from './application.entity.ts'
import { WHOLE_APPLICATION, type ServiceMappingRow } from '../mapping/service-mapping.entity.ts'

/**
 * True when the application is mapped by category now. What is counted by user or mailbox is always mapped whole
 * (product.md, rule 2).
 */
export function isMappedByCategory(
  application: Pick<ApplicationRow, 'unit'>,
  integration: { readonly billDevicesByCategory: boolean },
): boolean {
  return integration.billDevicesByCategory && application.unit === 'DEVICE'
}

/**
 * The mappings of one application that bill, and the one that sleeps: turning billing by category on keeps the single
 * mapping as the proposal for all three categories (product.md, rule 24).
 */
export function splitByForce<Row extends Pick<ServiceMappingRow, 'categoryKey'>>(
  mappings: readonly Row[],
  byCategory: boolean,
): { readonly inForce: readonly Row[]; readonly proposal: Row | null } {
  const isWhole = (row: Row): boolean => row.categoryKey === WHOLE_APPLICATION
  return {
    inForce: mappings
      .filter((row) => isWhole(row) !== byCategory)
      .toSorted((a, b) => ORDER[a.categoryKey] - ORDER[b.categoryKey]),
    proposal: byCategory ? (mappings.find(isWhole) ?? null) : null,
  }
}

const ORDER: Readonly<Record<DeviceCategory | typeof WHOLE_APPLICATION, number>> = {
  [WHOLE_APPLICATION]: 0,
  WINDOWS_WORKSTATION: 1,
  WINDOWS_SERVER: 2,
  NON_WINDOWS: 3,
}
