import type { Day, UsageUnit as UsageUnitName } from '@trueup/core'
import { Field, InputType, Int } from 'type-graphql'
import { UsageUnit } from '../../graphql/billing-words.type.ts'
import { DayScalar } from '../../graphql/scalars.ts'

@InputType('CategoryUnitsInput', { description: 'Devices by category; together the quantity.' })
export class CategoryUnitsInput {
  @Field(() => Int, { defaultValue: 0, description: 'Windows workstations.' })
  windowsWorkstations!: number

  @Field(() => Int, { defaultValue: 0, description: 'Windows servers.' })
  windowsServers!: number

  @Field(() => Int, { defaultValue: 0, description: 'Everything that is not Windows.' })
  nonWindows!: number

  @Field(() => Int, { defaultValue: 0, description: 'Operating system not known.' })
  unknown!: number
}

@InputType('ReportedApplicationInput', { description: 'What a workspace uses of an application.' })
export class ReportedApplicationInput {
  @Field(() => String, { description: 'Name of the application, always the same.' })
  application!: string

  @Field(() => UsageUnit, { description: 'What is counted.' })
  unit!: UsageUnitName

  @Field(() => Int, { description: 'How many, 0 or more.' })
  quantity!: number

  @Field(() => CategoryUnitsInput, {
    nullable: true,
    description: 'Devices by category; left out for users and mailboxes.',
  })
  byCategory?: CategoryUnitsInput | null

  @Field(() => [String], {
    defaultValue: [],
    description: 'Ids of the licences that were counted.',
  })
  keys!: string[]
}

@InputType('ReportedTenantInput', { description: 'One workspace with everything it uses.' })
export class ReportedTenantInput {
  @Field(() => String, { description: 'Its id at the source, which survives renaming.' })
  externalId!: string

  @Field(() => String, { description: 'Its name.' })
  name!: string

  @Field(() => [ReportedApplicationInput], {
    defaultValue: [],
    description: 'Its applications; one that is left out is not used, and its units go to zero.',
  })
  applications!: ReportedApplicationInput[]

  @Field(() => String, {
    nullable: true,
    description:
      'A code in UPPER_SNAKE when it could not be read completely. Then it has no applications and keeps its units.',
  })
  incompleteReason?: string | null
}

@InputType('ReportUsageInput', { description: 'A complete snapshot of all workspaces.' })
export class ReportUsageInput {
  @Field(() => String, {
    description:
      'Names this snapshot, 1 to 200 characters. Sent again with the same content it is the same snapshot.',
  })
  clientKey!: string

  @Field(() => DayScalar, { nullable: true, description: 'The day it is of; null: today.' })
  usageDay?: Day | null

  @Field(() => [ReportedTenantInput], {
    description: 'Every workspace; one that is left out has vanished and is no longer billed.',
  })
  tenants!: ReportedTenantInput[]

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Known workspaces that are left out are gone, however many they are.',
  })
  acceptMissing!: boolean
}
