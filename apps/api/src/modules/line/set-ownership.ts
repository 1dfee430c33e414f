import type { ContractId, LineRecord, ServiceId } from '@trueup/core'
import type { Em } from '../../database/orm.ts'
import type { ActivityFacts } from '../audit/record-activity.ts'
import { LineRecordEntity } from '../journal/line-record.entity.ts'

/** Stops or resumes one line; what the journal knows of its units stays. Gives the activity, or nothing when it is so already. */
export async function setOwnership(
  em: Em,
  wish: {
    readonly integrationId: string
    readonly line: {
      readonly contract: ContractId
      readonly service: ServiceId
      readonly id: string
    }
    readonly ownership: Exclude<LineRecord['ownership'], 'UNDECIDED'>
    readonly occasion: { readonly at: Date; readonly actor: string }
  },
): Promise<ActivityFacts[]> {
  const { integrationId, line, ownership, occasion } = wish
  const before = ownership === 'STOPPED' ? 'OWNED' : 'STOPPED'
  const changed = await em.nativeUpdate(
    LineRecordEntity,
    {
      integrationId,
      contractExternalId: line.contract,
      serviceExternalId: line.service,
      ownership: before,
    },
    { ownership },
  )
  if (changed === 0) return []
  return [
    {
      ...occasion,
      action: ownership === 'STOPPED' ? 'LINE_STOPPED' : 'LINE_RESUMED',
      integrationId,
      subject: { kind: 'LINE', id: line.id, name: `${line.contract}/${line.service}` },
      before: { line: before },
      after: { line: ownership },
    },
  ]
}
