import type { Day, UsageUnit as UsageUnitName } from '@trueup/core'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { UsageUnit } from '../../graphql/billing-words.type.ts'
import { CategoryCountType } from '../../graphql/category-count.type.ts'
import { createConnectionType } from '../../graphql/connection.type.ts'
import { DateTimeScalar, DayScalar } from '../../graphql/scalars.ts'
import { ApplicationType } from '../application/application.type.ts'
import { TenantType } from '../tenant/tenant.type.ts'

@ObjectType('UsageCount', {
  description: 'Distinct devices, users or mailboxes of one application.',
  simpleResolvers: true,
})
export class UsageCountType {
  @Field(() => ApplicationType, { description: 'What is used.' })
  application!: object

  @Field(() => UsageUnit, { description: 'What one unit is.' })
  unit!: UsageUnitName

  @Field(() => Int, { description: 'How many of that unit are in use, 0 or more.' })
  quantity!: number

  @Field(() => [CategoryCountType], {
    description: 'By device category, together `quantity`; empty for users and mailboxes.',
  })
  byCategory!: CategoryCountType[]

  @Field(() => [String], { description: 'Serials of the keys that were counted, in order.' })
  keys!: readonly string[]
}

@ObjectType('TenantUsageCount', {
  description: 'What one tenant used in one snapshot.',
  simpleResolvers: true,
})
export class TenantUsageCountType {
  @Field(() => TenantType, { description: 'Whose usage it is.' })
  tenant!: object

  @Field(() => Boolean, {
    description: 'False when it could not be read completely: then nothing is billed by it.',
  })
  complete!: boolean

  @Field(() => String, { nullable: true, description: 'Why not, as a code, when incomplete.' })
  reason!: string | null

  @Field(() => [UsageCountType], {
    description: 'Its counts; an application that is missing from a complete reading is not used.',
  })
  counts!: object[]
}

@ObjectType('UsageSnapshot', {
  description: 'One reading of a Kaspersky source at an instant. Never changed.',
  simpleResolvers: true,
})
export class UsageSnapshotType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => DateTimeScalar, { description: 'When it was read.' })
  takenAt!: Date

  @Field(() => DayScalar, { description: 'The day it counts for.' })
  usageDay!: Day

  @Field(() => Int, { description: 'Tenants that were read completely.' })
  tenantsComplete!: number

  @Field(() => Int, { description: 'Tenants that were not, and are left alone.' })
  tenantsIncomplete!: number
}

/** A page of snapshots. */
export const UsageSnapshotConnection = createConnectionType(
  'UsageSnapshot',
  () => UsageSnapshotType,
  { one: 'A snapshot', many: 'snapshots' },
)
