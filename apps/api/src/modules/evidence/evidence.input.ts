import type { Day, DeviceCategory as DeviceCategoryName } from '@trueup/core'
import { ArgsType, Field, ID, InputType, registerEnumType } from 'type-graphql'
import { DeviceCategory } from '../../graphql/billing-words.type.ts'
import { PageArgs } from '../../graphql/page.input.ts'
import { DayScalar } from '../../graphql/scalars.ts'
import type { UseChange as UseChangeName } from './device-use-filter.ts'

/** What has become of a device's use since the reading that is compared with. */
export const UseChange: { readonly [Key in UseChangeName]: Key } = {
  JOINED: 'JOINED',
  CHANGED: 'CHANGED',
  STAYED: 'STAYED',
  LEFT: 'LEFT',
}
registerEnumType(UseChange, {
  name: 'UseChange',
  description:
    "What has become of a device's use of an application since the reading that is compared with.",
  valuesConfig: {
    JOINED: { description: 'Uses it now and did not in the earlier reading.' },
    CHANGED: { description: 'Used it then under another name, system, category or key.' },
    STAYED: { description: 'Used it in both readings, counted alike.' },
    LEFT: { description: 'Used it then and no more.' },
  },
})

@ArgsType()
export class EvidenceArgs {
  @Field(() => ID, { description: 'Id of the tenant.' })
  tenantId!: string

  @Field(() => ID, { nullable: true, description: 'The reading; left out: the newest.' })
  snapshotId?: string | null

  @Field(() => DayScalar, {
    nullable: true,
    description: 'The newest reading that counts for this day or an earlier one.',
  })
  day?: Day | null

  @Field(() => ID, {
    nullable: true,
    description: 'What it is compared with; left out: the reading of the last run before it.',
  })
  sinceSnapshotId?: string | null
}

@InputType('DeviceUseFilter', { description: 'Which uses. What is left out does not matter.' })
export class DeviceUseFilter {
  @Field(() => String, {
    nullable: true,
    description: "Any part of the device's name, upper and lower case alike.",
  })
  nameContains?: string | null

  @Field(() => String, { nullable: true, description: 'Of the application with this name.' })
  application?: string | null

  @Field(() => [DeviceCategory], {
    nullable: 'itemsAndList',
    description: 'Of these categories; null among them: of no known operating system.',
  })
  categories?: (DeviceCategoryName | null)[] | null

  @Field(() => String, { nullable: true, description: 'By the key with this serial.' })
  key?: string | null

  @Field(() => [UseChange], {
    nullable: true,
    description: 'With these changes; left out: everything in use, so that the total is the count.',
  })
  changes?: UseChangeName[] | null
}

@ArgsType()
export class DeviceUseArgs extends PageArgs {
  @Field(() => DeviceUseFilter, { nullable: true, description: 'Which uses.' })
  filter?: DeviceUseFilter | null
}
