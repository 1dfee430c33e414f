import type { Day } from '@trueup/core'
import { Field, Int, ObjectType, registerEnumType } from 'type-graphql'
import { DateTimeScalar, DayScalar } from '../../graphql/scalars.ts'
import { ContractType } from '../contract/contract.type.ts'
import { ServiceType } from '../service/service.type.ts'
import type { ReplayUnavailable as ReplayUnavailableName } from './replay-run.ts'

/** Why a run cannot be computed again. */
const ReplayUnavailable: { readonly [Key in ReplayUnavailableName]: Key } = {
  PREVIEW: 'PREVIEW',
  NOT_PLANNED: 'NOT_PLANNED',
  NOT_STORED: 'NOT_STORED',
}
registerEnumType(ReplayUnavailable, {
  name: 'ReplayUnavailable',
  description: 'Why a run cannot be computed again.',
  valuesConfig: {
    PREVIEW: { description: 'It is a preview: nothing was written.' },
    NOT_PLANNED: { description: 'It failed before it had a plan.' },
    NOT_STORED: {
      description:
        'What it was computed from was not stored: it is older than that, or older than 400 days.',
    },
  },
})

@ObjectType('UnitChange', { description: 'Units before and after.', simpleResolvers: true })
class UnitChangeType {
  @Field(() => Int, { description: 'Before.' })
  before!: number

  @Field(() => Int, { description: 'After.' })
  after!: number
}

@ObjectType('ReplayDifference', {
  description: 'A line and day on which the replay and what was written disagree.',
  simpleResolvers: true,
})
export class ReplayDifferenceType {
  @Field(() => ContractType, {
    nullable: true,
    description: 'The contract, where it is still known.',
  })
  contract!: object | null

  @Field(() => ServiceType, {
    nullable: true,
    description: 'The service, where it is still known.',
  })
  service!: object | null

  @Field(() => DayScalar, { description: 'From which day on it counts.' })
  effectiveDay!: Day

  @Field(() => UnitChangeType, {
    nullable: true,
    description: 'Null: the replay would not write it.',
  })
  replayed!: UnitChangeType | null

  @Field(() => UnitChangeType, { nullable: true, description: 'Null: it was not written.' })
  written!: UnitChangeType | null

  @Field(() => String, { description: 'Why they differ, as far as Trueup knows; for people.' })
  because!: string

  @Field(() => [String], { description: 'Why the replay says what it says; for people.' })
  explanation!: readonly string[]
}

@ObjectType('Replay', {
  description:
    'A run computed again from what was stored with it: snapshots, mappings, settings, contracts, journal; of a take-back or a release what was to be undone instead of usage. Nothing outside is asked.',
  simpleResolvers: true,
})
export class ReplayType {
  @Field(() => ReplayUnavailable, {
    nullable: true,
    description: 'Why it cannot be computed again; null when it was.',
  })
  unavailable!: ReplayUnavailableName | null

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its input was stored.' })
  storedAt!: Date | null

  @Field(() => Int, { nullable: true, description: 'Size of the stored input in bytes.' })
  storedBytes!: number | null

  @Field(() => String, { nullable: true, description: "The engine's version when it was planned." })
  engineThen!: string | null

  @Field(() => String, { description: "The engine's version that computes it now." })
  engineNow!: string

  @Field(() => Int, { description: 'Lines compared by the replay.' })
  linesCompared!: number

  @Field(() => Int, { description: 'Adjustments the replay would post.' })
  adjustments!: number

  @Field(() => Int, { description: 'Adjustments the replay would hold.' })
  holds!: number

  @Field(() => [ReplayDifferenceType], {
    description: 'Empty: the engine would do today exactly what was written then.',
  })
  differences!: readonly ReplayDifferenceType[]

  @Field(() => String, { nullable: true, description: 'The whole plan as text, for people.' })
  text!: string | null
}
