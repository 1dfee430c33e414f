import { z } from 'zod'
import type { Session } from '../protocol/session.ts'
import { flag, integer, text } from './fields.ts'

/** A virtual Administration Server: one customer. */
export interface VirtualServer {
  /** `KLVSRV_ID`; 0 stands for the physical server elsewhere. */
  readonly id: number
  /** `KLVSRV_UID`, which never changes. */
  readonly uid: string
  /** `KLVSRV_DN`, which people change. */
  readonly name: string
  readonly isEnabled: boolean
  readonly rootGroups: readonly number[]
}

const virtualServer = z
  .object({
    KLVSRV_ID: z.int().min(1),
    KLVSRV_UID: z.string().min(1),
    KLVSRV_DN: text,
    KLVSRV_ENABLED: flag,
    KLVSRV_GROUPS: integer,
    KLVSRV_SUPER: integer,
    KLVSRV_UNASSIGNED: integer,
  })
  .transform((row): VirtualServer => ({
    id: row.KLVSRV_ID,
    uid: row.KLVSRV_UID,
    name: row.KLVSRV_DN ?? row.KLVSRV_UID,
    isEnabled: row.KLVSRV_ENABLED ?? true,
    rootGroups: [row.KLVSRV_GROUPS, row.KLVSRV_SUPER, row.KLVSRV_UNASSIGNED].filter(
      (id) => id !== null,
    ),
  }))

/** Every virtual server of the whole Security Center. */
export async function readVirtualServers(session: Session): Promise<readonly VirtualServer[]> {
  const { PxgRetVal } = await session.call({
    operation: 'VServers.GetVServers',
    arguments: { lParentGroup: -1 },
    answer: z.object({ PxgRetVal: z.array(virtualServer) }),
  })
  return PxgRetVal
}

/**
 * Serials of the keys that the server's own statistics name for one virtual server; `null` where the answer
 * leaves them out.
 */
export async function readServerKeySerials(
  session: Session,
  serverId: number,
): Promise<readonly string[] | null> {
  const { PxgRetVal } = await session.call({
    operation: 'VServers2.GetVServerStatistic',
    arguments: { lVsId: serverId },
    answer: z.object({
      PxgRetVal: z.object({
        KLVSRV_LICENSES: z.array(z.object({ KLLIC_SERIAL: z.string().min(1) })).nullish(),
      }),
    }),
  })
  return PxgRetVal.KLVSRV_LICENSES?.map((key) => key.KLLIC_SERIAL) ?? null
}

/** What the server's statistics tell of one virtual server; `null` where they do not. */
export interface ServerStatistics {
  /** Devices that connected at least once. */
  readonly devices: number | null
  readonly usesCommercialKey: boolean | null
}

/** Statistics of all virtual servers, by id, in one call. */
export async function readAllServerStatistics(
  session: Session,
): Promise<ReadonlyMap<number, ServerStatistics>> {
  const detail = z.object({
    KLSRV_ST_VIRT_SERVER_ID: integer,
    KLSRV_ST_VSERVER_HOST_COUNT: integer,
    KLSRV_ST_VSERVER_COM_LIC_EXISTS: flag,
  })
  const { PxgRetVal } = await session.call({
    operation: 'HostGroup.GetInstanceStatistics',
    arguments: { vecFilterFields: ['KLSRV_ST_VIRT_SERVERS_DETAILS'] },
    answer: z.object({
      PxgRetVal: z.object({ KLSRV_ST_VIRT_SERVERS_DETAILS: z.array(detail).nullish() }),
    }),
  })
  const statistics = new Map<number, ServerStatistics>()
  for (const row of PxgRetVal.KLSRV_ST_VIRT_SERVERS_DETAILS ?? []) {
    if (row.KLSRV_ST_VIRT_SERVER_ID === null) continue
    statistics.set(row.KLSRV_ST_VIRT_SERVER_ID, {
      devices: row.KLSRV_ST_VSERVER_HOST_COUNT,
      usesCommercialKey: row.KLSRV_ST_VSERVER_COM_LIC_EXISTS,
    })
  }
  return statistics
}
