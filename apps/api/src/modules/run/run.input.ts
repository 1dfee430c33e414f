import { ArgsType, Field, ID, InputType, registerEnumType } from 'type-graphql'
import { PageArgs, ShortPageArgs } from '../../graphql/page.input.ts'
import type { AdjustmentStatus as AdjustmentStatusName } from '../adjustment/adjustment.entity.ts'
import { AdjustmentStatus } from '../adjustment/adjustment.type.ts'
import type { RunMode as RunModeName, RunStatus as RunStatusName } from './billing-run.entity.ts'
import { RunMode, RunStatus } from './run.type.ts'

@InputType('BillingRunFilter', { description: 'Which runs. What is left out does not matter.' })
export class BillingRunFilter {
  @Field(() => RunMode, { nullable: true, description: 'Only previews, or only runs.' })
  mode?: RunModeName | null

  @Field(() => [RunStatus], { nullable: true, description: 'Standing at one of these.' })
  status?: RunStatusName[] | null
}

@InputType('AdjustmentFilter', {
  description: 'Which adjustments. What is left out does not matter.',
})
export class AdjustmentFilter {
  @Field(() => [AdjustmentStatus], { nullable: true, description: 'Standing at one of these.' })
  status?: AdjustmentStatusName[] | null

  @Field(() => ID, { nullable: true, description: 'Of this tenant.' })
  tenantId?: string | null

  @Field(() => ID, {
    nullable: true,
    description: 'Of this run or preview. Without it, previews are left out.',
  })
  runId?: string | null

  @Field(() => String, {
    nullable: true,
    description: "Any part of the tenant's name, upper and lower case alike.",
  })
  tenantNameContains?: string | null
}

/** Orders of adjustments. */
export const AdjustmentSort = {
  NEWEST_FIRST: 'NEWEST_FIRST',
  TENANT_NAME_ASC: 'TENANT_NAME_ASC',
} as const
registerEnumType(AdjustmentSort, {
  name: 'AdjustmentSort',
  description: 'Orders of adjustments.',
  valuesConfig: {
    NEWEST_FIRST: { description: 'The newest first.' },
    TENANT_NAME_ASC: { description: "By the tenant's name." },
  },
})

@ArgsType()
export class BillingRunArgs extends ShortPageArgs {
  @Field(() => ID, { description: 'Id of the integration.' })
  integrationId!: string

  @Field(() => BillingRunFilter, { nullable: true, description: 'Which runs.' })
  filter?: BillingRunFilter | null
}

@ArgsType()
export class RunAdjustmentArgs extends PageArgs {
  @Field(() => AdjustmentFilter, { nullable: true, description: 'Which adjustments.' })
  filter?: AdjustmentFilter | null

  @Field(() => AdjustmentSort, {
    defaultValue: AdjustmentSort.TENANT_NAME_ASC,
    description: 'Order of the rows; a cursor holds for one order only.',
  })
  sort!: keyof typeof AdjustmentSort
}

@ArgsType()
export class AdjustmentArgs extends PageArgs {
  @Field(() => ID, { description: 'Id of the integration.' })
  integrationId!: string

  @Field(() => AdjustmentFilter, { nullable: true, description: 'Which adjustments.' })
  filter?: AdjustmentFilter | null

  @Field(() => AdjustmentSort, {
    defaultValue: AdjustmentSort.NEWEST_FIRST,
    description: 'Order of the rows; a cursor holds for one order only.',
  })
  sort!: keyof typeof AdjustmentSort
}
