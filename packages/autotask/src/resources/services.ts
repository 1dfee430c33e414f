import type { Clock, ReadOptions, Service } from '@trueup/core'
import { toService } from '../convert.ts'
import type { Client } from '../http/client.ts'
import { serviceRow } from '../wire.ts'
import { readRows } from './rows.ts'

/** The catalogue of services, remembered for a while: it is small, changes rarely, and every ledger needs it. */
export interface ServiceCatalogue {
  /** Asks Autotask. */
  read(options: ReadOptions): Promise<readonly Service[]>
  /** What was read within the last hour, else asks. */
  recent(options: ReadOptions): Promise<readonly Service[]>
}

/** Names, periods and prices older than this are read again. */
const CATALOGUE_AGE_MS = 60 * 60_000

/** An empty memory over `client`. */
export function createServiceCatalogue(client: Client, clock: Clock): ServiceCatalogue {
  let known: { readonly services: readonly Service[]; readonly readAtMs: number } | null = null

  async function read(options: ReadOptions): Promise<readonly Service[]> {
    const readAtMs = clock.nowMs()
    const services = await readServices(client, options)
    known = { services, readAtMs }
    return services
  }

  function recent(options: ReadOptions): Promise<readonly Service[]> {
    const isRecent = known !== null && clock.nowMs() - known.readAtMs < CATALOGUE_AGE_MS
    return known !== null && isRecent ? Promise.resolve(known.services) : read(options)
  }

  return { read, recent }
}

async function readServices(client: Client, options: ReadOptions): Promise<readonly Service[]> {
  const rows = await readRows(
    client,
    {
      entity: 'Services',
      row: serviceRow,
      filter: [{ op: 'gte', field: 'id', value: 0 }],
      isAsked: () => true,
      isEmptySurprising: true,
    },
    options,
  )
  return rows.map(toService)
}
