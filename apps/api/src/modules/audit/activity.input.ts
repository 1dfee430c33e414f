import { ArgsType, Field, ID, InputType } from 'type-graphql'
import { PageArgs } from '../../graphql/page.input.ts'

@InputType('ActivityFilter', { description: 'Which activities. What is left out does not matter.' })
export class ActivityFilter {
  @Field(() => [String], { nullable: true, description: 'One of these actions.' })
  action?: string[] | null

  @Field(() => String, { nullable: true, description: 'Exactly this actor.' })
  actor?: string | null
}

@ArgsType()
export class ActivityArgs extends PageArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'Only those of this integration; left out: all of Trueup.',
  })
  integrationId?: string | null

  @Field(() => ActivityFilter, { nullable: true, description: 'Which activities.' })
  filter?: ActivityFilter | null
}
