import { ArgsType, Field, ID, InputType, registerEnumType } from 'type-graphql'
import { PageArgs } from '../../graphql/page.input.ts'

@InputType('ServiceFilter', { description: 'Which services. What is left out does not matter.' })
export class ServiceFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Any part of the name, upper and lower case alike; `%` and `_` mean themselves.',
  })
  nameContains?: string | null

  @Field(() => Boolean, { nullable: true, description: 'True: active in Autotask; false: not.' })
  active?: boolean | null
}

/** Orders of services. */
export const ServiceSort = { NAME_ASC: 'NAME_ASC', NAME_DESC: 'NAME_DESC' } as const
registerEnumType(ServiceSort, {
  name: 'ServiceSort',
  description: 'Orders of services.',
  valuesConfig: {
    NAME_ASC: { description: 'By name, A first; case and accents do not count.' },
    NAME_DESC: { description: 'By name, Z first.' },
  },
})

@ArgsType()
export class ServiceArgs extends PageArgs {
  @Field(() => ID, { description: 'Id of the integration.' })
  integrationId!: string

  @Field(() => ServiceFilter, { nullable: true, description: 'Which services.' })
  filter?: ServiceFilter | null

  @Field(() => ServiceSort, {
    nullable: true,
    defaultValue: ServiceSort.NAME_ASC,
    description: 'Order of the rows; a cursor holds for one order only.',
  })
  sort?: keyof typeof ServiceSort | null
}
