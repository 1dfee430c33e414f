import { ArgsType, Field, ID, InputType, registerEnumType } from 'type-graphql'
import { PageArgs } from '../../graphql/page.input.ts'

@InputType('TenantFilter', { description: 'Which tenants. What is left out does not matter.' })
export class TenantFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Any part of the name, upper and lower case alike; `%` and `_` mean themselves.',
  })
  nameContains?: string | null

  @Field(() => Boolean, { nullable: true, description: 'True: has an account; false: has none.' })
  mapped?: boolean | null

  @Field(() => Boolean, { nullable: true, description: 'True: billing is on; false: off.' })
  billingEnabled?: boolean | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: the Kaspersky side lists it; false: it has vanished there.',
  })
  present?: boolean | null
}

/** Orders of tenants. */
export const TenantSort = { NAME_ASC: 'NAME_ASC', NAME_DESC: 'NAME_DESC' } as const
registerEnumType(TenantSort, {
  name: 'TenantSort',
  description: 'Orders of tenants.',
  valuesConfig: {
    NAME_ASC: { description: 'By name, A first; case and accents do not count.' },
    NAME_DESC: { description: 'By name, Z first.' },
  },
})

@ArgsType()
export class TenantArgs extends PageArgs {
  @Field(() => ID, { description: 'Id of the integration.' })
  integrationId!: string

  @Field(() => TenantFilter, { nullable: true, description: 'Which tenants.' })
  filter?: TenantFilter | null

  @Field(() => TenantSort, {
    nullable: true,
    defaultValue: TenantSort.NAME_ASC,
    description: 'Order of the rows; a cursor holds for one order only.',
  })
  sort?: keyof typeof TenantSort | null
}
