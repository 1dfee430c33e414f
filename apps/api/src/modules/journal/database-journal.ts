import { UniqueConstraintViolationException } from '@mikro-orm/core'
import {
  IntentConflict,
  type AdjustmentIntent,
  type Clock,
  type ContractId,
  type Journal,
  type LineId,
  type LineRecord,
  type ServiceId,
  type Settlement,
} from '@trueup/core'
import type { Em, Orm } from '../../database/orm.ts'
import { IntentEntity, type IntentRow } from './intent.entity.ts'
import { takeLease } from './lease.ts'
import { toLineRecord, toLineRecordRow } from './line-record-row.ts'
import { LineRecordEntity, type LineRecordRow } from './line-record.entity.ts'

/** Parts of a journal over the database. */
export interface DatabaseJournalParts {
  readonly orm: Orm
  readonly integrationId: string
  readonly clock: Clock
}

/** `in (…)` lists stay well below what either database takes as parameters. */
const CONTRACTS_PER_QUERY = 500

/**
 * Core's {@link Journal} over the database. Each call is one transaction that is durable when it resolves; unique
 * indexes, not this code, decide between two writers.
 */
export function createDatabaseJournal(parts: DatabaseJournalParts): Journal {
  const { orm, integrationId } = parts
  return {
    readLineRecords: (contracts) => readLineRecords(orm, integrationId, contracts),
    readUnsettled: () => readUnsettled(orm, integrationId),
    recordIntent: (intent) => recordIntent(parts, intent),
    settle: (key, settlement) => settle(parts, key, settlement),
    lockContract: (contract) => takeLease(orm, `contract:${integrationId}:${contract}`),
  }
}

async function readLineRecords(
  orm: Orm,
  integrationId: string,
  contracts: readonly ContractId[],
): Promise<LineRecord[]> {
  const em = orm.em.fork()
  const records: LineRecord[] = []
  for (let from = 0; from < contracts.length; from += CONTRACTS_PER_QUERY) {
    const chunk = contracts.slice(from, from + CONTRACTS_PER_QUERY)
    const rows = await em.find(LineRecordEntity, {
      integrationId,
      contractExternalId: { $in: chunk },
    })
    records.push(...rows.map(toLineRecord))
  }
  return records
}

async function readUnsettled(orm: Orm, integrationId: string): Promise<AdjustmentIntent[]> {
  const rows = await orm.em
    .fork()
    .find(
      IntentEntity,
      { integrationId, $or: [{ settledKind: null }, { settledKind: 'UNKNOWN' }] },
      { orderBy: { recordedAt: 'asc', intentKey: 'asc' } },
    )
  return rows.map(toIntent)
}

async function recordIntent(parts: DatabaseJournalParts, intent: AdjustmentIntent): Promise<void> {
  const { orm, integrationId } = parts
  try {
    await orm.em.fork().transactional(async (em) => {
      const record = await findRecord(em, integrationId, intent)
      if ((record?.ordinal ?? 0) !== intent.ordinal - 1 || (record?.unsettledKey ?? null) !== null)
        throw new IntentConflict(`line ${intent.contract}/${intent.service} has moved on`)
      em.create(IntentEntity, toIntentRow(integrationId, intent))
      if (record === null) em.create(LineRecordEntity, newRecord(integrationId, intent))
      else Object.assign(record, { ordinal: intent.ordinal, unsettledKey: intent.key })
      await em.flush()
    })
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException)
      throw new IntentConflict(`another writer was first with ${intent.key}`, { cause: error })
    throw error
  }
}

async function settle(
  parts: DatabaseJournalParts,
  key: string,
  settlement: Settlement,
): Promise<void> {
  const { orm, integrationId, clock } = parts
  await orm.em.fork().transactional(async (em) => {
    const intent = await em.findOneOrFail(IntentEntity, { integrationId, intentKey: key })
    if (intent.settledKind !== null && intent.settledKind !== 'UNKNOWN') return
    intent.settledKind = settlement.kind
    intent.settledAt = new Date(clock.nowMs())
    intent.reason = 'reason' in settlement ? settlement.reason : null
    intent.unitsSeen = unitsSeen(settlement)
    const record = await em.findOneOrFail(LineRecordEntity, {
      integrationId,
      contractExternalId: intent.contractExternalId,
      serviceExternalId: intent.serviceExternalId,
    })
    moveRecord(record, intent, settlement)
    await em.flush()
  })
}

function moveRecord(record: LineRecordRow, intent: IntentRow, settlement: Settlement): void {
  if (settlement.kind === 'UNKNOWN') return
  if (record.unsettledKey === intent.intentKey) record.unsettledKey = null
  switch (settlement.kind) {
    case 'CONFIRMED':
      record.ownership = ownershipAfter(record)
      record.lineExternalId = settlement.line
      record.confirmedUnits = settlement.units
      record.confirmedDay = intent.effectiveDay
      record.lapsedInARow = 0
      break
    case 'RESOLVED':
      record.ownership = ownershipAfter(record)
      record.confirmedUnits = null
      record.confirmedDay = null
      record.lapsedInARow = 0
      break
    case 'LAPSED':
      record.lapsedInARow += 1
      break
    case 'REFUSED':
    case 'NOT_SENT':
      break
  }
}

/** A person's hands-off outlives what was still on its way. */
function ownershipAfter({ ownership }: LineRecordRow): LineRecordRow['ownership'] {
  return ownership === 'STOPPED' ? 'STOPPED' : 'OWNED'
}

function unitsSeen(settlement: Settlement): number | null {
  if (settlement.kind === 'CONFIRMED') return settlement.units
  return settlement.kind === 'UNKNOWN' ? settlement.unitsSeen : null
}

function findRecord(
  em: Em,
  integrationId: string,
  line: { readonly contract: ContractId; readonly service: ServiceId },
): Promise<LineRecordRow | null> {
  return em.findOne(LineRecordEntity, {
    integrationId,
    contractExternalId: line.contract,
    serviceExternalId: line.service,
  })
}

function newRecord(integrationId: string, intent: AdjustmentIntent): LineRecordRow {
  return toLineRecordRow(integrationId, {
    contract: intent.contract,
    service: intent.service,
    line: intent.line,
    ordinal: intent.ordinal,
    ownership: 'UNDECIDED',
    baselineUnits: 0,
    confirmed: null,
    unsettledKey: intent.key,
    lapsedInARow: 0,
  })
}

function toIntentRow(integrationId: string, intent: AdjustmentIntent): IntentRow {
  return {
    integrationId,
    intentKey: intent.key,
    contractExternalId: intent.contract,
    serviceExternalId: intent.service,
    lineExternalId: intent.line,
    ordinal: intent.ordinal,
    effectiveDay: intent.effectiveDay,
    unitsBefore: intent.before,
    unitsAfter: intent.after,
    attempt: intent.attempt,
    recordedAt: new Date(intent.recordedAtMs),
    takesBack: intent.takesBack,
    settledKind: null,
    settledAt: null,
    unitsSeen: null,
    reason: null,
  }
}

function toIntent(row: IntentRow): AdjustmentIntent {
  return {
    key: row.intentKey,
    ordinal: row.ordinal,
    contract: row.contractExternalId as ContractId,
    service: row.serviceExternalId as ServiceId,
    line: (row.lineExternalId ?? null) as LineId | null,
    effectiveDay: row.effectiveDay,
    before: row.unitsBefore,
    after: row.unitsAfter,
    attempt: row.attempt,
    recordedAtMs: row.recordedAt.getTime(),
    takesBack: row.takesBack ?? null,
  }
}
