import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import type { AdjustmentRow } from './adjustment.entity.ts'
import { AdjustmentsResultType } from './adjustment.type.ts'
import { BillingRunEntity, type BillingRunRow } from '../run/billing-run.entity.ts'
import { BillingRunType } from '../run/run.type.ts'

/** What a decision changes beside the adjustments themselves. */
@Resolver(() => AdjustmentsResultType)
export class AdjustmentsResultResolver {
  @FieldResolver(() => BillingRunType, {
    nullable: true,
    description: 'The run that planned the first of them, as it is now; null when refused.',
  })
  async run(
    @Root() result: { readonly adjustments: readonly AdjustmentRow[] | null },
    @Ctx() { em }: RequestContext,
  ): Promise<BillingRunRow | null> {
    const [first] = result.adjustments ?? []
    return first === undefined
      ? null
      : em.findOneOrFail(BillingRunEntity, { id: first.run.id }, { refresh: true })
  }
}
