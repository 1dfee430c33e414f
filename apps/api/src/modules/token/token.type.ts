import { Field, ID, ObjectType } from 'type-graphql'
import { ProblemType } from '../../graphql/problem.type.ts'
import { DateTimeScalar } from '../../graphql/scalars.ts'
import { Role } from '../viewer/role.ts'

@ObjectType('ApiToken', { description: 'A bearer token of a program.', simpleResolvers: true })
export class ApiTokenType {
  @Field(() => ID, { description: 'Id.' })
  id!: string

  @Field(() => String, { description: 'What it is for; shown in the activity log.' })
  name!: string

  @Field(() => Role, { description: 'What it may do.' })
  role!: Role

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  createdAt!: Date

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'From then on it is refused; null: never.',
  })
  expiresAt!: Date | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was last used, to the minute; null: never yet.',
  })
  lastUsedAt!: Date | null

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Since then it is refused; null: it is good.',
  })
  revokedAt!: Date | null
}

@ObjectType('CreateApiTokenResult', {
  description: 'A new token with its secret, or why not.',
  simpleResolvers: true,
})
export class CreateApiTokenResultType {
  @Field(() => ApiTokenType, { nullable: true, description: 'The new token; null when refused.' })
  token!: ApiTokenType | null

  @Field(() => String, {
    nullable: true,
    description: 'The secret for the header `Authorization: Bearer …`. Shown this one time only.',
  })
  secret!: string | null

  @Field(() => [ProblemType], { description: 'Why not, when refused.' })
  problems!: ProblemType[]
}
