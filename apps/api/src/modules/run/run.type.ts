import type { Day, DecimalText } from '@trueup/core'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { createConnectionType } from '../../graphql/connection.type.ts'
import { ProblemType } from '../../graphql/problem.type.ts'
import { DateTimeScalar, DayScalar, DecimalScalar } from '../../graphql/scalars.ts'
import type { WaitReason as WaitReasonName } from '../request-budget/autotask-wait.entity.ts'
import { UsageSnapshotType } from '../usage/usage.type.ts'
import type {
  RunMode as RunModeName,
  RunStatus as RunStatusName,
  RunTotals,
  RunTrigger as RunTriggerName,
} from './billing-run.entity.ts'

/** Whether it posts. */
export const RunMode: { readonly [Key in RunModeName]: Key } = { PREVIEW: 'PREVIEW', RUN: 'RUN' }
registerEnumType(RunMode, {
  name: 'RunMode',
  description: 'Whether it posts.',
  valuesConfig: {
    PREVIEW: { description: 'Reads and plans; posts nothing.' },
    RUN: { description: 'Posts what the plan says, at once or after approval.' },
  },
})

/** What set it off. */
const RunTrigger: { readonly [Key in RunTriggerName]: Key } = {
  SCHEDULE: 'SCHEDULE',
  CATCH_UP: 'CATCH_UP',
  MANUAL: 'MANUAL',
  TAKE_BACK: 'TAKE_BACK',
  RELEASE: 'RELEASE',
}
registerEnumType(RunTrigger, {
  name: 'RunTrigger',
  description: 'What set a run off.',
  valuesConfig: {
    SCHEDULE: { description: "The integration's hour of the day." },
    CATCH_UP: { description: 'A missed day, or a run that broke off, caught up once.' },
    MANUAL: { description: 'Somebody asked for it.' },
    TAKE_BACK: { description: 'Somebody took confirmed adjustments back; it bills nothing.' },
    RELEASE: {
      description: 'Somebody released lines that no mapping feeds any more; it bills nothing.',
    },
  },
})

/** Where a run stands. */
export const RunStatus: { readonly [Key in RunStatusName]: Key } = {
  RUNNING: 'RUNNING',
  WAITING_FOR_APPROVAL: 'WAITING_FOR_APPROVAL',
  COMPLETED: 'COMPLETED',
  COMPLETED_WITH_HOLDS: 'COMPLETED_WITH_HOLDS',
  FAILED: 'FAILED',
}
registerEnumType(RunStatus, {
  name: 'RunStatus',
  description: 'Where a run stands.',
  valuesConfig: {
    RUNNING: { description: 'It is at work.' },
    WAITING_FOR_APPROVAL: { description: 'It has planned and waits for a person.' },
    COMPLETED: { description: 'Everything it planned is settled.' },
    COMPLETED_WITH_HOLDS: { description: 'Settled but for lines that wait for a person.' },
    FAILED: { description: 'It could not do its work; `problems` say why.' },
  },
})

@ObjectType('RunTotals', { description: "Sums over a run's lines.", simpleResolvers: true })
class RunTotalsType implements RunTotals {
  @Field(() => Int, { description: 'Lines whose target was compared with what is billed.' })
  linesCompared!: number

  @Field(() => Int, { description: 'Lines that carry what they should.' })
  linesUnchanged!: number

  @Field(() => Int, { description: 'Adjustments that were planned and not held.' })
  adjustments!: number

  @Field(() => Int, { description: 'Adjustments proved by reading back.' })
  confirmed!: number

  @Field(() => Int, { description: 'Adjustments that Autotask refused.' })
  refused!: number

  @Field(() => Int, { description: 'Adjustments nobody can tell of; a person has to look.' })
  unknown!: number

  @Field(() => Int, { description: 'Adjustments that wait for a person.' })
  held!: number

  @Field(() => Int, { description: 'Units added, without held ones.' })
  unitsUp!: number

  @Field(() => Int, { description: 'Units taken away, without held ones.' })
  unitsDown!: number

  @Field(() => DecimalScalar, {
    description:
      'Money that the planned adjustments add to every full period, where prices are known.',
  })
  moneyPerPeriod!: DecimalText

  @Field(() => DecimalScalar, {
    description: 'Money per month that is in use and not billed, where prices are known.',
  })
  revenueAtRiskPerMonth!: DecimalText
}

/** Why Autotask makes a run wait. */
const WaitReason: { readonly [Key in WaitReasonName]: Key } = {
  HOURLY_BUDGET: 'HOURLY_BUDGET',
  RATE_LIMITED: 'RATE_LIMITED',
}
registerEnumType(WaitReason, {
  name: 'WaitReason',
  description: 'Why Autotask makes a run wait.',
  valuesConfig: {
    HOURLY_BUDGET: {
      description:
        'The requests that Autotask allows in an hour, to all programs together, are used up.',
    },
    RATE_LIMITED: { description: 'Autotask asked to wait.' },
  },
})

@ObjectType('RunWait', {
  description: 'That a run waits for Autotask. It goes on by itself, also after a restart.',
  simpleResolvers: true,
})
export class RunWaitType {
  @Field(() => DateTimeScalar, { description: 'When it goes on, or asks again.' })
  until!: Date

  @Field(() => WaitReason, { description: 'Why it waits.' })
  reason!: WaitReasonName
}

@ObjectType('BillingRun', {
  description: 'One execution: snapshot, plan, approvals, posts, verification, result.',
  simpleResolvers: true,
})
export class BillingRunType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => RunMode, { description: 'Whether it posts.' })
  mode!: RunModeName

  @Field(() => RunTrigger, { description: 'What set it off.' })
  trigger!: RunTriggerName

  @Field(() => RunStatus, { description: 'Where it stands.' })
  status!: RunStatusName

  @Field(() => DayScalar, { description: 'The calendar day it decides for.' })
  runDay!: Day

  @Field(() => DateTimeScalar, { description: 'When it began.' })
  startedAt!: Date

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ended; null until then.' })
  finishedAt!: Date | null

  @Field(() => String, { description: 'Who or what set it off.' })
  startedBy!: string

  @Field(() => UsageSnapshotType, {
    nullable: true,
    description: 'The reading it is based on; null when nothing could be read.',
  })
  snapshot!: object | null

  @Field(() => RunTotalsType, { description: 'Sums over its lines.' })
  totals!: RunTotals
}

/** A page of runs. */
export const BillingRunConnection = createConnectionType('BillingRun', () => BillingRunType, {
  one: 'A run',
  many: 'runs',
})

@ObjectType('BillingRunResult', {
  description: 'The run, or why none was begun.',
  simpleResolvers: true,
})
export class BillingRunResultType {
  @Field(() => BillingRunType, { nullable: true, description: 'The run; null when refused.' })
  run!: object | null

  @Field(() => [ProblemType], { description: 'Why not, when refused.' })
  problems!: ProblemType[]
}
