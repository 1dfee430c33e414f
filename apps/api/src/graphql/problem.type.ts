import type { Severity as SeverityName, Subject as SubjectValue } from '@trueup/core'
import { Field, ObjectType, registerEnumType } from 'type-graphql'
import { explainProblem, type Problem, type ProblemFacts } from '../problems.ts'

/** How bad something is. */
export const Severity = { BLOCKING: 'BLOCKING', WARNING: 'WARNING', INFO: 'INFO' } as const
registerEnumType(Severity, {
  name: 'Severity',
  description: 'How bad something is.',
  valuesConfig: {
    BLOCKING: { description: 'Keeps something from being billed or stored.' },
    WARNING: { description: 'Wants a look.' },
    INFO: { description: 'Good to know.' },
  },
})

/** What something is about. */
const SubjectKind = {
  TENANT: 'TENANT',
  ACCOUNT: 'ACCOUNT',
  CONTRACT: 'CONTRACT',
  SERVICE: 'SERVICE',
  APPLICATION: 'APPLICATION',
  LINE: 'LINE',
  INTEGRATION: 'INTEGRATION',
  RUN: 'RUN',
  FIELD: 'FIELD',
} as const
registerEnumType(SubjectKind, {
  name: 'SubjectKind',
  description: 'The kind of thing that something is about.',
  valuesConfig: {
    TENANT: { description: 'A customer on the Kaspersky side.' },
    ACCOUNT: { description: 'A customer in Autotask.' },
    CONTRACT: { description: 'A contract in Autotask.' },
    SERVICE: { description: "An item of Autotask's catalogue." },
    APPLICATION: { description: 'A licensed Kaspersky application.' },
    LINE: { description: 'A service on a contract.' },
    INTEGRATION: { description: 'An integration or one of its connections.' },
    RUN: { description: 'A billing run.' },
    FIELD: {
      description: 'A field of the input; the id says where, for example `rows[3].accountId`.',
    },
  },
})

@ObjectType('Fact', { description: 'One fact behind a text, by name.', simpleResolvers: true })
export class FactType {
  @Field(() => String, { description: 'Name of the fact; stable for a code.' })
  name!: string

  @Field(() => String, {
    nullable: true,
    description: 'Its value as text; null when there is none.',
  })
  value!: string | null
}

@ObjectType('Subject', { description: 'What something is about.', simpleResolvers: true })
export class SubjectType {
  @Field(() => SubjectKind, { description: 'What kind of thing it is.' })
  kind!: SubjectValue['kind']

  @Field(() => String, {
    description: 'Its id where it has one; the path of the field for `FIELD`.',
  })
  id!: string

  @Field(() => String, { description: 'What people call it.' })
  name!: string
}

@ObjectType('Problem', {
  description:
    'What kept a request from being carried out, or wants to be known: a stable code, what it is about, facts, and a sentence.',
  simpleResolvers: true,
})
export class ProblemType {
  @Field(() => String, {
    description: 'UPPER_SNAKE; stands in docs/errors.md. Never changes its meaning.',
  })
  code!: string

  @Field(() => Severity, { description: 'How bad it is.' })
  severity!: SeverityName

  @Field(() => SubjectType, { description: 'What it is about.' })
  subject!: SubjectValue

  @Field(() => [FactType], { description: 'The facts behind it, by name.' })
  facts!: FactType[]

  @Field(() => String, { description: 'For people, in English.' })
  message!: string
}

@ObjectType('MutationResult', {
  description: 'Whether it was done, and what kept it from being done.',
  simpleResolvers: true,
})
export class MutationResultType {
  @Field(() => Boolean, { description: 'True when it was done.' })
  ok!: boolean

  @Field(() => [ProblemType], { description: 'Why not, when it was not done.' })
  problems!: ProblemType[]
}

/** Problems in the shape the schema promises. */
export function toProblemTypes(problems: readonly Problem[]): ProblemType[] {
  return problems.map((problem) => ({
    code: problem.code,
    severity: problem.severity,
    subject: problem.subject,
    facts: toFacts(problem.facts),
    message: explainProblem(problem),
  }))
}

/** Facts in the shape the schema promises, in the order they were given. */
export function toFacts(facts: ProblemFacts): FactType[] {
  return Object.entries(facts).map(([name, value]) => ({
    name,
    value: value === null ? null : String(value),
  }))
}

/** The result of a mutation that returns nothing but its success. */
export function toMutationResult(problems: readonly Problem[]): MutationResultType {
  return { ok: problems.length === 0, problems: toProblemTypes(problems) }
}
