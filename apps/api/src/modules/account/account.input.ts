import { ArgsType, Field, ID, InputType, registerEnumType } from 'type-graphql'
import { PageArgs } from '../../graphql/page.input.ts'

@InputType('AutotaskAccountFilter', {
  description: 'Which accounts. What is left out does not matter.',
})
export class AutotaskAccountFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Any part of the name, upper and lower case alike; `%` and `_` mean themselves.',
  })
  nameContains?: string | null

  @Field(() => Boolean, { nullable: true, description: 'True: held by a tenant; false: free.' })
  taken?: boolean | null

  @Field(() => Boolean, { nullable: true, description: 'True: active in Autotask; false: not.' })
  active?: boolean | null
}

/** Orders of accounts. */
export const AutotaskAccountSort = { NAME_ASC: 'NAME_ASC', NAME_DESC: 'NAME_DESC' } as const
registerEnumType(AutotaskAccountSort, {
  name: 'AutotaskAccountSort',
  description: 'Orders of accounts.',
  valuesConfig: {
    NAME_ASC: { description: 'By name, A first; case and accents do not count.' },
    NAME_DESC: { description: 'By name, Z first.' },
  },
})

@ArgsType()
export class AutotaskAccountArgs extends PageArgs {
  @Field(() => ID, { description: 'Id of the integration.' })
  integrationId!: string

  @Field(() => AutotaskAccountFilter, { nullable: true, description: 'Which accounts.' })
  filter?: AutotaskAccountFilter | null

  @Field(() => AutotaskAccountSort, {
    nullable: true,
    defaultValue: AutotaskAccountSort.NAME_ASC,
    description: 'Order of the rows; a cursor holds for one order only.',
  })
  sort?: keyof typeof AutotaskAccountSort | null
}
