import {
  earlierDay,
  type Contract,
  type ContractId,
  type Day,
  type LedgerState,
  type ReadOptions,
  type UnitPeriod,
} from '@trueup/core'
import { toContractId, toContractService, toNumber, toUnitPeriod } from './convert.ts'
import type { ConnectionFacts } from './first-write/connection-facts.ts'
import { toTotals } from './first-write/to-totals.ts'
import type { Client } from './http/client.ts'
import { inconsistent } from './http/query.ts'
import { readLinesOfContracts } from './resources/contract-services.ts'
import {
  readLaterUnits,
  toUnitQuestions,
  windowEnd,
  type UnitQuestion,
  type UnitSubject,
} from './resources/contract-units.ts'
import { readContracts } from './resources/contracts.ts'
import { rememberRows, type RowMemory } from './resources/filled-groups.ts'
import { confirmEmpty, readRows } from './resources/rows.ts'
import type { ServiceCatalogue } from './resources/services.ts'
import type { ContractServiceRow, ContractServiceUnitRow } from './wire.ts'

/** What a reading works with. */
export interface LedgerParts {
  readonly client: Client
  readonly catalogue: ServiceCatalogue
  readonly facts: ConnectionFacts
  /** What earlier readings brought. */
  readonly rows: RowMemory
}

/**
 * Contracts, their lines and their unit periods, by one question for each 500 of a kind. Lines and units are
 * read side by side and must agree: what one of them lacks because of a missing permission, the other shows.
 */
export async function readLedger(
  parts: LedgerParts,
  request: { readonly contracts: readonly ContractId[]; readonly fromDay: Day },
  options: ReadOptions,
): Promise<LedgerState> {
  const { client, catalogue, facts, rows } = parts
  const lineParts = { client, known: rows.lines }
  const { fromDay } = request
  const ids = [...new Set(request.contracts)]
  const contracts = await readContracts(client, { ids, endedBefore: fromDay }, options)
  const billing = contracts.filter((contract) => contract.isRecurringService)
  const subjects = billing.map((contract): UnitSubject => ({
    id: toNumber(contract.id),
    contract,
    fromDay,
    lastDay: fromDay,
  }))
  const [services, firstLines, units] = await Promise.all([
    catalogue.recent(options),
    readLinesOfContracts(
      lineParts,
      billing.map((contract) => contract.id),
      options,
    ),
    readUnits(parts, subjects, options),
  ])
  const confirmed = await confirmUnits(client, units, firstLines, options)
  const lines = await withLinesOf(lineParts, firstLines, confirmed, options)
  const later = await readBehindPosted(client, subjects, confirmed, options)
  return {
    contracts,
    lines: lines.map(toContractService),
    unitPeriods: toUnitPeriods([...confirmed, ...later], billing, facts).filter(
      (period) => period.endDay >= fromDay,
    ),
    services,
  }
}

/**
 * The rows as periods, those without an end by the grid of their contract. Where rows inside periods are known to carry
 * differences they are made totals.
 */
export function toUnitPeriods(
  rows: readonly ContractServiceUnitRow[],
  contracts: Iterable<Contract>,
  facts: ConnectionFacts,
): readonly UnitPeriod[] {
  const byId = new Map([...contracts].map((contract) => [contract.id, contract]))
  const contractOf = (row: ContractServiceUnitRow): Contract | null =>
    byId.get(toContractId(row.contractID)) ?? null
  if (facts.midPeriodRow !== 'DIFFERENCE')
    return rows.map((row) => toUnitPeriod(row, contractOf(row)))
  const lines = Map.groupBy(rows, (row) => row.contractServiceID)
  return [...lines.values()].flatMap((ofLine) => {
    const [first] = ofLine
    const contract = first === undefined ? null : contractOf(first)
    const periods = ofLine.map((row) => toUnitPeriod(row, contract))
    return contract === null ? periods : toTotals(contract, periods)
  })
}

interface AnsweredUnits {
  readonly question: UnitQuestion
  readonly rows: readonly ContractServiceUnitRow[]
}

