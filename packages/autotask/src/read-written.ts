import {
  earlierDay,
  laterDay,
  type Contract,
  type ContractId,
  type ContractLedger,
  type ContractService,
  type LedgerState,
  type LineId,
  type ReadOptions,
} from '@trueup/core'
import { toContractService, toNumber } from './convert.ts'
import type { ConnectionFacts } from './first-write/connection-facts.ts'
import type { Client } from './http/client.ts'
import { inGroups, MAXIMUM_OR_CONDITIONS } from './http/query.ts'
import { toUnitPeriods } from './read-ledger.ts'
import { readLinesById, readLinesOfServices } from './resources/contract-services.ts'
import { toUnitQuestions, type UnitSubject } from './resources/contract-units.ts'
import { readRows } from './resources/rows.ts'
import type { ContractServiceRow } from './wire.ts'

/** What was written, as the port names it. */
export type WrittenRequest = Parameters<ContractLedger['readWritten']>[0]
type WrittenLine = WrittenRequest['written'][number]

/**
 * What earlier readings told of contracts and lines. It only saves calls: a contract's start and period and a
 * line's contract and service never change in Autotask (facts: section 3.2).
 */
export interface LedgerMemory {
  readonly contracts: ReadonlyMap<ContractId, Contract>
  readonly lines: ReadonlyMap<LineId, ContractService>
}

/** What reading back works with. */
export interface WrittenParts {
  readonly client: Client
  readonly facts: ConnectionFacts
  readonly memory: LedgerMemory
}

/**
 * The lines just written with their units: one question for 500 known lines, one more for new ones. Of a line
 * whose effective day is told, the period of that day and the next one; of others all periods from `fromDay` on,
 * since a change whose row is not read would look as if it had not arrived.
 */
export async function readWritten(
  { client, facts, memory }: WrittenParts,
  { written, fromDay }: WrittenRequest,
  options: ReadOptions,
): Promise<Pick<LedgerState, 'lines' | 'unitPeriods'>> {
  const lines = await readWrittenLines(client, memory, written, options)
  const subjects = toSubjects(lines, memory, { written, fromDay })
  const questions = toUnitQuestions('contractServiceID', subjects)
  const rows = await Promise.all(
    questions.map((question) =>
      readRows(client, { ...question, isEmptySurprising: true }, options),
    ),
  )
  const periods = toUnitPeriods(rows.flat(), memory.contracts.values(), facts)
  return { lines, unitPeriods: periods.filter((period) => period.endDay >= fromDay) }
}

function toSubjects(
  lines: readonly ContractService[],
  memory: LedgerMemory,
  { written, fromDay }: WrittenRequest,
): readonly UnitSubject[] {
  const byLine = Map.groupBy(written, keyOf)
  return lines.map((line) => {
    const asLine = byLine.get(line.id) ?? []
    const asMade = byLine.get(keyOf({ ...line, line: null })) ?? []
    const days = [...asLine, ...asMade].map((one) => one.effectiveDay)
    const told = days.filter((day) => day !== undefined)
    const isTold = told.length === days.length && told.length > 0
    return {
      id: toNumber(line.id),
      contract: memory.contracts.get(line.contract) ?? null,
      fromDay: isTold ? told.reduce(earlierDay) : fromDay,
      lastDay: isTold ? told.reduce(laterDay) : null,
    }
  })
}

function keyOf({ contract, service, line }: WrittenLine): string {
  return line ?? `${contract} ${service}`
}

async function readWrittenLines(
  client: Client,
  memory: LedgerMemory,
  written: readonly WrittenLine[],
  options: ReadOptions,
): Promise<readonly ContractService[]> {
  const named = [...new Set(written.flatMap(({ line }) => line ?? []))]
  const remembered = named.flatMap((line) => memory.lines.get(line) ?? [])
  const forgotten = named.filter((line) => !memory.lines.has(line))
  const made = written.filter(({ line }) => line === null)
  const [byId, byService] = await Promise.all([
    readLinesById(client, forgotten, options),
    readMadeLines(client, made, options),
  ])
  const found = [...byId, ...byService].map(toContractService)
  return [...new Map([...remembered, ...found].map((line) => [line.id, line])).values()]
}

/** Lines of the contracts and services that had none; more than one where a contract carries a service twice. */
async function readMadeLines(
  client: Client,
  written: readonly WrittenLine[],
  options: ReadOptions,
): Promise<readonly ContractServiceRow[]> {
  const pairs = new Set(
    written.map(({ contract, service }) => `${toNumber(contract)} ${toNumber(service)}`),
  )
  const groups = await Promise.all(
    inGroups(written, MAXIMUM_OR_CONDITIONS / 2).map((group) =>
      readLinesOfServices(
        client,
        {
          contracts: [...new Set(group.map(({ contract }) => contract))],
          services: [...new Set(group.map(({ service }) => service))],
        },
        options,
      ),
    ),
  )
  return groups.flat().filter((row) => pairs.has(`${row.contractID} ${row.serviceID}`))
}
