import type { FirstWriteObstacle as ObstacleName, FirstWriteReport } from '@trueup/autotask'
import type { Day } from '@trueup/core'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { ProblemType } from '../../graphql/problem.type.ts'
import { DateTimeScalar, DayScalar } from '../../graphql/scalars.ts'
import type { FirstWriteProgress as ProgressName } from './first-write.entity.ts'

/** How far a first write has come. */
const FirstWriteProgress: { readonly [Key in ProgressName]: Key } = {
  BEGUN: 'BEGUN',
  ADDING: 'ADDING',
  TAKING_BACK: 'TAKING_BACK',
  ENDED: 'ENDED',
}
registerEnumType(FirstWriteProgress, {
  name: 'FirstWriteProgress',
  description: 'How far a first write has come; stored before the step is taken.',
  valuesConfig: {
    BEGUN: { description: 'Nothing was sent yet.' },
    ADDING: { description: 'One unit is being added, or was.' },
    TAKING_BACK: { description: 'It is being taken away again, or was.' },
    ENDED: { description: 'It is over.' },
  },
})

/** How a first write ended. */
const FirstWriteResult: {
  readonly [Key in FirstWriteReport['result']]: Key
} = { RESTORED: 'RESTORED', UNCHANGED: 'UNCHANGED', NEEDS_PERSON: 'NEEDS_PERSON' }
registerEnumType(FirstWriteResult, {
  name: 'FirstWriteResult',
  description: 'How a first write ended.',
  valuesConfig: {
    RESTORED: { description: 'Added, seen, taken away, seen: the units are as before.' },
    UNCHANGED: { description: 'The first change was refused or did not arrive.' },
    NEEDS_PERSON: {
      description: 'The line carries other units than before. Look at the contract in Autotask.',
    },
  },
})

/** Why a line cannot be used. */
const FirstWriteObstacle: { readonly [Key in ObstacleName]: Key } = {
  LINE_NOT_FOUND: 'LINE_NOT_FOUND',
  NO_OPEN_PERIOD_AHEAD: 'NO_OPEN_PERIOD_AHEAD',
}
registerEnumType(FirstWriteObstacle, {
  name: 'FirstWriteObstacle',
  description: 'Why a line cannot be used for a first write.',
  valuesConfig: {
    LINE_NOT_FOUND: { description: 'The line is not on the contract.' },
    NO_OPEN_PERIOD_AHEAD: { description: 'No billing period of it lies ahead and is not posted.' },
  },
})

@ObjectType('FirstWriteLine', {
  description: 'A line of a contract with what a first write would do to it.',
  simpleResolvers: true,
})
export class FirstWriteLineType {
  @Field(() => ID, { description: "Autotask's id of the line." })
  lineId!: string

  @Field(() => String, { description: 'The service on it.' })
  serviceName!: string

  @Field(() => DayScalar, {
    nullable: true,
    description: 'The start of a billing period, as far ahead as there is; null with an obstacle.',
  })
  effectiveDay!: Day | null

  @Field(() => Int, {
    nullable: true,
    description: 'Units on the line from that day on; null with an obstacle.',
  })
  units!: number | null

  @Field(() => FirstWriteObstacle, { nullable: true, description: 'Why it cannot be used.' })
  obstacle!: ObstacleName | null
}

@ObjectType('FirstWriteProposalResult', {
  description: 'The lines of a contract. Nothing was changed.',
  simpleResolvers: true,
})
export class FirstWriteProposalResultType {
  @Field(() => [FirstWriteLineType], { description: 'One of them is chosen by a person.' })
  lines!: FirstWriteLineType[]

  @Field(() => [ProblemType], { description: 'Why they could not be read.' })
  problems!: ProblemType[]
}

@ObjectType('FirstWriteAttempt', {
  description: 'One unit more on a line at the start of a future period, and back again.',
  simpleResolvers: true,
})
export class FirstWriteAttemptType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => String, { description: 'The contract, by its name.' })
  contractName!: string

  @Field(() => String, { description: 'The service, by its name.' })
  serviceName!: string

  @Field(() => DayScalar, { description: 'The start of the period from which on units changed.' })
  effectiveDay!: Day

  @Field(() => Int, { description: 'Units on the line before.' })
  unitsBefore!: number

  @Field(() => FirstWriteProgress, { description: 'How far it has come.' })
  progress!: ProgressName

  @Field(() => DateTimeScalar, { description: 'When it began.' })
  startedAt!: Date

  @Field(() => String, { description: 'Who began it.' })
  startedBy!: string

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended; null until then.' })
  endedAt!: Date | null

  @Field(() => FirstWriteResult, { nullable: true, description: 'How it ended; null until then.' })
  result!: FirstWriteReport['result'] | null

  @Field(() => String, {
    nullable: true,
    description: 'What Autotask said, or what was seen, where that explains the result.',
  })
  reason!: string | null

  @Field(() => Int, {
    nullable: true,
    description: 'Units as last read; null when they differ by period, or until it has ended.',
  })
  units!: number | null
}

@ObjectType('FirstWriteQuestion', {
  description: 'What the documentation of Autotask leaves open, with the answer of this one.',
  simpleResolvers: true,
})
export class FirstWriteQuestionType {
  @Field(() => String, { description: 'For people, in English.' })
  question!: string

  @Field(() => String, {
    nullable: true,
    description: 'Null while nobody knows; Trueup is right whatever the answer is.',
  })
  answer!: string | null
}

@ObjectType('FirstWrite', {
  description: 'Whether the first write on this Autotask was made, and what it taught.',
  simpleResolvers: true,
})
export class FirstWriteType {
  @Field(() => Boolean, {
    description:
      'True until a first write on this Autotask ended with the units as before. Never in the practice world.',
  })
  isDue!: boolean

  @Field(() => FirstWriteAttemptType, { nullable: true, description: 'The newest attempt.' })
  attempt!: FirstWriteAttemptType | null

  @Field(() => [FirstWriteQuestionType], { description: 'What is known of this Autotask.' })
  questions!: readonly FirstWriteQuestionType[]
}

@ObjectType('BeginFirstWriteResult', {
  description: 'The attempt, or why none was begun.',
  simpleResolvers: true,
})
export class BeginFirstWriteResultType {
  @Field(() => FirstWriteAttemptType, { nullable: true, description: 'Null when refused.' })
  attempt!: FirstWriteAttemptType | null

  @Field(() => [ProblemType], { description: 'Why not, when refused.' })
  problems!: ProblemType[]
}
