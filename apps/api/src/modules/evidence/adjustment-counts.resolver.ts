import type { DeviceCategory as DeviceCategoryName } from '@trueup/core'
import { Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql'
import { DeviceCategory } from '../../graphql/billing-words.type.ts'
import type { AdjustmentRow } from '../adjustment/adjustment.entity.ts'
import { AdjustmentType } from '../adjustment/adjustment.type.ts'

@ObjectType('AdjustmentCount', {
  description: "One mapping's part of an adjustment's units, as it was counted.",
  simpleResolvers: true,
})
class AdjustmentCountType {
  @Field(() => String, { description: 'Name of the application.' })
  application!: string

  @Field(() => DeviceCategory, {
    nullable: true,
    description: 'Only devices of this category; null: the whole application.',
  })
  category!: DeviceCategoryName | null

  @Field(() => [ID], { description: 'The readings the number comes from, oldest first.' })
  snapshotIds!: readonly string[]

  @Field(() => Int, { description: 'Units as they were read, before the counting rule.' })
  counted!: number

  @Field(() => Int, { description: 'How many of them are excluded.' })
  excluded!: number

  @Field(() => Int, { description: 'What is billed of it after the counting rule.' })
  billable!: number
}

/** What an adjustment's units are made of, so that the devices behind them can be found. */
@Resolver(() => AdjustmentType)
export class AdjustmentCountsResolver {
  @FieldResolver(() => [AdjustmentCountType], {
    description:
      "The counts behind it; the devices are in the tenant's evidence of these readings.",
  })
  counts(@Root() { planned }: AdjustmentRow): AdjustmentCountType[] {
    return [...planned.explanation.counts]
  }
}
