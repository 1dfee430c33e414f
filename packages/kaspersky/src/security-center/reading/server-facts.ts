import { z } from 'zod'
import type { Session } from '../protocol/session.ts'
import { flag, integer, text } from './fields.ts'

/** What a server says about itself; `null` where it says nothing. */
export interface ServerFacts {
  readonly version: string | null
  readonly isLinux: boolean | null
  /** The virtual server this session is signed in to; 0 for the physical server. */
  readonly virtualServerId: number | null
}

/** Reads the version and which server, main or virtual, the session belongs to. */
export async function readServerFacts(session: Session): Promise<ServerFacts> {
  const { PxgRetVal } = await session.call({
    operation: 'HostGroup.GetStaticInfo',
    arguments: {
      pValues: ['KLADMSRV_PRODUCT_FULL_VERSION', 'KLADMSRV_LINUX_EDITION', 'KLADMSRV_VSID'],
    },
    answer: z.object({
      PxgRetVal: z.object({
        KLADMSRV_PRODUCT_FULL_VERSION: text,
        KLADMSRV_LINUX_EDITION: flag,
        KLADMSRV_VSID: integer,
      }),
    }),
  })
  return {
    version: PxgRetVal.KLADMSRV_PRODUCT_FULL_VERSION,
    isLinux: PxgRetVal.KLADMSRV_LINUX_EDITION,
    virtualServerId: PxgRetVal.KLADMSRV_VSID,
  }
}
