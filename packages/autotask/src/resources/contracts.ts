import {
  VendorError,
  type Contract,
  type ContractId,
  type Day,
  type ReadOptions,
} from '@trueup/core'
import { linkRenewals, toNumber } from '../convert.ts'
import type { Client } from '../http/client.ts'
import { inGroups, MAXIMUM_OR_CONDITIONS } from '../http/query.ts'
import { contractRow, type ContractRow } from '../wire.ts'
import { readRows } from './rows.ts'

/** Every contract of every type and status: what cannot be chosen is shown with the reason. */
export async function readAllContracts(
  client: Client,
  options: ReadOptions,
): Promise<readonly Contract[]> {
  const rows = await readRows(
    client,
    {
      entity: 'Contracts',
      row: contractRow,
      filter: [{ op: 'gte', field: 'id', value: 0 }],
      isAsked: () => true,
      isEmptySurprising: true,
    },
    options,
  )
  return linkRenewals(rows)
}

/**
 * The contracts of these ids; those that Autotask does not show are missing. For contracts that ended before
 * `endedBefore` and name no successor, one more question looks for contracts that name them instead.
 */
export async function readContracts(
  client: Client,
  request: { readonly ids: readonly ContractId[]; readonly endedBefore: Day },
  options: ReadOptions,
): Promise<readonly Contract[]> {
  const rows = await readRowsBy(client, 'id', request.ids.map(toNumber), options)
  const orphans = rows.filter(
    (row) => row.endDate < request.endedBefore && !isPositive(row.renewedContractID),
  )
  const renewals = await readRenewals(client, orphans, options)
  return linkRenewals([...rows, ...renewals]).slice(0, rows.length)
}

/** Successors are a proposal: where Autotask does not let this field be asked for, there is none. */
async function readRenewals(
  client: Client,
  ended: readonly ContractRow[],
  options: ReadOptions,
): Promise<readonly ContractRow[]> {
  try {
    const ids = ended.map((row) => row.id)
    return await readRowsBy(client, 'renewedContractID', ids, options)
  } catch (error) {
    if (error instanceof VendorError && error.code === 'AUTOTASK_REFUSED') return []
    throw error
  }
}

async function readRowsBy(
  client: Client,
  field: 'id' | 'renewedContractID',
  values: readonly number[],
  options: ReadOptions,
): Promise<readonly ContractRow[]> {
  const groups = await Promise.all(
    inGroups(values, MAXIMUM_OR_CONDITIONS).map((group) => {
      const wanted = new Set(group)
      return readRows(
        client,
        {
          entity: 'Contracts',
          row: contractRow,
          filter: [{ op: 'in', field, value: group }],
          ...(field === 'id' ? { mostRows: group.length } : {}),
          isAsked: (row) => wanted.has(row[field] ?? -1),
          isEmptySurprising: field === 'id',
        },
        options,
      )
    }),
  )
  return groups.flat()
}

function isPositive(id: number | null | undefined): boolean {
  return typeof id === 'number' && id > 0
}
