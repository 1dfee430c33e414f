import type { ContractId, LineId, ReadOptions, ServiceId } from '@trueup/core'
import { toNumber } from '../convert.ts'
import type { Client } from '../http/client.ts'
import { inGroups, MAXIMUM_OR_CONDITIONS, PAGE_ROWS, type Filter } from '../http/query.ts'
import { contractServiceRow, type ContractServiceRow } from '../wire.ts'
import { inFilledGroups, rememberRows } from './filled-groups.ts'
import { readRows } from './rows.ts'

/**
 * One contract fewer than a page has rows: contracts with equally many lines then do not end on a full page,
 * which would cost a closing one.
 */
const CONTRACTS_AT_ONCE = PAGE_ROWS - 1

/** Every line of these contracts. `known` says how many each had; it is learned anew. */
export async function readLinesOfContracts(
  { client, known }: { readonly client: Client; readonly known: Map<number, number> },
  contracts: readonly ContractId[],
  options: ReadOptions,
): Promise<readonly ContractServiceRow[]> {
  const ids = contracts.map(toNumber)
  const groups = await Promise.all(
    inFilledGroups(ids, CONTRACTS_AT_ONCE, (id) => known.get(id)).map((wanted) => {
      const filter: Filter[] = [{ op: 'in', field: 'contractID', value: wanted }]
      return readLines(client, filter, new Set(wanted), options)
    }),
  )
  const rows = groups.flat()
  rememberRows(known, ids, rows)
  return rows
}

/**
 * The lines of these services on these contracts, each of at most 250. Lines of another pair of the two lists
 * come with them; the caller drops those.
 */
export function readLinesOfServices(
  client: Client,
  pairs: { readonly contracts: readonly ContractId[]; readonly services: readonly ServiceId[] },
  options: ReadOptions,
): Promise<readonly ContractServiceRow[]> {
  const wanted = pairs.contracts.map(toNumber)
  const filter: Filter[] = [
    { op: 'in', field: 'contractID', value: wanted },
    { op: 'in', field: 'serviceID', value: pairs.services.map(toNumber) },
  ]
  return readLines(client, filter, new Set(wanted), options)
}

/** The lines of these ids. */
export async function readLinesById(
  client: Client,
  ids: readonly LineId[],
  options: ReadOptions,
): Promise<readonly ContractServiceRow[]> {
  const groups = await Promise.all(
    inGroups(ids.map(toNumber), MAXIMUM_OR_CONDITIONS).map((group) => {
      const wanted = new Set(group)
      return readRows(
        client,
        {
          entity: 'ContractServices',
          row: contractServiceRow,
          filter: [{ op: 'in', field: 'id', value: group }],
          mostRows: group.length,
          isAsked: (row) => wanted.has(row.id),
          isEmptySurprising: true,
        },
        options,
      )
    }),
  )
  return groups.flat()
}

function readLines(
  client: Client,
  filter: readonly Filter[],
  wanted: ReadonlySet<number>,
  options: ReadOptions,
): Promise<readonly ContractServiceRow[]> {
  return readRows(
    client,
    {
      entity: 'ContractServices',
      row: contractServiceRow,
      filter,
      isAsked: (row) => wanted.has(row.contractID),
      isEmptySurprising: true,
    },
    options,
  )
}