async function readUnits(
  { client, rows: known }: LedgerParts,
  subjects: readonly UnitSubject[],
  options: ReadOptions,
): Promise<readonly AnsweredUnits[]> {
  const answered = await Promise.all(
    toUnitQuestions('contractID', subjects, known.units).map(async (question) => ({
      question,
      rows: await readRows(client, question, options),
    })),
  )
  rememberRows(
    known.units,
    subjects.map(({ id }) => id),
    answered.flatMap(({ rows }) => rows),
  )
  return answered
}

/** Lines without a single unit row among all of a question's contracts: looked at twice before it is believed. */
async function confirmUnits(
  client: Client,
  answered: readonly AnsweredUnits[],
  lines: readonly ContractServiceRow[],
  options: ReadOptions,
): Promise<readonly ContractServiceUnitRow[]> {
  const contractsWithLines = new Set(lines.map((line) => line.contractID))
  const groups = await Promise.all(
    answered.map(async ({ question, rows }) => {
      const hasLines = question.subjects.some(({ id }) => contractsWithLines.has(id))
      return rows.length === 0 && hasLines ? confirmEmpty(client, question, options) : rows
    }),
  )
  return groups.flat()
}

/** A line that units name and the lines lack was made between the two readings; it is read now. */
async function withLinesOf(
  parts: Parameters<typeof readLinesOfContracts>[0],
  lines: readonly ContractServiceRow[],
  units: readonly ContractServiceUnitRow[],
  options: ReadOptions,
): Promise<readonly ContractServiceRow[]> {
  const known = new Set(lines.map((line) => line.id))
  const missing = units.filter((row) => !known.has(row.contractServiceID))
  if (missing.length === 0) return lines
  const contracts = [...new Set(missing.map((row) => toContractId(row.contractID)))]
  const again = await readLinesOfContracts(parts, contracts, options)
  const added = again.filter((line) => !known.has(line.id))
  const found = new Set(added.map((line) => line.id))
  const lost = missing.find((row) => !found.has(row.contractServiceID))
  if (lost !== undefined) {
    const problem = `units of line ${lost.contractServiceID} exist, the line does not`
    throw inconsistent({ entity: 'ContractServices' }, problem)
  }
  return [...lines, ...added]
}

/**
 * Posting ahead is normal: where the last period that was read is posted, the next open one lies behind it, and all that
 * do are read with one more question, for these lines only.
 */
async function readBehindPosted(
  client: Client,
  subjects: readonly UnitSubject[],
  rows: readonly ContractServiceUnitRow[],
  options: ReadOptions,
): Promise<readonly ContractServiceUnitRow[]> {
  const lines = linesPostedAhead(subjects, rows)
  const after = subjects.map(windowEnd).filter((end) => end !== null)
  if (lines.length === 0 || after.length === 0) return []
  const known = new Set(rows.map((row) => row.id))
  const later = await readLaterUnits(client, lines, after.reduce(earlierDay), options)
  return later.filter((row) => !known.has(row.id))
}

/**
 * Lines whose latest period is posted although their contract goes on behind it. A change in a posted period leaves an open
 * row beside the posted one: the period is posted all the same.
 */
function linesPostedAhead(
  subjects: readonly UnitSubject[],
  rows: readonly ContractServiceUnitRow[],
): readonly number[] {
  const contracts = new Map(subjects.map(({ id, contract }) => [id, contract]))
  const latest = new Map<number, Day>()
  const isBehind = new Map<number, boolean>()
  for (const row of rows) {
    const contract = contracts.get(row.contractID) ?? null
    const period = toUnitPeriod(row, contract)
    const known = latest.get(row.contractServiceID)
    if (known !== undefined && known > period.startDay) continue
    const isPosted = known === period.startDay && isBehind.get(row.contractServiceID) === true
    latest.set(row.contractServiceID, period.startDay)
    const goesOn = contract !== null && period.endDay < contract.endDay
    isBehind.set(row.contractServiceID, isPosted || (goesOn && period.postedDay !== null))
  }
  return [...isBehind].filter(([, behind]) => behind).map(([line]) => line)
}
