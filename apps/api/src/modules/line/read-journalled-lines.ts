import type { Day, DecimalText, LineRecord } from '@trueup/core'
import { multiplyMoney } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import type { LineIds, LinesWish } from './line-ids.ts'
import { readLineFeeds, type UnfedBecause } from './line-feeds.ts'

/** A line that Trueup has billed, as its own journal knows it. */
export interface JournalledLine extends LineIds {
  readonly tenant: string
  readonly account: string
  readonly contract: string
  readonly service: string
  readonly ownership: LineRecord['ownership']
  /** Units of the last confirmed write; `null` when a person settled it and nothing was written since. */
  readonly units: number | null
  readonly baselineUnits: number
  readonly confirmedDay: Day | null
  readonly moneyPerMonth: DecimalText | null
  /** `null` when a mapping feeds it. */
  readonly unfedBecause: UnfedBecause | null
}

/** Which lines of an integration. */
export interface LinesWanted {
  readonly tenantId?: string | null
  /** Our own ids. */
  readonly lines?: LinesWish['lines']
}

/** Lines that Trueup has billed and whose customer is known, sorted by contract and service. */
export async function readJournalledLines(
  em: Em,
  integration: IntegrationRow,
  { tenantId = null, lines }: LinesWanted,
): Promise<JournalledLine[]> {
  const feeds = await readLineFeeds(em, integration)
  const rows: LineRow[] = await em.execute(LINES, [integration.id])
  const wanted = lines === undefined ? null : new Set(lines.map(keyOf))
  return rows
    .filter((row) => tenantId === null || row.tenantId === tenantId)
    .filter((row) => wanted === null || wanted.has(keyOf(row)))
    .map(({ unitPrice, periodMonths, ...row }) => ({
      ...row,
      moneyPerMonth: monthlyMoney(row, unitPrice, periodMonths),
      unfedBecause: feeds.whyUnfed(row),
    }))
}

/** True for lines a person has to think about: nothing feeds them and they carry units, or they are stopped. */
export function isOpenLine({
  ownership,
  unfedBecause,
  units,
  baselineUnits,
}: JournalledLine): boolean {
  if (ownership === 'STOPPED') return true
  return unfedBecause !== null && (units === null || units > Math.max(0, baselineUnits))
}

interface LineRow extends Omit<JournalledLine, 'moneyPerMonth' | 'unfedBecause'> {
  readonly unitPrice: DecimalText | null
  readonly periodMonths: number | null
}

/** Whose a line is, the newest confirmed adjustment says: the mapping may be gone. */
const LINES = `
  select record.contract_external_id as contract, record.service_external_id as service,
         record.ownership, record.baseline_units as "baselineUnits",
         record.confirmed_units as units, record.confirmed_day as "confirmedDay",
         contract.id as "contractId", service.id as "serviceId",
         service.unit_price as "unitPrice", service.period_months as "periodMonths",
         adjustment.tenant_id as "tenantId", adjustment.account_id as "accountId",
         tenant.external_id as tenant, account.external_id as account
    from line_record record
    join contract on contract.integration_id = record.integration_id
                 and contract.external_id = record.contract_external_id
    join service on service.integration_id = record.integration_id
                and service.external_id = record.service_external_id
    join adjustment on adjustment.id = (
           select max(newest.id) from adjustment newest
            where newest.contract_id = contract.id and newest.service_id = service.id
              and newest.status = 'CONFIRMED')
    join tenant on tenant.id = adjustment.tenant_id
    join autotask_account account on account.id = adjustment.account_id
   where record.integration_id = ? and record.ownership <> 'UNDECIDED'
   order by tenant.name_sort, contract.name_sort, service.name_sort`

function keyOf({ contractId, serviceId }: Pick<LineIds, 'contractId' | 'serviceId'>): string {
  return `${contractId}/${serviceId}`
}

function monthlyMoney(
  { units }: Pick<LineRow, 'units'>,
  unitPrice: DecimalText | null,
  periodMonths: number | null,
): DecimalText | null {
  if (units === null || unitPrice === null || periodMonths === null) return null
  return multiplyMoney(unitPrice, units, periodMonths)
}
