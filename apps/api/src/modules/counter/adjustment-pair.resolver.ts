import type { LineRecord } from '@trueup/core'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import type { AdjustmentRow } from '../adjustment/adjustment.entity.ts'
import { AdjustmentType } from '../adjustment/adjustment.type.ts'
import { LineOwnership } from '../line/open-line.type.ts'

/** What take-backs add to an adjustment: its other half, both ways. */
@Resolver(() => AdjustmentType)
export class AdjustmentPairResolver {
  @FieldResolver(() => AdjustmentType, {
    nullable: true,
    description: 'The confirmed adjustment that this one takes back; null for ordinary ones.',
  })
  takesBack(
    @Root() { takesBackId }: AdjustmentRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<AdjustmentRow | null> | null {
    return typeof takesBackId === 'string' ? loaders.adjustment.load(takesBackId) : null
  }

  @FieldResolver(() => AdjustmentType, {
    nullable: true,
    description:
      'The adjustment that takes this one back: proved, on its way or in doubt. Null while there is none; then it can be taken back when it is confirmed.',
  })
  takenBackBy(
    @Root() { id }: AdjustmentRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<AdjustmentRow | null> {
    return loaders.takeBackOf.load(id)
  }

  @FieldResolver(() => LineOwnership, { description: "Who decides the line's units now." })
  async lineOwnership(
    @Root() { integrationId, planned }: AdjustmentRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<LineRecord['ownership']> {
    const key = [integrationId, planned.contract, planned.service].join('/')
    return (await loaders.lineRecord.load(key))?.ownership ?? 'UNDECIDED'
  }
}
