import type { BilledIndex } from '../billed.ts'
import { tenantSubject } from './eligibility.ts'
import type { Finding, FindingCode, FindingShare } from '../issue.ts'
import { makeFinding } from '../issue.ts'
import type { MappingIndex } from './mapping-index.ts'
import { findUnitPrice, monthlyMoney } from './price.ts'
import type { CompleteReading } from './readings.ts'
import type { AccountMapping, BillingSettings, ServiceMapping } from '../settings.ts'
import type { ApplicationUsage, DeviceCategory } from '../usage.ts'
import { DEVICE_CATEGORIES } from '../usage.ts'
import type { ApplicationName, ServiceId, TenantId } from '../values/ids.ts'
import type { DecimalText } from '../values/money.ts'

/** Usage that nothing bills, summed over all customers that are billed. */
export interface UsageGaps {
  /** Notes what of one customer's newest reading no mapping in force covers; what is the customer's own is added to `findings`. */
  note(mapping: AccountMapping, reading: CompleteReading, findings: Finding[]): void
  /** One finding per application, or application and category, with the money it loses where a price is known. */
  findings(): Finding[]
}

interface Gap {
  readonly code: FindingCode
  readonly application: ApplicationName
  readonly category: DeviceCategory | null
  /** Each customer once. */
  readonly shares: FindingShare[]
}

/** Starts collecting; see {@link UsageGaps}. */
export function collectGaps(
  mappings: MappingIndex,
  settings: BillingSettings,
  index: Pick<BilledIndex, 'services'>,
): UsageGaps {
  const gaps = new Map<string, Gap>()

  function add(gap: Omit<Gap, 'shares'>, tenant: TenantId, units: number): void {
    if (units === 0) return
    const key = `${gap.application}\n${gap.category ?? ''}`
    const known = gaps.get(key) ?? { ...gap, shares: [] }
    known.shares.push({ tenant, units })
    gaps.set(key, known)
  }

  function noteUsage(account: AccountMapping, usage: ApplicationUsage): Finding | null {
    const { tenant } = account
    const { application } = usage
    const active = mappings.byApplication.get(application) ?? []
    const isSplit = settings.billDevicesByCategory && usage.unit === 'DEVICE'
    if (!isSplit || usage.byCategory === undefined) {
      const code = 'APPLICATION_UNMAPPED'
      if (active.length === 0) add({ code, application, category: null }, tenant, usage.quantity)
      return null
    }
    const unknown = usage.byCategory.UNKNOWN
    for (const category of DEVICE_CATEGORIES) {
      if (active.some((mapping) => mapping.category === category)) continue
      const takesUnknown = settings.countUnknownAsWorkstation && category === 'WINDOWS_WORKSTATION'
      const units = usage.byCategory[category] + (takesUnknown ? unknown : 0)
      add({ code: 'CATEGORY_UNMAPPED', application, category }, tenant, units)
    }
    if (unknown === 0) return null
    const counted = settings.countUnknownAsWorkstation ? unknown : 0
    return makeFinding(
      'UNKNOWN_CATEGORY',
      tenantSubject(account),
      { application, devices: unknown, countedAsWorkstation: counted },
      counted > 0 ? null : priceUnits(index, active, unknown),
    )
  }

  return {
    note: (account, reading, findings) => {
      for (const usage of reading.applications) {
        const finding = noteUsage(account, usage)
        if (finding !== null) findings.push(finding)
      }
    },
    findings: () => [...gaps.values()].map((gap) => toFinding(gap, mappings, index)),
  }
}

function toFinding(
  { code, application, category, shares }: Gap,
  mappings: MappingIndex,
  index: Pick<BilledIndex, 'services'>,
): Finding {
  const likely = [
    ...(mappings.byApplication.get(application) ?? []),
    ...(mappings.proposals.get(application) ?? []),
  ]
  const units = shares.reduce((sum, share) => sum + share.units, 0)
  const finding = makeFinding(
    code,
    { kind: 'APPLICATION', id: application, name: application },
    { category, units, tenants: shares.length },
    priceUnits(index, likely, units),
  )
  return { ...finding, shares }
}

/** What units would cost a month at the first price that a likely mapping gives. */
function priceUnits(
  index: Pick<BilledIndex, 'services'>,
  likely: readonly ServiceMapping[],
  units: number,
): DecimalText | null {
  for (const { service } of likely) {
    const price = catalogPrice(index, service)
    if (price !== null) return monthlyMoney(price, units)
  }
  return null
}

function catalogPrice(
  index: Pick<BilledIndex, 'services'>,
  service: ServiceId,
): ReturnType<typeof findUnitPrice> {
  return findUnitPrice(index.services.get(service), null)
}
