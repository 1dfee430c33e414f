import type { Severity as SeverityName } from '@trueup/core'
import { ArgsType, Field, ID, InputType } from 'type-graphql'
import { PageArgs } from '../../graphql/page.input.ts'
import { Severity } from '../../graphql/problem.type.ts'

@InputType('FindingFilter', { description: 'Which findings. What is left out does not matter.' })
export class FindingFilter {
  @Field(() => ID, {
    nullable: true,
    description: 'Of this run or preview; without it, of the newest one.',
  })
  runId?: string | null

  @Field(() => [String], { nullable: true, description: 'With one of these codes.' })
  code?: string[] | null

  @Field(() => [Severity], { nullable: true, description: 'As bad as one of these.' })
  severity?: SeverityName[] | null

  @Field(() => ID, { nullable: true, description: 'About this tenant.' })
  tenantId?: string | null
}

@ArgsType()
export class RunFindingArgs extends PageArgs {
  @Field(() => FindingFilter, { nullable: true, description: 'Which findings.' })
  filter?: FindingFilter | null
}

@ArgsType()
export class FindingArgs extends RunFindingArgs {
  @Field(() => ID, { description: 'Id of the integration.' })
  integrationId!: string
}
