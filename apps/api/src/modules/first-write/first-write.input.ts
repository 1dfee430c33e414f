import type { Day } from '@trueup/core'
import { Field, ID, InputType, Int } from 'type-graphql'
import { DayScalar } from '../../graphql/scalars.ts'

@InputType('BeginFirstWriteInput', {
  description: 'The line that a person chose, with exactly the numbers that were proposed.',
})
export class BeginFirstWriteInput {
  @Field(() => ID, { description: 'The integration.' })
  integrationId!: string

  @Field(() => ID, { description: 'A contract of it, by our id.' })
  contractId!: string

  @Field(() => ID, { description: "Autotask's id of the line." })
  lineId!: string

  @Field(() => DayScalar, { description: 'As proposed.' })
  effectiveDay!: Day

  @Field(() => Int, { description: 'As proposed.' })
  units!: number
}
