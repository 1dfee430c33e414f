import { ArgsType, Field, ID, InputType } from 'type-graphql'

@InputType('LineInput', { description: 'A line: a service on a contract.' })
export class LineInput {
  @Field(() => ID, { description: 'The contract.' })
  contractId!: string

  @Field(() => ID, { description: 'The service.' })
  serviceId!: string
}

@ArgsType()
export class LinesArgs {
  @Field(() => ID, { description: 'The integration.' })
  integrationId!: string

  @Field(() => [LineInput], { description: 'The lines.' })
  lines!: LineInput[]
}
