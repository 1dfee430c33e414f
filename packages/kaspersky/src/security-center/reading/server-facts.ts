import { z } from 'zod'
import type { Session } from '../protocol/session.ts'
import { integer, rowOf, text } from './fields.ts'

/** What a server says about itself; `null` where it says nothing. */
export interface ServerFacts {
  readonly version: string | null
  /** The virtual server this session is signed in to; 0 for the physical server. */
  readonly virtualServerId: number | null
}

/** Reads the version and which server, main or virtual, the session belongs to. */
export async function readServerFacts(session: Session): Promise<ServerFacts> {
  const { PxgRetVal } = await session.call({
    operation: 'HostGroup.GetStaticInfo',
    arguments: {
      pValues: ['KLADMSRV_PRODUCT_FULL_VERSION', 'KLADMSRV_VSID'],
    },
    answer: z.object({ PxgRetVal: facts }),
  })
  return PxgRetVal
}

const facts = rowOf((fields): ServerFacts => ({
  version: text(fields, 'KLADMSRV_PRODUCT_FULL_VERSION'),
  virtualServerId: integer(fields, 'KLADMSRV_VSID'),
}))
