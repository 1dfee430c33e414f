import type { GroupFacts } from '../counting/group-tree.ts'
import { readChunks } from '../protocol/rows.ts'
import type { Session } from '../protocol/session.ts'
import { integer, requiredInteger, rowOf } from './fields.ts'

const group = rowOf((fields): GroupFacts => ({
  id: requiredInteger(fields, 'id'),
  parentId: integer(fields, 'parentId'),
  serverId: integer(fields, 'KLVSRV_ID'),
}))

/** Every group of the whole hierarchy. */
export function readGroups(session: Session, pageSize: number): Promise<readonly GroupFacts[]> {
  return readChunks(session, {
    operation: 'HostGroup.FindGroups',
    arguments: {
      wstrFilter: '',
      vecFieldsToReturn: ['id', 'parentId', 'KLVSRV_ID', 'KLVSRV_DN'],
      vecFieldsToOrder: [],
      pParams: { KLGRP_FIND_FROM_CUR_VS_ONLY: false },
      lMaxLifeTime: RESULT_LIFETIME_SECONDS,
    },
    row: group,
    pageSize,
  })
}

/** How long a result set is asked to live; far longer than reading it takes, far shorter than the 7,200 allowed. */
export const RESULT_LIFETIME_SECONDS = 1_800
