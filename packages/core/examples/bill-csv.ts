import type { AccountMapping, ApplicationName, ApplicationUsage, Day } from '@trueup/core'
import type { RunParts, ServiceMapping, TenantUsage } from '@trueup/core'
import { NO_BRAKES, runBilling } from '@trueup/core'

/** Bills what a CSV with the columns customer, application and count says, and tells what was confirmed. */
export async function billCsv(
  csv: string,
  day: Day,
  parts: RunParts,
  mapped: { customers: AccountMapping[]; services: ServiceMapping[] },
): Promise<string[]> {
  const rows = csv.trim().split('\n').slice(1)
  const usage = mapped.customers.map(({ tenant }): TenantUsage => {
    const applications = rows
      .map((row) => row.split(','))
      .filter(([customer]) => customer === tenant)
      .map(([, name, count]): ApplicationUsage => {
        return {
          application: name as ApplicationName,
          unit: 'USER',
          quantity: Number(count),
          keys: [],
        }
      })
    const reading = { tenant, complete: true as const, applications }
    return {
      tenant,
      readings: [{ snapshotId: `csv-${day}`, usageDay: day, takenAtMs: 0, reading }],
    }
  })
  const settings = {
    billDevicesByCategory: false,
    countUnknownAsWorkstation: false,
    effectiveDatePolicy: 'PERIOD_START' as const,
    brakes: NO_BRAKES,
    maximumReadingAgeDays: 1,
  }
  const { customers: accountMappings, services: serviceMappings } = mapped
  const request = { day, settings, accountMappings, serviceMappings, usage, apply: 'ALL' as const }
  const confirmed: string[] = []
  for await (const event of runBilling(parts, request)) {
    if (event.kind !== 'confirmed') continue
    const { tenant, before, after, effectiveDay } = event.adjustment
    confirmed.push(`${tenant}: ${before} to ${after} from ${effectiveDay}`)
  }
  return confirmed
}
