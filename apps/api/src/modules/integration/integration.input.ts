import type { EffectiveDatePolicy as EffectiveDatePolicyName } from '@trueup/core'
import { Field, InputType, Int } from 'type-graphql'
import { EffectiveDatePolicy } from '../../graphql/billing-words.type.ts'
import type {
  ApprovalMode as ApprovalModeName,
  UsageSourceKind as UsageSourceKindName,
} from './integration.entity.ts'
import { ApprovalMode, BrakesShape, UsageSourceKind } from './integration.type.ts'

@InputType('AutotaskConnectionInput', { description: 'How to reach Autotask.' })
export class AutotaskConnectionInput {
  @Field(() => String, {
    nullable: true,
    description: "Where the zone is looked up; null: Autotask's own address.",
  })
  url?: string | null

  @Field(() => String, { description: 'Login of an API-only user.' })
  userName!: string

  @Field(() => String, { description: 'Its secret. Stored encrypted, never given out.' })
  secret!: string

  @Field(() => String, {
    description: 'Its tracking identifier. Stored encrypted, never given out.',
  })
  integrationCode!: string
}

@InputType('SecurityCenterConnectionInput', {
  description: 'How to reach Kaspersky Security Center.',
})
export class SecurityCenterConnectionInput {
  @Field(() => String, { description: 'For example `https://ksc.example:13299`.' })
  url!: string

  @Field(() => String, { description: 'An internal user that only reads.' })
  user!: string

  @Field(() => String, { description: 'Its password. Stored encrypted, never given out.' })
  password!: string

  @Field(() => String, {
    nullable: true,
    description:
      "SHA-256 of the one certificate to trust; null: the machine's trust store decides.",
  })
  certificateSha256?: string | null
}

@InputType('CreateIntegrationInput', { description: 'A new integration.' })
export class CreateIntegrationInput {
  @Field(() => String, { description: '1 to 100 characters, once in Trueup.' })
  name!: string

  @Field(() => String, {
    defaultValue: 'UTC',
    description: 'Time zone in which its days begin, for example `Europe/Berlin`.',
  })
  timeZone!: string

  @Field(() => Int, { defaultValue: 3, description: 'Hour of the daily run, 0 to 23.' })
  dailyRunHour!: number

  @Field(() => AutotaskConnectionInput, { description: 'How to reach Autotask.' })
  autotask!: AutotaskConnectionInput

  @Field(() => UsageSourceKind, {
    defaultValue: 'SECURITY_CENTER',
    description: 'Where its usage comes from. Never changes later.',
  })
  source!: UsageSourceKindName

  @Field(() => SecurityCenterConnectionInput, {
    nullable: true,
    description: 'How to reach Kaspersky Security Center; left out when usage comes from reports.',
  })
  securityCenter?: SecurityCenterConnectionInput | null
}

@InputType('UpdateAutotaskConnectionInput', {
  description: 'Changes of the Autotask connection. What is left out stays as it is.',
})
export class UpdateAutotaskConnectionInput {
  @Field(() => String, {
    nullable: true,
    description:
      "Where the zone is looked up; null: Autotask's own address. Another address needs the secret again.",
  })
  url?: string | null

  @Field(() => String, { nullable: true, description: 'Login of an API-only user.' })
  userName?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Its new secret. Stored encrypted, never given out.',
  })
  secret?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Its new tracking identifier. Stored encrypted, never given out.',
  })
  integrationCode?: string | null
}

@InputType('UpdateSecurityCenterConnectionInput', {
  description:
    'Changes of the Kaspersky Security Center connection. What is left out stays as it is.',
})
export class UpdateSecurityCenterConnectionInput {
  @Field(() => String, {
    nullable: true,
    description:
      'For example `https://ksc.example:13299`. Another address needs the password again.',
  })
  url?: string | null

  @Field(() => String, { nullable: true, description: 'An internal user that only reads.' })
  user?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'Its new password. Stored encrypted, never given out.',
  })
  password?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      "SHA-256 of the one certificate to trust; null: the machine's trust store decides.",
  })
  certificateSha256?: string | null
}

@InputType('UpdateIntegrationInput', {
  description: 'Changes of an integration. What is left out stays as it is.',
})
export class UpdateIntegrationInput {
  @Field(() => String, { nullable: true, description: '1 to 100 characters, once in Trueup.' })
  name?: string | null

  @Field(() => String, { nullable: true, description: 'Time zone in which its days begin.' })
  timeZone?: string | null

  @Field(() => Int, { nullable: true, description: 'Hour of the daily run, 0 to 23.' })
  dailyRunHour?: number | null

  @Field(() => Boolean, { nullable: true, description: 'Whether there is a daily run.' })
  scheduleEnabled?: boolean | null

  @Field(() => ApprovalMode, {
    nullable: true,
    description: 'Whether adjustments wait for a person.',
  })
  approvalMode?: ApprovalModeName | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether a device with an unknown operating system counts as a workstation.',
  })
  countUnknownAsWorkstation?: boolean | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether OEM keys count. Virtual servers only.',
  })
  countOem?: boolean | null

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether soft-cancelled subscriptions count until they end. Virtual servers only.',
  })
  countSoftCancelled?: boolean | null

  @Field(() => EffectiveDatePolicy, { nullable: true, description: 'When changes take effect.' })
  effectiveDatePolicy?: EffectiveDatePolicyName | null

  @Field(() => Int, {
    nullable: true,
    description: 'Age in days from which a reading is too old to bill by, 1 to 60.',
  })
  maximumReadingAgeDays?: number | null

  @Field(() => BrakesShape, {
    nullable: true,
    description: 'All limits anew: one that is left out is switched off.',
  })
  brakes?: BrakesShape | null

  @Field(() => UpdateAutotaskConnectionInput, {
    nullable: true,
    description: 'Changes of the Autotask connection.',
  })
  autotask?: UpdateAutotaskConnectionInput | null

  @Field(() => UpdateSecurityCenterConnectionInput, {
    nullable: true,
    description: 'Changes of the Kaspersky Security Center connection.',
  })
  securityCenter?: UpdateSecurityCenterConnectionInput | null
}

@InputType('TestIntegrationInput', {
  description:
    'Connections to try, stored or not. What is left out is taken from the stored integration.',
})
export class TestIntegrationInput {
  @Field(() => AutotaskConnectionInput, { nullable: true, description: 'How to reach Autotask.' })
  autotask?: AutotaskConnectionInput | null

  @Field(() => SecurityCenterConnectionInput, {
    nullable: true,
    description: 'How to reach Kaspersky Security Center.',
  })
  securityCenter?: SecurityCenterConnectionInput | null
}
