import type { DecimalText } from '@trueup/core'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { createConnectionType } from '../../graphql/connection.type.ts'
import { DecimalScalar } from '../../graphql/scalars.ts'

@ObjectType('Service', {
  description: "An item of Autotask's catalogue, with a price.",
  simpleResolvers: true,
})
export class ServiceType {
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

  @Field(() => Int, {
    nullable: true,
    description:
      'Length of the period its price is for: 1, 3, 6 or 12; null for one-time services.',
  })
  periodMonths!: number | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Catalogue price of one unit for one of its periods; null when unknown.',
  })
  unitPrice!: DecimalText | null
}

/** A page of services. */
export const ServiceConnection = createConnectionType('Service', () => ServiceType, {
  one: 'A service',
  many: 'services',
})
