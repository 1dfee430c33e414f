import { DEFAULT_SETTINGS, runBilling } from '@trueup/core'
import type { ApplicationName, Day, RunParts, RunRequest, TenantUsage } from '@trueup/core'

/** Bills what a CSV with the columns customer, application and count says, and tells what was confirmed. */
export async function billCsv(
  csv: string,
  day: Day,
  parts: RunParts,
  mappings: Pick<RunRequest, 'accountMappings' | 'serviceMappings'>,
): Promise<string[]> {
  const counts = csv.split('\n').map((row) => row.split(','))
  const usage = mappings.accountMappings.map(({ tenant }): TenantUsage => {
    const own = counts.filter(([customer]) => customer === tenant)
    const applications = own.map(([, name, count]) => {
      const application = name as ApplicationName
      return { application, unit: 'USER' as const, quantity: Number(count), keys: [] }
    })
    const reading = { tenant, complete: true as const, applications }
    return { tenant, readings: [{ snapshotId: day, usageDay: day, takenAtMs: 0, reading }] }
  })
  const request = { ...mappings, day, usage, settings: DEFAULT_SETTINGS, apply: 'ALL' as const }
  const confirmed: string[] = []
  for await (const event of runBilling(parts, request)) {
    if (event.kind !== 'confirmed') continue
    const { tenant, before, after, effectiveDay } = event.adjustment
    confirmed.push(`${tenant}: ${before} to ${after} from ${effectiveDay}`)
  }
  return confirmed
}
