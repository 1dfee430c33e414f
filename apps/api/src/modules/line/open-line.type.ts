import type { Day, DecimalText, LineRecord } from '@trueup/core'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DayScalar, DecimalScalar } from '../../graphql/scalars.ts'
import { AutotaskAccountType } from '../account/account.type.ts'
import { ContractType } from '../contract/contract.type.ts'
import { ServiceType } from '../service/service.type.ts'
import { TenantType } from '../tenant/tenant.type.ts'
import type { UnfedBecause as UnfedBecauseName } from './line-feeds.ts'

/** Why no mapping feeds a line any more. */
const UnfedBecause: { readonly [Key in UnfedBecauseName]: Key } = {
  TENANT_GONE: 'TENANT_GONE',
  UNMAPPED: 'UNMAPPED',
  BILLING_OFF: 'BILLING_OFF',
  ANOTHER_CONTRACT: 'ANOTHER_CONTRACT',
  SERVICE_UNMAPPED: 'SERVICE_UNMAPPED',
}
registerEnumType(UnfedBecause, {
  name: 'UnfedBecause',
  description: 'Why no mapping feeds a line any more.',
  valuesConfig: {
    TENANT_GONE: { description: 'The tenant is gone from the Kaspersky side.' },
    UNMAPPED: { description: 'The tenant has no account any more.' },
    BILLING_OFF: { description: "The tenant's billing is switched off." },
    ANOTHER_CONTRACT: { description: 'Another contract is chosen for the tenant.' },
    SERVICE_UNMAPPED: { description: 'No application is mapped to the service any more.' },
  },
})

/** Who decides a line's units. */
export const LineOwnership: { readonly [Key in LineRecord['ownership']]: Key } = {
  UNDECIDED: 'UNDECIDED',
  OWNED: 'OWNED',
  STOPPED: 'STOPPED',
}
registerEnumType(LineOwnership, {
  name: 'LineOwnership',
  description: "Who decides a line's units.",
  valuesConfig: {
    UNDECIDED: { description: 'Nothing was ever confirmed; units on it are somebody else’s.' },
    OWNED: { description: 'Trueup: runs bring it to what is counted.' },
    STOPPED: { description: 'A person said hands off: runs leave it alone and say so.' },
  },
})

@ObjectType('OpenLine', {
  description: 'A line that a person has to think about.',
  simpleResolvers: true,
})
export class OpenLineType {
  @Field(() => TenantType, { description: 'Whose usage it billed.' })
  tenant!: object

  @Field(() => AutotaskAccountType, { description: 'Who is billed.' })
  account!: object

  @Field(() => ContractType, { description: 'The contract it is on.' })
  contract!: object

  @Field(() => ServiceType, { description: 'The service whose units it carries.' })
  service!: object

  @Field(() => LineOwnership, { description: 'Who decides its units.' })
  ownership!: LineRecord['ownership']

  @Field(() => UnfedBecause, {
    nullable: true,
    description: 'Why no mapping feeds it any more; null while one does.',
  })
  unfedBecause!: UnfedBecauseName | null

  @Field(() => Int, {
    nullable: true,
    description: 'Units that Trueup last proved on it; null when a person settled it since.',
  })
  units!: number | null

  @Field(() => Int, { description: 'Units among them that were there before Trueup and stay.' })
  baselineUnits!: number

  @Field(() => DayScalar, { nullable: true, description: 'From which day on it carries them.' })
  confirmedDay!: Day | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What the units cost a month by the catalogue; null without a price.',
  })
  moneyPerMonth!: DecimalText | null
}
