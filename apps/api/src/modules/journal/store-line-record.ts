import type { ContractId, LineRecord, ServiceId } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import { toLineRecord, toLineRecordRow } from './line-record-row.ts'
import { LineRecordEntity } from './line-record.entity.ts'

/** What is known of a line; a fresh record when nothing is. */
export async function findLineRecord(
  em: Em,
  integrationId: string,
  line: { readonly contract: ContractId; readonly service: ServiceId },
): Promise<LineRecord> {
  const row = await em.findOne(LineRecordEntity, {
    integrationId,
    contractExternalId: line.contract,
    serviceExternalId: line.service,
  })
  if (row !== null) return toLineRecord(row)
  return {
    contract: line.contract,
    service: line.service,
    line: null,
    ordinal: 0,
    ownership: 'UNDECIDED',
    baselineUnits: 0,
    confirmed: null,
    unsettledKey: null,
    lapsedInARow: 0,
  }
}

/** Stores what a person decided about a line. The caller holds the integration's run lease. */
export async function storeLineRecord(
  em: Em,
  integrationId: string,
  record: LineRecord,
): Promise<void> {
  await em.upsert(LineRecordEntity, toLineRecordRow(integrationId, record))
}
