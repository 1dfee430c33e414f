import type { Subject } from '@trueup/core'
import { Field, ID, ObjectType } from 'type-graphql'
import { createConnectionType } from '../../graphql/connection.type.ts'
import { SubjectType } from '../../graphql/problem.type.ts'
import { DateTimeScalar } from '../../graphql/scalars.ts'

@ObjectType('Activity', {
  description: 'One change: who, when, from what to what. Never changed or deleted.',
  simpleResolvers: true,
})
export class ActivityType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => DateTimeScalar, { description: 'When it was done.' })
  at!: Date

  @Field(() => String, {
    description: 'Who: a user name, `token` and its name, `schedule`, or `migration`.',
  })
  actor!: string

  @Field(() => String, {
    description: 'What was done, UPPER_SNAKE, for example `ACCOUNT_MAPPING_CHANGED`.',
  })
  action!: string

  @Field(() => SubjectType, { description: 'What it was done to.' })
  subject!: Subject

  @Field(() => String, {
    nullable: true,
    description: 'What it was, as JSON; null when there was nothing.',
  })
  before!: string | null

  @Field(() => String, {
    nullable: true,
    description: 'What it became, as JSON; null when there is nothing.',
  })
  after!: string | null
}

/** A page of activities. */
export const ActivityConnection = createConnectionType('Activity', () => ActivityType, {
  one: 'An activity',
  many: 'activities',
})
