import type { EffectiveDatePolicy as EffectiveDatePolicyName } from '@trueup/core'
import { ArgsType, Field, ID, InputType, Int, registerEnumType } from 'type-graphql'
import { EffectiveDatePolicy } from '../../graphql/billing-words.type.ts'
import { PageArgs } from '../../graphql/page.input.ts'

@InputType('AccountMappingFilter', {
  description: 'Which mappings. What is left out does not matter.',
})
export class AccountMappingFilter {
  @Field(() => String, {
    nullable: true,
    description:
      "Any part of the tenant's name, upper and lower case alike; `%` and `_` mean themselves.",
  })
  tenantNameContains?: string | null

  @Field(() => Boolean, { nullable: true, description: 'True: has an account; false: has none.' })
  mapped?: boolean | null

  @Field(() => Boolean, { nullable: true, description: 'True: billing is on; false: off.' })
  billingEnabled?: boolean | null
}

/** Orders of mappings. */
export const AccountMappingSort = {
  TENANT_NAME_ASC: 'TENANT_NAME_ASC',
  TENANT_NAME_DESC: 'TENANT_NAME_DESC',
} as const
registerEnumType(AccountMappingSort, {
  name: 'AccountMappingSort',
  description: 'Orders of mappings.',
  valuesConfig: {
    TENANT_NAME_ASC: {
      description: "By the tenant's name, A first; case and accents do not count.",
    },
    TENANT_NAME_DESC: { description: "By the tenant's name, Z first." },
  },
})

@ArgsType()
export class AccountMappingArgs extends PageArgs {
  @Field(() => ID, { description: 'Id of the integration.' })
  integrationId!: string

  @Field(() => AccountMappingFilter, { nullable: true, description: 'Which mappings.' })
  filter?: AccountMappingFilter | null

  @Field(() => AccountMappingSort, {
    nullable: true,
    defaultValue: AccountMappingSort.TENANT_NAME_ASC,
    description: 'Order of the rows; a cursor holds for one order only.',
  })
  sort?: keyof typeof AccountMappingSort | null
}

@InputType('AccountMappingInput', {
  description: 'How one tenant is mapped and billed from now on.',
})
export class AccountMappingInput {
  @Field(() => ID, { description: 'Id of the tenant whose mapping it is.' })
  tenantId!: string

  @Field(() => Int, { description: 'The version that was read.' })
  version!: number

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the account; null takes the account away from the tenant.',
  })
  accountId?: string | null

  @Field(() => Boolean, { description: 'Needs an account, a contract and any service mapping.' })
  billingEnabled!: boolean

  @Field(() => ID, {
    nullable: true,
    description: 'A Recurring Service contract of the account that covers today; null: none.',
  })
  contractId?: string | null

  @Field(() => EffectiveDatePolicy, {
    nullable: true,
    description: "When changes take effect; null: as the integration's setting says.",
  })
  effectiveDatePolicy?: EffectiveDatePolicyName | null
}

@ArgsType()
export class SetBillingArgs {
  @Field(() => ID, { description: 'Id of the tenant that is billed.' })
  tenantId!: string

  @Field(() => Int, { description: 'The version that was read.' })
  version!: number

  @Field(() => Boolean, { description: 'Needs an account, a contract and any service mapping.' })
  billingEnabled!: boolean

  @Field(() => ID, {
    nullable: true,
    description: 'The contract to bill on; left out: the one chosen before; null: none.',
  })
  contractId?: string | null
}
