import { Field, InputType } from 'type-graphql'
import { DateTimeScalar } from '../../graphql/scalars.ts'
import { Role } from '../viewer/role.ts'

@InputType('CreateApiTokenInput', { description: 'What a new token is for and may do.' })
export class CreateApiTokenInput {
  @Field(() => String, { description: '1 to 100 characters.' })
  name!: string

  @Field(() => Role, { description: 'What it may do.' })
  role!: Role

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'In the future; null: it never expires.',
  })
  expiresAt?: Date | null
}
