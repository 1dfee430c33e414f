import type {
  CountingBasis as CountingBasisName,
  DeviceCategory as DeviceCategoryName,
} from '@trueup/core'
import { Field, ID, InputType, Int } from 'type-graphql'
import { CountingBasis, DeviceCategory } from '../../graphql/billing-words.type.ts'

@InputType('CountingRuleInput', { description: 'How usage becomes billable units.' })
export class CountingRuleInput {
  @Field(() => CountingBasis, {
    defaultValue: CountingBasis.CURRENT,
    description: "Which of the period's readings counts.",
  })
  basis!: CountingBasisName

  @Field(() => Int, { defaultValue: 0, description: 'Units that are free.' })
  includedUnits!: number

  @Field(() => Int, { defaultValue: 0, description: 'Units billed at least while it is in use.' })
  minimumUnits!: number
}

@InputType('ServiceMappingInput', {
  description: 'What one application, or one category of it, is billed as from now on.',
})
export class ServiceMappingInput {
  @Field(() => ID, { description: 'Id of the application.' })
  applicationId!: string

  @Field(() => DeviceCategory, {
    nullable: true,
    description: 'For device applications while devices are billed by category; else null.',
  })
  category?: DeviceCategoryName | null

  @Field(() => Int, {
    nullable: true,
    description: 'The version of the mapping that is replaced; null when there was none.',
  })
  version?: number | null

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the service; null takes the mapping away.',
  })
  serviceId?: string | null

  @Field(() => CountingRuleInput, {
    nullable: true,
    description: 'Left out: the rule stays; for a new mapping, the newest reading as it is.',
  })
  counting?: CountingRuleInput | null
}
