import type {
  BrakeLimits,
  Day,
  DecimalText,
  EffectiveDatePolicy as EffectiveDatePolicyName,
} from '@trueup/core'
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { EffectiveDatePolicy } from '../../graphql/billing-words.type.ts'
import { ProblemType } from '../../graphql/problem.type.ts'
import { DateTimeScalar, DayScalar, DecimalScalar } from '../../graphql/scalars.ts'
import {
  AutotaskConnectionType,
  SecurityCenterConnectionType,
} from '../connection/connection.type.ts'
import { IntegrationCountsType } from './integration-counts.type.ts'
import type {
  ApprovalMode as ApprovalModeName,
  UsageSourceKind as UsageSourceKindName,
} from './integration.entity.ts'

/** Where usage comes from. */
export const UsageSourceKind: { readonly [Key in UsageSourceKindName]: Key } = {
  SECURITY_CENTER: 'SECURITY_CENTER',
  LICENCE_REPORT: 'LICENCE_REPORT',
}
registerEnumType(UsageSourceKind, {
  name: 'UsageSourceKind',
  description: 'Where usage comes from.',
  valuesConfig: {
    SECURITY_CENTER: { description: 'Kaspersky Security Center, read by its Open API.' },
    LICENCE_REPORT: {
      description:
        'Licence reports of Kaspersky Endpoint Security Cloud that are imported, or complete snapshots that a program reports.',
    },
  },
})

/** Whether planned adjustments wait for a person. */
export const ApprovalMode: { readonly [Key in ApprovalModeName]: Key } = {
  AUTOMATIC: 'AUTOMATIC',
  MANUAL: 'MANUAL',
}
registerEnumType(ApprovalMode, {
  name: 'ApprovalMode',
  description: 'Whether planned adjustments wait for a person.',
  valuesConfig: {
    AUTOMATIC: { description: 'Posted at once; only holds wait.' },
    MANUAL: { description: 'Every adjustment waits for approval.' },
  },
})

const BRAKES = 'Limits from which a change waits for a person. `null` switches a limit off.'

/** Both sides of the schema have the same fields; GraphQL wants two types. */
@ObjectType('Brakes', { description: BRAKES, simpleResolvers: true })
@InputType('BrakesInput', { description: BRAKES })
export class BrakesShape {
  @Field(() => Int, { nullable: true, description: 'Most units one line may change by.' })
  lineUnits?: number | null

  @Field(() => Int, {
    nullable: true,
    description:
      'Most per cent of its billed units one line may change by; lines below 10 units are exempt.',
  })
  linePercent?: number | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Most money per period one line may change by.',
  })
  lineMoney?: DecimalText | null

  @Field(() => Int, {
    nullable: true,
    description: 'Most units all lines of one run may change by together.',
  })
  runUnits?: number | null

  @Field(() => Int, {
    nullable: true,
    description:
      'Most per cent of all units that the compared lines carry that one run may change; runs over less than 10 units are exempt.',
  })
  runPercent?: number | null

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Most money per period all lines of one run may change by together.',
  })
  runMoney?: DecimalText | null

  @Field(() => Boolean, {
    description: 'Hold a line that would fall to zero from at least two units.',
  })
  holdDropToZero!: boolean

  @Field(() => Boolean, {
    description: 'Hold a line that would at least double from at least five units.',
  })
  holdDoubled!: boolean
}

@ObjectType('Integration', {
  description:
    'A named pair: one Kaspersky connection and one Autotask connection, with its mappings and rules.',
  simpleResolvers: true,
})
export class IntegrationType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => Int, { description: 'Goes up with every change; send it back when saving.' })
  version!: number

  @Field(() => String, { description: 'What people call it.' })
  name!: string

  @Field(() => UsageSourceKind, { description: 'Where its usage comes from.' })
  source!: UsageSourceKindName

  @Field(() => String, {
    description: 'Time zone in which its days begin, for example `Europe/Berlin`.',
  })
  timeZone!: string

  @Field(() => DayScalar, { description: "Today in the integration's time zone." })
  today!: Day

  @Field(() => Int, {
    description:
      "Hour of the day, 0 to 23, at which the daily run starts, in the integration's time zone.",
  })
  dailyRunHour!: number

  @Field(() => Boolean, { description: 'No daily run while false.' })
  scheduleEnabled!: boolean

  @Field(() => ApprovalMode, { description: 'Whether planned adjustments wait for a person.' })
  approvalMode!: ApprovalModeName

  @Field(() => Boolean, {
    description: 'Device applications map to up to three services, one a category.',
  })
  billDevicesByCategory!: boolean

  @Field(() => Boolean, {
    description:
      'A device whose operating system is unknown counts as a workstation; else it is a finding.',
  })
  countUnknownAsWorkstation!: boolean

  @Field(() => Boolean, { description: 'Devices with an OEM key count, too.' })
  countOem!: boolean

  @Field(() => Boolean, {
    description: 'Devices with a soft-cancelled subscription count until it ends.',
  })
  countSoftCancelled!: boolean

  @Field(() => EffectiveDatePolicy, {
    description: 'When changes take effect, unless a mapping says otherwise.',
  })
  effectiveDatePolicy!: EffectiveDatePolicyName

  @Field(() => Int, { description: 'Age in days from which a reading is too old to bill by.' })
  maximumReadingAgeDays!: number

  @Field(() => BrakesShape, { description: 'Limits from which a change waits for a person.' })
  brakes!: BrakeLimits

  @Field(() => AutotaskConnectionType, { description: 'How Autotask is reached.' })
  autotask!: AutotaskConnectionType

  @Field(() => SecurityCenterConnectionType, {
    nullable: true,
    description: 'How Kaspersky Security Center is reached; null when usage comes from reports.',
  })
  securityCenter!: SecurityCenterConnectionType | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When tenants, accounts, contracts and services were last read; null: never yet.',
  })
  directoryReadAt!: Date | null

  @Field(() => IntegrationCountsType, { description: 'How many there are of what.' })
  counts!: IntegrationCountsType
}

@ObjectType('IntegrationResult', {
  description: 'The integration as it is now, or why nothing was stored.',
  simpleResolvers: true,
})
export class IntegrationResultType {
  @Field(() => IntegrationType, {
    nullable: true,
    description: 'The integration; null when refused.',
  })
  integration!: object | null

  @Field(() => [ProblemType], { description: 'Why not, when refused.' })
  problems!: ProblemType[]
}

@ObjectType('ReadDirectoryResult', {
  description: 'How much is listed now, or why nothing was stored.',
  simpleResolvers: true,
})
export class ReadDirectoryResultType {
  @Field(() => IntegrationType, {
    nullable: true,
    description: 'The integration; null when there is none.',
  })
  integration!: object | null

  @Field(() => Int, { description: 'Tenants that the Kaspersky side lists.' })
  tenants!: number

  @Field(() => Int, { description: 'Accounts that Autotask lists.' })
  accounts!: number

  @Field(() => Int, { description: 'Contracts that Autotask lists.' })
  contracts!: number

  @Field(() => Int, { description: "Items of Autotask's catalogue." })
  services!: number

  @Field(() => [ProblemType], { description: 'Why nothing was stored.' })
  problems!: ProblemType[]
}
