import type { Day, DeviceCategory as DeviceCategoryName } from '@trueup/core'
import { Field, ID, ObjectType } from 'type-graphql'
import { DeviceCategory } from '../../graphql/billing-words.type.ts'
import { createConnectionType } from '../../graphql/connection.type.ts'
import { DayScalar } from '../../graphql/scalars.ts'
import { ApplicationType } from '../application/application.type.ts'
import { TenantType } from '../tenant/tenant.type.ts'
import { UsageCountType, UsageSnapshotType } from '../usage/usage.type.ts'
import type { UseChange as UseChangeName } from './device-use-filter.ts'
import { UseChange } from './evidence.input.ts'

@ObjectType('DeviceUse', {
  description: 'One device that uses one application: what a count is made of.',
  simpleResolvers: true,
})
export class DeviceUseType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => String, { description: 'The id the Kaspersky side knows the device by.' })
  deviceId!: string

  @Field(() => String, { description: 'Its name on the Kaspersky side.' })
  name!: string

  @Field(() => ApplicationType, { description: 'The application that it uses.' })
  application!: object

  @Field(() => DeviceCategory, {
    nullable: true,
    description: 'What it is billed as; null when its operating system is not known.',
  })
  category!: DeviceCategoryName | null

  @Field(() => String, { nullable: true, description: 'As the Kaspersky side names it.' })
  operatingSystem!: string | null

  @Field(() => [String], { description: 'Serials of the counted keys it uses.' })
  keys!: readonly string[]

  @Field(() => DayScalar, { description: 'Uses the application without a break since then.' })
  joinedDay!: Day

  @Field(() => DayScalar, { nullable: true, description: 'When it was seen to use it no more.' })
  leftDay!: Day | null

  @Field(() => UseChange, {
    nullable: true,
    description: 'What has become of it since; null when there is nothing to compare with.',
  })
  change!: UseChangeName | null
}

/** A page of uses. */
export const DeviceUseConnection = createConnectionType('DeviceUse', () => DeviceUseType, {
  one: 'A use',
  many: 'uses',
})

@ObjectType('UsageEvidence', {
  description: 'Which devices make the counts of one tenant in one reading.',
  simpleResolvers: true,
})
export class UsageEvidenceType {
  @Field(() => TenantType, { description: 'Whose devices they are.' })
  tenant!: object

  @Field(() => UsageSnapshotType, {
    description: "The tenant's newest complete reading up to the one asked for.",
  })
  snapshot!: object

  @Field(() => UsageSnapshotType, {
    nullable: true,
    description: 'The reading it is compared with; null when there is none.',
  })
  since!: object | null

  @Field(() => String, {
    nullable: true,
    description:
      'Why the reading asked for says nothing of this tenant, as a code; null when it does.',
  })
  incompleteBecause!: string | null

  @Field(() => [UsageCountType], { description: 'What the reading counted.' })
  counts!: object[]
}
