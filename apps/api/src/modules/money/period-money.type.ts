import type { Day, DecimalText } from '@trueup/core'
import { Field, Int, ObjectType } from 'type-graphql'
import { DayScalar, DecimalScalar } from '../../graphql/scalars.ts'

@ObjectType('PeriodMoney', {
  description: 'What changes add to one billing period, all lines together.',
  simpleResolvers: true,
})
export class PeriodMoneyType {
  @Field(() => DayScalar, { description: 'First day of the period.' })
  periodStart!: Day

  @Field(() => DayScalar, { description: 'Last day of the period.' })
  periodEnd!: Day

  @Field(() => Int, { description: 'Lines that change in it.' })
  lines!: number

  @Field(() => Int, {
    description: 'Of these, lines without a price: their money is not in the sums.',
  })
  linesWithoutPrice!: number

  @Field(() => DecimalScalar, {
    description: 'Added to this period, prorated where a change lies inside it.',
  })
  money!: DecimalText

  @Field(() => DecimalScalar, { description: 'Added to every full period after it.' })
  moneyPerPeriod!: DecimalText
}
