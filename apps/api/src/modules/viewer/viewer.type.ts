import type { Day } from '@trueup/core'
import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { ProblemType } from '../../graphql/problem.type.ts'
import { DayScalar } from '../../graphql/scalars.ts'
import { Role } from './role.ts'

registerEnumType(Role, {
  name: 'Role',
  description: 'What somebody may do.',
  valuesConfig: {
    ADMINISTRATOR: { description: 'Everything, also integrations, the first write and tokens.' },
    AUTOMATION: { description: 'Everything but connections, secrets and tokens.' },
    READER: { description: 'Queries only, without those for tokens and previews of undoing.' },
  },
})

/** A person or a program. */
export const ViewerKind = { PERSON: 'PERSON', TOKEN: 'TOKEN' } as const
registerEnumType(ViewerKind, {
  name: 'ViewerKind',
  description: 'A person or a program.',
  valuesConfig: {
    PERSON: { description: 'Somebody who signed in.' },
    TOKEN: { description: 'A program with a token.' },
  },
})

@ObjectType('Viewer', { description: 'Who is asking.', simpleResolvers: true })
export class ViewerType {
  @Field(() => ViewerKind, { description: 'A person or a program.' })
  kind!: keyof typeof ViewerKind

  @Field(() => String, { description: "The person's user name, or the token's name." })
  name!: string

  @Field(() => Role, { description: 'What the viewer may do.' })
  role!: Role

  @Field(() => Boolean, {
    description: 'True in the practice world, where nothing reaches a real customer.',
  })
  isPractice!: boolean

  @Field(() => DayScalar, {
    nullable: true,
    description: "The practice world's calendar day, else null.",
  })
  practiceDay!: Day | null

  @Field(() => Boolean, { description: 'True while the password is the generated one.' })
  mustChangePassword!: boolean
}

@ObjectType('SignInResult', {
  description: 'The person signed in, or why not.',
  simpleResolvers: true,
})
export class SignInResultType {
  @Field(() => ViewerType, {
    nullable: true,
    description: 'Who is signed in now; null when refused.',
  })
  viewer!: ViewerType | null

  @Field(() => [ProblemType], { description: 'Why not, when refused.' })
  problems!: ProblemType[]
}
