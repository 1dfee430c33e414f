import type { Day } from '@trueup/core'
import { Field, ID, InputType, Int } from 'type-graphql'
import { DayScalar } from '../../graphql/scalars.ts'

@InputType('BeginFirstWriteInput', {
  description: 'The line that a person chose, with exactly the numbers that were proposed.',
})
export class BeginFirstWriteInput {
  @Field(() => ID, { description: 'Id of the integration.' })
  integrationId!: string

  @Field(() => ID, { description: 'Id of a contract of it.' })
  contractId!: string

  @Field(() => ID, { description: "Autotask's id of the line." })
  lineId!: string

  @Field(() => DayScalar, { description: '`effectiveDay` of the proposal.' })
  effectiveDay!: Day

  @Field(() => Int, { description: '`units` of the proposal.' })
  units!: number
}
