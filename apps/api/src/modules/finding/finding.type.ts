import type { DecimalText, Severity as SeverityName, Subject } from '@trueup/core'
import { Field, ID, ObjectType } from 'type-graphql'
import { createConnectionType } from '../../graphql/connection.type.ts'
import { FactType, Severity, SubjectType } from '../../graphql/problem.type.ts'
import { DecimalScalar } from '../../graphql/scalars.ts'
import { TenantType } from '../tenant/tenant.type.ts'

@ObjectType('Finding', { description: 'Something a person should know.', simpleResolvers: true })
export class FindingType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => String, { description: 'UPPER_SNAKE; stands in docs/errors.md.' })
  code!: string

  @Field(() => Severity, { description: 'How bad it is.' })
  severity!: SeverityName

  @Field(() => SubjectType, { description: 'What it is about.' })
  subject!: Subject

  @Field(() => [FactType], { description: 'The facts behind it, by name.' })
  facts!: FactType[]

  @Field(() => String, { description: 'For people, in English.' })
  message!: string

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'What is skipped costs this much a month, where prices are known.',
  })
  revenueAtRiskPerMonth!: DecimalText | null

  @Field(() => TenantType, {
    nullable: true,
    description: 'The tenant it concerns, where it concerns one.',
  })
  tenant!: object | null
}

/** A page of findings. */
export const FindingConnection = createConnectionType('Finding', () => FindingType, {
  one: 'A finding',
  many: 'findings',
})
