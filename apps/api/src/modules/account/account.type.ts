import { Field, ID, ObjectType } from 'type-graphql'
import { createConnectionType } from '../../graphql/connection.type.ts'

@ObjectType('AutotaskAccount', {
  description: 'The customer in Autotask (its API says Company).',
  simpleResolvers: true,
})
export class AutotaskAccountType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => String, { description: "Autotask's own id." })
  externalId!: string

  @Field(() => String, { description: 'Its name in Autotask.' })
  name!: string

  @Field(() => Boolean, {
    description: 'False when Autotask has set it inactive or no longer lists it.',
  })
  isActive!: boolean

  @Field(() => String, {
    nullable: true,
    description: 'Its page in Autotask; null until a connection test has shown the zone.',
  })
  webUrl!: string | null
}

/** A page of accounts. */
export const AutotaskAccountConnection = createConnectionType(
  'AutotaskAccount',
  () => AutotaskAccountType,
  { one: 'An account', many: 'accounts' },
)
