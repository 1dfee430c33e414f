import type { DecimalText, UsageUnit as UsageUnitName } from '@trueup/core'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { UsageUnit } from '../../graphql/billing-words.type.ts'
import { CategoryCountType } from '../../graphql/category-count.type.ts'
import { DecimalScalar } from '../../graphql/scalars.ts'

@ObjectType('Application', {
  description: 'A licensed Kaspersky security application that some reading has shown.',
  simpleResolvers: true,
})
export class ApplicationType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => String, { description: 'Its name as Kaspersky writes it.' })
  name!: string

  @Field(() => UsageUnit, { description: 'What one unit of it is.' })
  unit!: UsageUnitName

  @Field(() => Boolean, {
    description: 'True when it is counted by device and can be billed by category.',
  })
  canSplit!: boolean

  @Field(() => Int, {
    description: 'Units of the newest readings over all tenants that are billed.',
  })
  unitsInUse!: number

  @Field(() => [CategoryCountType], {
    description: 'The same by device category; empty for users and mailboxes.',
  })
  unitsByCategory!: CategoryCountType[]

  @Field(() => Int, {
    description:
      'Units in use at tenants with billing on that are not billed for want of a mapping.',
  })
  unmappedUnits!: number

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "What they would cost a month at the proposed service's price; null without one.",
  })
  revenueAtRiskPerMonth!: DecimalText | null
}
