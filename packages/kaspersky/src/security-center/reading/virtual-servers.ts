import { z } from 'zod'
import type { Session } from '../protocol/session.ts'
import { flag, integer, requiredInteger, requiredText, rowOf, text } from './fields.ts'

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

const virtualServer = rowOf((fields): VirtualServer => {
  const uid = requiredText(fields, 'KLVSRV_UID')
  const roots = ['KLVSRV_GROUPS', 'KLVSRV_SUPER', 'KLVSRV_UNASSIGNED']
  return {
    id: requiredInteger(fields, 'KLVSRV_ID'),
    uid,
    name: text(fields, 'KLVSRV_DN') ?? uid,
    isEnabled: flag(fields, 'KLVSRV_ENABLED') ?? true,
    rootGroups: roots.map((field) => integer(fields, field)).filter((id) => id !== null),
  }
})

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
        KLVSRV_LICENSES: z.array(licence).nullish(),
      }),
    }),
  })
  return PxgRetVal.KLVSRV_LICENSES ?? null
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
  const { PxgRetVal } = await session.call({
    operation: 'HostGroup.GetInstanceStatistics',
    arguments: { vecFilterFields: ['KLSRV_ST_VIRT_SERVERS_DETAILS'] },
    answer: z.object({
      PxgRetVal: z.object({ KLSRV_ST_VIRT_SERVERS_DETAILS: z.array(detail).nullish() }),
    }),
  })
  return new Map(PxgRetVal.KLSRV_ST_VIRT_SERVERS_DETAILS ?? [])
}

const licence = rowOf((fields) => requiredText(fields, 'KLLIC_SERIAL'))

const detail = rowOf((fields): [serverId: number, statistics: ServerStatistics] => [
  requiredInteger(fields, 'KLSRV_ST_VIRT_SERVER_ID'),
  {
    devices: integer(fields, 'KLSRV_ST_VSERVER_HOST_COUNT'),
    usesCommercialKey: flag(fields, 'KLSRV_ST_VSERVER_COM_LIC_EXISTS'),
  },
])
