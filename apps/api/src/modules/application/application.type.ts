import type { DecimalText, UsageUnit as UsageUnitName } from '@trueup/core'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { UsageUnit } from '../../graphql/billing-words.type.ts'
import { CategoryCountType } from '../../graphql/category-count.type.ts'
import { DecimalScalar } from '../../graphql/scalars.ts'

@ObjectType('Application', { description: 'A licensed Kaspersky security application.' })
export class ApplicationType {
  @Field(() => ID, { description: 'Id.', simple: true })
  id!: string

  @Field(() => String, { description: 'Its name as the usage source reports it.', simple: true })
  name!: string

  @Field(() => UsageUnit, { description: 'What one unit of it is.', simple: true })
  unit!: UsageUnitName

  @Field(() => Boolean, {
    description: 'True when it is counted by device and can be billed by category.',
  })
  canSplit!: boolean

  @Field(() => Int, {
    description: 'Units of the newest complete readings over all tenants whose billing is on.',
  })
  unitsInUse!: number

  @Field(() => [CategoryCountType], { description: 'The same by device category.' })
  unitsByCategory!: CategoryCountType[]

  @Field(() => Int, {
    description: 'Units in use at tenants whose billing is on that no mapping bills.',
  })
  unmappedUnits!: number

  @Field(() => DecimalScalar, {
    nullable: true,
    description: "What they would cost a month at the proposed service's price; null without one.",
  })
  revenueAtRiskPerMonth!: DecimalText | null
}
