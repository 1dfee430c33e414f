import { ArgsType, Field, ID, InputType, registerEnumType } from 'type-graphql'
import { LinesArgs } from '../line/line.input.ts'

/** What becomes of the lines after a take-back. */
export const AfterTakeBack = { BILL_AGAIN: 'BILL_AGAIN', STOP_LINES: 'STOP_LINES' } as const
registerEnumType(AfterTakeBack, {
  name: 'AfterTakeBack',
  description: 'What becomes of the lines after a take-back. Usage has not changed by it.',
  valuesConfig: {
    BILL_AGAIN: {
      description:
        'The next run bills what is counted then: right when the count or the mapping is corrected before it.',
    },
    STOP_LINES: {
      description: 'Runs leave the lines alone, and say so, until somebody resumes them.',
    },
  },
})

@InputType('TakeBackInput', {
  description: 'What is to be taken back: either `adjustmentIds` or `runId`.',
})
export class TakeBackInput {
  @Field(() => [ID], {
    nullable: true,
    description: 'Confirmed adjustments of one integration; of one line only the newest.',
  })
  adjustmentIds?: string[] | null

  @Field(() => ID, {
    nullable: true,
    description: 'Everything that this run confirmed; of one line only the newest.',
  })
  runId?: string | null
}

const SEALS =
  'The `seal` of each previewed change that was agreed to: exactly these are posted, the others not. Left out: whatever the plan says.'
const WAIT = 'Answer only when everything is posted and proved.'

@ArgsType()
export class TakeBackArgs {
  @Field(() => TakeBackInput, { description: 'What is to be taken back.' })
  what!: TakeBackInput

  @Field(() => AfterTakeBack, {
    description: 'What becomes of the lines; usage has not changed, so somebody has to say.',
  })
  afterwards!: keyof typeof AfterTakeBack

  @Field(() => [String], { nullable: true, description: SEALS })
  seals?: string[] | null

  @Field(() => Boolean, { defaultValue: true, description: WAIT })
  wait!: boolean
}

@ArgsType()
export class ReleaseArgs extends LinesArgs {
  @Field(() => [String], { nullable: true, description: SEALS })
  seals?: string[] | null

  @Field(() => Boolean, { defaultValue: true, description: WAIT })
  wait!: boolean
}
