import type { Day, DecimalText } from '@trueup/core'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { ProblemType } from '../../graphql/problem.type.ts'
import { DayScalar, DecimalScalar } from '../../graphql/scalars.ts'
import { AutotaskAccountType } from '../account/account.type.ts'
import { AdjustmentType } from '../adjustment/adjustment.type.ts'
import { ContractType } from '../contract/contract.type.ts'
import { PeriodMoneyType } from '../money/period-money.type.ts'
import { ServiceType } from '../service/service.type.ts'
import { TenantType } from '../tenant/tenant.type.ts'
import type { CounterVerdict as CounterVerdictName } from './preview-counters.ts'

/** Whether something can be undone now. */
const CounterVerdict: { readonly [Key in CounterVerdictName]: Key } = {
  READY: 'READY',
  PARTIAL: 'PARTIAL',
  HELD: 'HELD',
  IMPOSSIBLE: 'IMPOSSIBLE',
}
registerEnumType(CounterVerdict, {
  name: 'CounterVerdict',
  description: 'Whether something can be undone now.',
  valuesConfig: {
    READY: { description: 'All of it, from its own day on.' },
    PARTIAL: {
      description: 'A part, or from a later day on; the rest has to be credited by hand.',
    },
    HELD: { description: 'The line is in doubt and has to be decided first, in the newest run.' },
    IMPOSSIBLE: { description: 'Not at all; see `code` and `message`.' },
  },
})

@ObjectType('CounterChange', {
  description: 'A counter-adjustment as it would be posted now.',
  simpleResolvers: true,
})
export class CounterChangeType {
  @Field(() => DayScalar, { description: 'From which day on it counts.' })
  effectiveDay!: Day

  @Field(() => Int, { description: 'Units in force on that day, before.' })
  before!: number

  @Field(() => Int, { description: '`after - before`; never zero.' })
  change!: number

  @Field(() => Int, { description: 'Units from that day on, after. Never negative.' })
  after!: number

  @Field(() => DayScalar, { description: 'First day of the period the effective day lies in.' })
  periodStart!: Day

  @Field(() => DayScalar, { description: 'Last day of that period.' })
  periodEnd!: Day

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What it adds to that period; null when Autotask tells no price.',
  })
  moneyFirstPeriod!: DecimalText | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What it adds to every full period after it.',
  })
  moneyPerPeriod!: DecimalText | null

  @Field(() => [String], { description: 'Why, in sentences.' })
  explanation!: readonly string[]

  @Field(() => String, {
    description: 'Hand it back in `seals`, unread: then exactly this is posted or nothing.',
  })
  seal!: string
}

@ObjectType('CounterLine', {
  description: 'One thing that is to be undone, as computed now.',
  simpleResolvers: true,
})
export class CounterLineType {
  @Field(() => AdjustmentType, {
    nullable: true,
    description: 'The confirmed adjustment that is taken back; null for a release.',
  })
  adjustment!: object | null

  @Field(() => TenantType, { description: 'Whose line it is.' })
  tenant!: object

  @Field(() => AutotaskAccountType, { description: 'Who is billed.' })
  account!: object

  @Field(() => ContractType, { description: 'The contract it is on.' })
  contract!: object

  @Field(() => ServiceType, { description: 'The service whose units change.' })
  service!: object

  @Field(() => CounterVerdict, { description: 'Whether it can be undone now.' })
  verdict!: CounterVerdictName

  @Field(() => String, {
    nullable: true,
    description: 'Why it is not simply ready, as a code of docs/errors.md.',
  })
  code!: string | null

  @Field(() => String, { nullable: true, description: 'The same in English.' })
  message!: string | null

  @Field(() => [CounterChangeType], {
    description: 'What would be posted, in this order; of a held line, what would be due.',
  })
  changes!: readonly CounterChangeType[]

  @Field(() => Int, {
    nullable: true,
    description:
      'What the next run brings the line to as everything stands now; null when no run touches it, because nothing feeds it or it is stopped.',
  })
  nextRunUnits!: number | null
}

@ObjectType('CounterPreview', {
  description: 'What a take-back or release would do now. Computing it changes nothing.',
  simpleResolvers: true,
})
export class CounterPreviewType {
  @Field(() => ID, { nullable: true, description: 'The integration; null when nothing was found.' })
  integrationId!: string | null

  @Field(() => [CounterLineType], { description: 'Everything that was named, ready or not.' })
  lines!: readonly CounterLineType[]

  @Field(() => [PeriodMoneyType], {
    description: 'What the changes that can be posted add to which period, where prices are known.',
  })
  money!: readonly PeriodMoneyType[]

  @Field(() => [ProblemType], {
    description: 'What was named and does not exist, or why Autotask could not be read.',
  })
  problems!: ProblemType[]
}
