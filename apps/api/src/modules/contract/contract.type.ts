import type { Day } from '@trueup/core'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { createConnectionType } from '../../graphql/connection.type.ts'
import { DayScalar } from '../../graphql/scalars.ts'
import type { ContractUnavailable as ContractUnavailableName } from './availability.ts'

/** Why a contract cannot be chosen. */
const ContractUnavailable: { readonly [Key in ContractUnavailableName]: Key } = {
  NOT_LISTED: 'NOT_LISTED',
  NOT_RECURRING_SERVICE: 'NOT_RECURRING_SERVICE',
  ENDED: 'ENDED',
  NOT_STARTED: 'NOT_STARTED',
}
registerEnumType(ContractUnavailable, {
  name: 'ContractUnavailable',
  description: 'Why a contract cannot be chosen.',
  valuesConfig: {
    NOT_LISTED: { description: 'Autotask no longer lists it.' },
    NOT_RECURRING_SERVICE: { description: 'It is not of the type Recurring Service.' },
    ENDED: { description: 'Its last day is over.' },
    NOT_STARTED: { description: 'Its first day is still to come.' },
  },
})

@ObjectType('Contract', {
  description: 'A contract of an account, of any type.',
  simpleResolvers: true,
})
export class ContractType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => String, { description: "Autotask's own id." })
  externalId!: string

  @Field(() => String, { description: 'Its name in Autotask.' })
  name!: string

  @Field(() => Boolean, { description: 'True for the only type that carries services.' })
  isRecurringService!: boolean

  @Field(() => Boolean, {
    description: 'Inactive contracts go on billing in Autotask until they end.',
  })
  isActive!: boolean

  @Field(() => DayScalar, { description: 'Its first day.' })
  startDay!: Day

  @Field(() => DayScalar, { description: 'Its last day.' })
  endDay!: Day

  @Field(() => Int, {
    nullable: true,
    description: 'Length of its billing period: 1, 3, 6 or 12; null when it has none.',
  })
  periodMonths!: number | null

  @Field(() => ContractUnavailable, {
    nullable: true,
    description: 'Null when it can be chosen today; else why not.',
  })
  unavailableBecause!: ContractUnavailableName | null

  @Field(() => String, {
    nullable: true,
    description: 'Its page in Autotask; null until a connection test has shown the zone.',
  })
  webUrl!: string | null
}

/** A page of contracts. */
export const ContractConnection = createConnectionType('Contract', () => ContractType, {
  one: 'A contract',
  many: 'contracts',
})
