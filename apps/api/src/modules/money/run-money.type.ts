import type { DecimalText } from '@trueup/core'
import { Field, Int, ObjectType } from 'type-graphql'
import { DecimalScalar } from '../../graphql/scalars.ts'
import { AutotaskAccountType } from '../account/account.type.ts'
import { PeriodMoneyType } from './period-money.type.ts'

@ObjectType('RunAccount', {
  description: "What a run changes one account's invoices by, and what it skips there.",
  simpleResolvers: true,
})
export class RunAccountType {
  @Field(() => AutotaskAccountType, {
    nullable: true,
    description: 'Who is billed; null for all customers together that were mapped to no account.',
  })
  account!: object | null

  @Field(() => Int, { description: 'Adjustments planned or posted, without held ones.' })
  adjustments!: number

  @Field(() => Int, { description: 'Adjustments that wait for a person.' })
  held!: number

  @Field(() => Int, { description: 'Units added, without held ones.' })
  unitsUp!: number

  @Field(() => Int, { description: 'Units taken away, without held ones.' })
  unitsDown!: number

  @Field(() => [PeriodMoneyType], { description: 'What is added to which period.' })
  money!: readonly PeriodMoneyType[]

  @Field(() => DecimalScalar, {
    description: 'Added to every full period, where prices are known; without held adjustments.',
  })
  moneyPerPeriod!: DecimalText

  @Field(() => DecimalScalar, {
    description: 'What the held adjustments would add to every period.',
  })
  heldMoneyPerPeriod!: DecimalText

  @Field(() => DecimalScalar, {
    description:
      'What is used there and not billed costs this much a month, where prices are known. All accounts together make `totals.revenueAtRiskPerMonth`.',
  })
  revenueAtRiskPerMonth!: DecimalText
}
