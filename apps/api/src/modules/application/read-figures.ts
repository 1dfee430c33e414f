import { multiplyMoney, type DecimalText, type DeviceCategory } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import type { CategoryCountType } from '../../graphql/category-count.type.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { isMappedByCategory, splitByForce } from './mappings-in-force.ts'
import { ServiceMappingEntity, type ServiceMappingRow } from '../mapping/service-mapping.entity.ts'
import type { ServiceRow } from '../service/service.entity.ts'
import { ApplicationEntity, type ApplicationRow } from './application.entity.ts'

/** What the Services page shows of one application. */
export interface ApplicationFigures {
  readonly application: ApplicationRow
  readonly mappings: readonly ServiceMappingRow[]
  readonly proposedService: ServiceRow | null
  readonly unitsInUse: number
  readonly unitsByCategory: readonly CategoryCountType[]
  readonly unmappedUnits: number
  readonly revenueAtRiskPerMonth: DecimalText | null
}

/** Everything about all applications of an integration, in three SQL queries. */
export async function readFigures(
  em: Em,
  integration: IntegrationRow,
): Promise<ApplicationFigures[]> {
  const integrationId = integration.id
  const applications = await em.find(ApplicationEntity, { integrationId })
  const mappings = await em.find(ServiceMappingEntity, { integrationId }, { populate: ['service'] })
  const usage = await readBilledUsage(em, integrationId)
  const byApplication = Map.groupBy(mappings, (mapping) => mapping.application.id)
  return applications.map((application) =>
    toFigures(integration, application, {
      mappings: byApplication.get(application.id) ?? [],
      use: usage.get(application.id) ?? NO_USE,
    }),
  )
}

interface Use {
  readonly quantity: number
  readonly workstations: number
  readonly servers: number
  readonly nonWindows: number
  readonly unknown: number
}

const NO_USE: Use = { quantity: 0, workstations: 0, servers: 0, nonWindows: 0, unknown: 0 }

/** Sums of the newest complete reading of each tenant that is billed, by application. */
async function readBilledUsage(em: Em, integrationId: string): Promise<ReadonlyMap<string, Use>> {
  const rows: ({ application: string } & Record<keyof Use, number | string>)[] = await em.execute(
    `select used.application_id as application, sum(used.quantity) as quantity,
            coalesce(sum(used.workstations), 0) as workstations,
            coalesce(sum(used.servers), 0) as servers,
            coalesce(sum(used.non_windows), 0) as "nonWindows",
            coalesce(sum(used.unknown), 0) as unknown
       from usage_count used
       join (select reading.tenant_id, max(reading.snapshot_id) as snapshot_id
               from usage_reading reading
               join account_mapping billed
                 on billed.tenant_id = reading.tenant_id and billed.billing_enabled
              where billed.integration_id = ? and reading.complete
              group by reading.tenant_id) newest
         on newest.tenant_id = used.tenant_id and newest.snapshot_id = used.snapshot_id
      group by used.application_id`,
    [integrationId],
  )
  // PostgreSQL gives sums as text, because they may not fit a number; counts of devices do.
  return new Map(
    rows.map(({ application, ...sums }) => [
      application,
      {
        quantity: Number(sums.quantity),
        workstations: Number(sums.workstations),
        servers: Number(sums.servers),
        nonWindows: Number(sums.nonWindows),
        unknown: Number(sums.unknown),
      },
    ]),
  )
}

function toFigures(
  integration: IntegrationRow,
  application: ApplicationRow,
  known: { readonly mappings: readonly ServiceMappingRow[]; readonly use: Use },
): ApplicationFigures {
  const byCategory = isMappedByCategory(application, integration)
  const { inForce, proposal } = splitByForce(known.mappings, byCategory)
  const mapped = new Set<string>(inForce.map((mapping) => mapping.categoryKey))
  const categories = toCategories(known.use, integration.countUnknownAsWorkstation)
  const unmappedUnits = byCategory
    ? sum(categories.filter((one) => !mapped.has(one.category)).map((one) => one.units))
    : inForce.length === 0
      ? known.use.quantity
      : 0
  const proposedService = (proposal?.service.unwrap() ?? null) as ServiceRow | null
  return {
    application,
    mappings: inForce,
    proposedService,
    unitsInUse: known.use.quantity,
    unitsByCategory: application.unit === 'DEVICE' ? toUnits(known.use) : [],
    unmappedUnits,
    revenueAtRiskPerMonth: toMonthlyMoney(proposedService, unmappedUnits),
  }
}

/** What would be billed as which category; an unknown system only where the integration says so (rule 3). */
function toCategories(
  use: Use,
  countUnknownAsWorkstation: boolean,
): { category: DeviceCategory; units: number }[] {
  return [
    {
      category: 'WINDOWS_WORKSTATION',
      units: use.workstations + (countUnknownAsWorkstation ? use.unknown : 0),
    },
    { category: 'WINDOWS_SERVER', units: use.servers },
    { category: 'NON_WINDOWS', units: use.nonWindows },
  ]
}

function toUnits(use: Use): CategoryCountType[] {
  const units: CategoryCountType[] = [
    { category: 'WINDOWS_WORKSTATION', units: use.workstations },
    { category: 'WINDOWS_SERVER', units: use.servers },
    { category: 'NON_WINDOWS', units: use.nonWindows },
    { category: null, units: use.unknown },
  ]
  return units.filter((one) => one.units > 0)
}

function toMonthlyMoney(service: ServiceRow | null, units: number): DecimalText | null {
  if (service === null || service.unitPrice === null || service.periodMonths === null) return null
  return multiplyMoney(service.unitPrice, units, service.periodMonths)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
