import { ArgsType, Field, ID, InputType, registerEnumType } from 'type-graphql'
import { PageArgs } from '../../graphql/page.input.ts'

@InputType('ContractFilter', { description: 'Which contracts. What is left out does not matter.' })
export class ContractFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Any part of the name, upper and lower case alike; `%` and `_` mean themselves.',
  })
  nameContains?: string | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'True: can be chosen today; false: those that cannot.',
  })
  available?: boolean | null
}

/** Orders of contracts. */
export const ContractSort = { NAME_ASC: 'NAME_ASC', NAME_DESC: 'NAME_DESC' } as const
registerEnumType(ContractSort, {
  name: 'ContractSort',
  description: 'Orders of contracts.',
  valuesConfig: {
    NAME_ASC: { description: 'By name, A first; case and accents do not count.' },
    NAME_DESC: { description: 'By name, Z first.' },
  },
})

@ArgsType()
export class ContractArgs extends PageArgs {
  @Field(() => ID, { description: 'Id of the integration.' })
  integrationId!: string

  @Field(() => ID, { nullable: true, description: 'Only those of this account.' })
  accountId?: string | null

  @Field(() => ContractFilter, { nullable: true, description: 'Which contracts.' })
  filter?: ContractFilter | null

  @Field(() => ContractSort, {
    nullable: true,
    defaultValue: ContractSort.NAME_ASC,
    description: 'Order of the rows; a cursor holds for one order only.',
  })
  sort?: keyof typeof ContractSort | null
}
