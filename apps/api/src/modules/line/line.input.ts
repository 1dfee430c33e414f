import { ArgsType, Field, ID, InputType } from 'type-graphql'

@InputType('LineInput', { description: 'A line: a service on a contract.' })
export class LineInput {
  @Field(() => ID, { description: 'Id of the contract.' })
  contractId!: string

  @Field(() => ID, { description: 'Id of the service.' })
  serviceId!: string
}

@ArgsType()
export class LinesArgs {
  @Field(() => ID, { description: 'Id of the integration.' })
  integrationId!: string

  @Field(() => [LineInput], { description: 'Which lines; all of them are changed or none.' })
  lines!: LineInput[]
}
