import type { EffectiveDatePolicy as EffectiveDatePolicyName } from '@trueup/core'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { EffectiveDatePolicy } from '../../graphql/billing-words.type.ts'
import { createConnectionType } from '../../graphql/connection.type.ts'
import { ProblemType } from '../../graphql/problem.type.ts'
import { DateTimeScalar } from '../../graphql/scalars.ts'

@ObjectType('AccountMapping', {
  description:
    'Tenant to account, one to one, with its billing settings. Every tenant has one, mapped or not.',
  simpleResolvers: true,
})
export class AccountMappingType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => Int, { description: 'Goes up with every change; send it back when saving.' })
  version!: number

  @Field(() => Boolean, { description: 'Whether the tenant is billed.' })
  billingEnabled!: boolean

  @Field(() => EffectiveDatePolicy, {
    nullable: true,
    description: "When changes take effect; null: as the integration's setting says.",
  })
  effectiveDatePolicy!: EffectiveDatePolicyName | null

  @Field(() => DateTimeScalar, { description: 'When it was last changed.' })
  updatedAt!: Date
}

/** A page of account mappings. */
export const AccountMappingConnection = createConnectionType(
  'AccountMapping',
  () => AccountMappingType,
  { one: 'A mapping', many: 'mappings' },
)

@ObjectType('SaveAccountMappingsResult', {
  description: 'The rows as they are now, or why none was stored.',
  simpleResolvers: true,
})
export class SaveAccountMappingsResultType {
  @Field(() => [AccountMappingType], {
    nullable: true,
    description: 'In the order they were sent; null when nothing was stored.',
  })
  mappings!: object[] | null

  @Field(() => [ProblemType], {
    description:
      "Every fault of every row at once. Facts: `row` counts from 0, `field` names the input field, `tenantId` the row's tenant.",
  })
  problems!: ProblemType[]
}
