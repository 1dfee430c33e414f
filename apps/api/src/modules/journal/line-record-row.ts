import type { ContractId, LineId, LineRecord, ServiceId } from '@trueup/core'
import type { LineRecordRow } from './line-record.entity.ts'

/** A stored row as core's record. */
export function toLineRecord(row: LineRecordRow): LineRecord {
  return {
    contract: row.contractExternalId as ContractId,
    service: row.serviceExternalId as ServiceId,
    line: (row.lineExternalId ?? null) as LineId | null,
    ordinal: row.ordinal,
    ownership: row.ownership,
    baselineUnits: row.baselineUnits,
    confirmed: toConfirmed(row),
    unsettledKey: row.unsettledKey ?? null,
    lapsedInARow: row.lapsedInARow,
  }
}

function toConfirmed({ confirmedUnits, confirmedDay }: LineRecordRow): LineRecord['confirmed'] {
  if (typeof confirmedUnits !== 'number' || typeof confirmedDay !== 'string') return null
  return { units: confirmedUnits, effectiveDay: confirmedDay }
}

/** Core's record as a row. */
export function toLineRecordRow(integrationId: string, record: LineRecord): LineRecordRow {
  return {
    integrationId,
    contractExternalId: record.contract,
    serviceExternalId: record.service,
    lineExternalId: record.line,
    ordinal: record.ordinal,
    ownership: record.ownership,
    baselineUnits: record.baselineUnits,
    confirmedUnits: record.confirmed?.units ?? null,
    confirmedDay: record.confirmed?.effectiveDay ?? null,
    unsettledKey: record.unsettledKey,
    lapsedInARow: record.lapsedInARow,
  }
}
