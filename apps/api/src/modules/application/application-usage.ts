import { multiplyMoney, type DecimalText, type DeviceCategory } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { AccountMappingEntity } from '../mapping/account-mapping.entity.ts'
import {
  ServiceMappingEntity,
  WHOLE_APPLICATION,
  type ServiceMappingRow,
} from '../mapping/service-mapping.entity.ts'
import type { ServiceRow } from '../service/service.entity.ts'
import { readNewestUsage } from '../usage/newest-usage.ts'
import type { ApplicationRow } from './application.entity.ts'

/** How much of an application is in use where billing is on, and how much of that nothing bills. */
export interface ApplicationUse {
  readonly units: number
  readonly byCategory: Readonly<Record<DeviceCategory | 'UNKNOWN', number>>
  readonly unmappedUnits: number
  /** The mapping that the switch put out of force: what was billed before it was turned (product.md, rule 24). */
  readonly proposedServiceId: string | null
}

const NOTHING: ApplicationUse = {
  units: 0,
  byCategory: { WINDOWS_WORKSTATION: 0, WINDOWS_SERVER: 0, NON_WINDOWS: 0, UNKNOWN: 0 },
  unmappedUnits: 0,
  proposedServiceId: null,
}

/** Reads the use of all applications of an integration at once, keyed by application id. */
export async function readApplicationUse(
  em: Em,
  integration: { readonly id: string; readonly billDevicesByCategory: boolean },
): Promise<(application: ApplicationRow) => ApplicationUse> {
  const billed = await em.find(
    AccountMappingEntity,
    { integrationId: integration.id, billingEnabled: true },
    { fields: ['tenant'], disableIdentityMap: true },
  )
  const counts = await readNewestUsage(
    em,
    billed.map((row) => row.tenant.id),
  )
  const mappings = await em.find(ServiceMappingEntity, { integrationId: integration.id })
  const mapped = Map.groupBy(mappings, (row) => row.application.id)
  const use = new Map<string, ApplicationUse>()
  for (const count of counts) {
    const before = use.get(count.application.id) ?? NOTHING
    use.set(count.application.id, {
      units: before.units + count.quantity,
      byCategory: {
        WINDOWS_WORKSTATION: before.byCategory.WINDOWS_WORKSTATION + (count.workstations ?? 0),
        WINDOWS_SERVER: before.byCategory.WINDOWS_SERVER + (count.servers ?? 0),
        NON_WINDOWS: before.byCategory.NON_WINDOWS + (count.nonWindows ?? 0),
        UNKNOWN: before.byCategory.UNKNOWN + (count.unknown ?? 0),
      },
      unmappedUnits: 0,
      proposedServiceId: null,
    })
  }
  return (application) => {
    const known = use.get(application.id) ?? NOTHING
    const split = integration.billDevicesByCategory && application.unit === 'DEVICE'
    const mine = mapped.get(application.id) ?? []
    const proposal = mine.find((row) => (row.categoryKey === WHOLE_APPLICATION) === split)
    return {
      ...known,
      unmappedUnits: countUnmapped(known, mine, split),
      proposedServiceId: proposal?.service.id ?? null,
    }
  }
}

function countUnmapped(
  use: ApplicationUse,
  mappings: readonly ServiceMappingRow[],
  split: boolean,
): number {
  const keys = new Set<string>(mappings.map((row) => row.categoryKey))
  if (!split) return keys.has(WHOLE_APPLICATION) ? 0 : use.units
  const { UNKNOWN: unknown, ...known } = use.byCategory
  const lost = Object.entries(known).filter(([category]) => !keys.has(category))
  return lost.reduce((sum, [, units]) => sum + units, unknown)
}

/** What units cost a month at a service's price; null when the price or its period is unknown. */
export function toMonthlyMoney(units: number, service: ServiceRow | null): DecimalText | null {
  const { unitPrice = null, periodMonths = null } = service ?? {}
  if (unitPrice === null || periodMonths === null) return null
  return multiplyMoney(unitPrice, units, periodMonths)
}
