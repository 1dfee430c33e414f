import type {
  CountingBasis as CountingBasisName,
  DeviceCategory as DeviceCategoryName,
} from '@trueup/core'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { CountingBasis, DeviceCategory } from '../../graphql/billing-words.type.ts'
import { ProblemType } from '../../graphql/problem.type.ts'

@ObjectType('CountingRule', {
  description: 'How usage becomes billable units.',
  simpleResolvers: true,
})
export class CountingRuleType {
  @Field(() => CountingBasis, { description: "Which of the period's readings counts." })
  basis!: CountingBasisName

  @Field(() => Int, { description: 'Units that are free; subtracted, never below zero.' })
  includedUnits!: number

  @Field(() => Int, {
    description: 'Units billed at least while the application is in use at all.',
  })
  minimumUnits!: number
}

@ObjectType('ServiceMapping', {
  description: 'Application, and category when devices are billed by category, to service.',
  simpleResolvers: true,
})
export class ServiceMappingType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => Int, { description: 'Goes up with every change; send it back when saving.' })
  version!: number

  @Field(() => DeviceCategory, { nullable: true, description: 'Null: the whole application.' })
  category!: DeviceCategoryName | null

  @Field(() => CountingRuleType, { description: 'How usage becomes billable units.' })
  counting!: CountingRuleType
}

@ObjectType('SaveServiceMappingsResult', {
  description: 'The mappings as they are now, or why nothing was stored.',
  simpleResolvers: true,
})
export class SaveServiceMappingsResultType {
  @Field(() => [ServiceMappingType], {
    nullable: true,
    description: 'Every mapping of the integration that bills; null when nothing was stored.',
  })
  mappings!: object[] | null

  @Field(() => [ProblemType], {
    description:
      "Every fault of every row at once. Facts: `row` counts from 0, `field` names the input field, `applicationId` the row's application.",
  })
  problems!: ProblemType[]
}
