import type { Day, DecimalText, HoldExit as HoldExitName } from '@trueup/core'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'
import { createConnectionType } from '../../graphql/connection.type.ts'
import { FactType, ProblemType } from '../../graphql/problem.type.ts'
import { DateTimeScalar, DayScalar, DecimalScalar } from '../../graphql/scalars.ts'
import { AutotaskAccountType } from '../account/account.type.ts'
import { ContractType } from '../contract/contract.type.ts'
import { ServiceType } from '../service/service.type.ts'
import { TenantType } from '../tenant/tenant.type.ts'
import type { AdjustmentStatus as AdjustmentStatusName } from './adjustment.entity.ts'

/** Where an adjustment stands. */
export const AdjustmentStatus: { readonly [Key in AdjustmentStatusName]: Key } = {
  PLANNED: 'PLANNED',
  HELD: 'HELD',
  APPROVED: 'APPROVED',
  POSTING: 'POSTING',
  CONFIRMED: 'CONFIRMED',
  REFUSED: 'REFUSED',
  UNKNOWN: 'UNKNOWN',
  NOT_POSTED: 'NOT_POSTED',
  DISMISSED: 'DISMISSED',
  STALE: 'STALE',
}
registerEnumType(AdjustmentStatus, {
  name: 'AdjustmentStatus',
  description: 'Where an adjustment stands.',
  valuesConfig: {
    PLANNED: { description: 'Computed, not decided or sent yet.' },
    HELD: { description: 'Waits for a person; see `hold`.' },
    APPROVED: { description: 'A person said yes; about to be sent.' },
    POSTING: { description: 'Its intent is stored and it is on its way.' },
    CONFIRMED: { description: 'The units read back from Autotask are what it wanted.' },
    REFUSED: { description: 'Autotask said no; nothing changed.' },
    UNKNOWN: { description: 'Its answer was lost and reading does not tell; nothing is repeated.' },
    NOT_POSTED: { description: 'It is certain that it changed nothing; the next run plans anew.' },
    DISMISSED: { description: 'A person said no.' },
    STALE: { description: 'A newer plan says something else.' },
  },
})

/** Ways out of a hold. */
export const HoldExit: { readonly [Key in HoldExitName]: Key } = {
  APPROVE: 'APPROVE',
  DISMISS: 'DISMISS',
  OWN_LINE: 'OWN_LINE',
  KEEP_BASELINE: 'KEEP_BASELINE',
  RESTORE: 'RESTORE',
  ADOPT: 'ADOPT',
  STOP: 'STOP',
}
registerEnumType(HoldExit, {
  name: 'HoldExit',
  description: 'A way out of a hold.',
  valuesConfig: {
    APPROVE: { description: 'Post exactly this change.' },
    DISMISS: { description: 'Leave it; it comes back with the next plan while its reason lasts.' },
    OWN_LINE: { description: 'Trueup decides all units of the line from now on.' },
    KEEP_BASELINE: { description: 'The units that are there stay on top of what is counted.' },
    RESTORE: { description: 'Undo the edit made by hand.' },
    ADOPT: { description: 'Keep what Autotask shows and go on from there.' },
    STOP: { description: 'Never touch this line again.' },
  },
})

@ObjectType('Hold', {
  description: 'Why an adjustment is not posted until a person decides.',
  simpleResolvers: true,
})
export class HoldType {
  @Field(() => String, { description: 'Reason code; stands in docs/errors.md.' })
  code!: string

  @Field(() => DateTimeScalar, { description: 'Since when the line is held for this reason.' })
  since!: Date

  @Field(() => Int, { description: 'Whole days since then.' })
  ageDays!: number

  @Field(() => [HoldExit], { description: 'What a person may decide.' })
  exits!: readonly HoldExitName[]

  @Field(() => [FactType], { description: 'The facts behind it, by name.' })
  facts!: FactType[]

  @Field(() => String, { description: 'For people, in English.' })
  message!: string
}

@ObjectType('Adjustment', {
  description: 'One Contract Service Adjustment.',
  simpleResolvers: true,
})
export class AdjustmentType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => AdjustmentStatus, { description: 'Where it stands.' })
  status!: AdjustmentStatusName

  @Field(() => TenantType, { description: 'Whose usage it bills.' })
  tenant!: object

  @Field(() => AutotaskAccountType, { description: 'Who is billed.' })
  account!: object

  @Field(() => ContractType, { description: 'The contract it changes.' })
  contract!: object

  @Field(() => ServiceType, { description: 'The service whose units it changes.' })
  service!: object

  @Field(() => DayScalar, { description: 'From which day on it counts.' })
  effectiveDay!: Day

  @Field(() => Int, { description: 'Units in force on the effective day, before.' })
  before!: number

  @Field(() => Int, { description: '`after - before`; never zero.' })
  change!: number

  @Field(() => Int, {
    description: 'Units in force from the effective day on, after. Never negative.',
  })
  after!: number

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Price of one unit for a full billing period; null when Autotask does not tell.',
  })
  unitPrice!: DecimalText | null

  @Field(() => DayScalar, { description: 'First day of the period the effective day lies in.' })
  periodStart!: Day

  @Field(() => DayScalar, { description: 'Last day of that period.' })
  periodEnd!: Day

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What it adds to that period, prorated when the effective day is inside it.',
  })
  moneyFirstPeriod!: DecimalText | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What it adds to every full period after it.',
  })
  moneyPerPeriod!: DecimalText | null

  @Field(() => [String], {
    description: 'Why, in sentences: counts, keys, rule, period, date choice, price.',
  })
  explanation!: string[]

  @Field(() => HoldType, { nullable: true, description: 'Why it waits, while it is held.' })
  hold!: HoldType | null

  @Field(() => String, {
    nullable: true,
    description: "Autotask's text when refused, or what is unknown, or why it was not posted.",
  })
  outcomeText!: string | null

  @Field(() => Int, { nullable: true, description: 'Units read back after the post.' })
  unitsReadBack!: number | null

  @Field(() => String, { nullable: true, description: 'Who approved, held or dismissed it.' })
  decidedBy!: string | null

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was sent.' })
  postedAt!: Date | null

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its outcome was certain.' })
  settledAt!: Date | null
}

/** A page of adjustments. */
export const AdjustmentConnection = createConnectionType('Adjustment', () => AdjustmentType, {
  one: 'An adjustment',
  many: 'adjustments',
})

@ObjectType('AdjustmentsResult', {
  description: 'The adjustments that were decided about, or why none was.',
  simpleResolvers: true,
})
export class AdjustmentsResultType {
  @Field(() => [AdjustmentType], {
    nullable: true,
    description: 'The adjustments as they are now; null when refused.',
  })
  adjustments!: readonly object[] | null

  @Field(() => [ProblemType], { description: 'Why not, when refused.' })
  problems!: ProblemType[]
}
