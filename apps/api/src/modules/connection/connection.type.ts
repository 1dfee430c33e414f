import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { FactType, ProblemType } from '../../graphql/problem.type.ts'

/** Which of the two connections. */
export const ConnectionSide = { AUTOTASK: 'AUTOTASK', KASPERSKY: 'KASPERSKY' } as const
registerEnumType(ConnectionSide, {
  name: 'ConnectionSide',
  description: 'Which of the two connections.',
  valuesConfig: {
    AUTOTASK: { description: 'Autotask.' },
    KASPERSKY: { description: 'Kaspersky Security Center.' },
  },
})

@ObjectType('AutotaskConnection', {
  description: 'How Autotask is reached. The secret and the integration code are never given out.',
  simpleResolvers: true,
})
export class AutotaskConnectionType {
  @Field(() => String, { description: 'Where the zone is looked up.' })
  url!: string

  @Field(() => String, { description: 'Login of the API-only user.' })
  userName!: string

  @Field(() => Boolean, { description: 'True when a secret is stored.' })
  hasSecret!: boolean
}

@ObjectType('SecurityCenterConnection', {
  description: 'How Kaspersky Security Center is reached. The password is never given out.',
  simpleResolvers: true,
})
export class SecurityCenterConnectionType {
  @Field(() => String, { description: 'For example `https://ksc.example:13299`.' })
  url!: string

  @Field(() => String, { description: 'An internal user that only reads.' })
  user!: string

  @Field(() => Boolean, { description: 'True when a password is stored.' })
  hasPassword!: boolean

  @Field(() => String, {
    nullable: true,
    description:
      "SHA-256 of the one certificate that is trusted; null: the machine's trust store decides.",
  })
  certificateSha256!: string | null
}

@ObjectType('ConnectionCheck', {
  description: 'One thing a connection test looked at.',
  simpleResolvers: true,
})
export class ConnectionCheckType {
  @Field(() => ConnectionSide, { description: 'Which connection.' })
  side!: keyof typeof ConnectionSide

  @Field(() => String, { description: 'What was looked at; stands in docs/errors.md.' })
  code!: string

  @Field(() => Boolean, { description: 'True unless something has to be done about it.' })
  ok!: boolean

  @Field(() => Boolean, {
    description:
      'False for what nobody can know before the first write; there is nothing to be done about it.',
  })
  isKnown!: boolean

  @Field(() => String, { description: 'What was found, for people, in English.' })
  message!: string

  @Field(() => [FactType], {
    description:
      'What was seen. A certificate that is not trusted comes with its fingerprint as `certificateSha256`, to be compared and trusted.',
  })
  facts!: FactType[]
}

@ObjectType('ConnectionTestResult', {
  description: 'What a connection test found.',
  simpleResolvers: true,
})
export class ConnectionTestResultType {
  @Field(() => [ConnectionCheckType], {
    description:
      'In the order in which a person would go through them, up to what keeps the rest from being looked at.',
  })
  checks!: ConnectionCheckType[]

  @Field(() => [ProblemType], { description: 'Why nothing could be tested.' })
  problems!: ProblemType[]
}
