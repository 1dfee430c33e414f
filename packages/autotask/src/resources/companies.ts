import type { AccountId, AccountListing, ReadOptions } from '@trueup/core'
import { toAccount, toNumber } from '../convert.ts'
import type { Client } from '../http/client.ts'
import { inGroups, MAXIMUM_OR_CONDITIONS } from '../http/query.ts'
import { companyRow } from '../wire.ts'
import { readRows } from './rows.ts'

/** Every active company, id 0 (the provider itself) included. */
export async function readActiveAccounts(
  client: Client,
  options: ReadOptions,
): Promise<readonly AccountListing[]> {
  const rows = await readRows(
    client,
    {
      entity: 'Companies',
      row: companyRow,
      filter: [
        { op: 'gte', field: 'id', value: 0 },
        { op: 'eq', field: 'isActive', value: true },
      ],
      isAsked: (row) => row.isActive !== false,
      isEmptySurprising: true,
    },
    options,
  )
  return rows.map(toAccount)
}

/** The companies of these ids, active or not; those that Autotask does not show are missing. */
export async function readAccounts(
  client: Client,
  ids: readonly AccountId[],
  options: ReadOptions,
): Promise<readonly AccountListing[]> {
  const groups = await Promise.all(
    inGroups(ids.map(toNumber), MAXIMUM_OR_CONDITIONS).map((group) =>
      readRows(
        client,
        {
          entity: 'Companies',
          row: companyRow,
          filter: [{ op: 'in', field: 'id', value: group }],
          mostRows: group.length,
          isAsked: (row) => group.includes(row.id),
          isEmptySurprising: false,
        },
        options,
      ),
    ),
  )
  return groups.flat().map(toAccount)
}
