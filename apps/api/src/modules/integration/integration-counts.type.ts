import { Field, Int, ObjectType } from 'type-graphql'

/** Each number is counted when it is asked for. */
@ObjectType('IntegrationCounts', { description: 'How many there are of what in one integration.' })
export class IntegrationCountsType {
  /** Whose counts; not part of the schema. */
  integrationId!: string

  @Field(() => Int, { description: 'Tenants that the Kaspersky side lists.' })
  tenants!: number

  @Field(() => Int, { description: 'Tenants that have an account.' })
  tenantsMapped!: number

  @Field(() => Int, { description: 'Tenants whose billing is on.' })
  tenantsBilled!: number

  @Field(() => Int, { description: 'Accounts that Autotask lists.' })
  accounts!: number

  @Field(() => Int, { description: 'Applications that some reading has shown.' })
  applications!: number

  @Field(() => Int, { description: 'Applications without any service.' })
  applicationsUnmapped!: number
}
