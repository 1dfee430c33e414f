import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { toProblemTypes } from '../../graphql/problem.type.ts'
import { requireViewer } from '../viewer/require-viewer.ts'
import { Role } from '../viewer/role.ts'
import { beginFirstWrite } from './begin-first-write.ts'
import { BeginFirstWriteInput } from './first-write.input.ts'
import {
  BeginFirstWriteResultType,
  FirstWriteProposalResultType,
  FirstWriteType,
} from './first-write.type.ts'
import { proposeFirstWrite } from './propose-first-write.ts'
import { readAttempt, readFirstWrite } from './read-first-write.ts'

const INTEGRATION = 'Id of the integration.'
const CONTRACT = 'Id of a contract of it.'

@Resolver()
export class FirstWriteResolver {
  @Query(() => FirstWriteType, {
    nullable: true,
    description:
      'Whether the first write was made and what is known of this Autotask; null without such an integration.',
  })
  firstWrite(
    @Ctx() { services }: RequestContext,
    @Arg('integrationId', () => ID, { description: INTEGRATION }) integrationId: string,
  ): Promise<FirstWriteType | null> {
    return readFirstWrite(services, integrationId)
  }

  @Authorized(Role.ADMINISTRATOR)
  @Mutation(() => FirstWriteProposalResultType, {
    description:
      'Reads the lines of a contract and proposes a first write on each. Changes nothing. For administrators.',
  })
  async proposeFirstWrite(
    @Ctx() { services }: RequestContext,
    @Arg('integrationId', () => ID, { description: INTEGRATION }) integrationId: string,
    @Arg('contractId', () => ID, { description: CONTRACT }) contractId: string,
  ): Promise<FirstWriteProposalResultType> {
    const { lines, problems } = await proposeFirstWrite(services, { integrationId, contractId })
    return {
      lines: lines.map(({ line, serviceName, proposal, obstacle }) => ({
        lineId: line.id,
        serviceName,
        effectiveDay: proposal?.effectiveDay ?? null,
        units: proposal?.before ?? null,
        obstacle,
      })),
      problems: toProblemTypes(problems),
    }
  }

  @Authorized(Role.ADMINISTRATOR)
  @Mutation(() => BeginFirstWriteResultType, {
    description:
      'Adds one unit to the line from the day on, looks, takes it away again, looks. Only with exactly the numbers that were proposed. For administrators.',
  })
  async beginFirstWrite(
    @Ctx() context: RequestContext,
    @Arg('input', () => BeginFirstWriteInput, { description: 'What, and with which numbers.' })
    input: BeginFirstWriteInput,
    @Arg('wait', () => Boolean, {
      defaultValue: false,
      description: 'Answer only when it has ended or was broken off.',
    })
    wait: boolean,
  ): Promise<BeginFirstWriteResultType> {
    const { services } = context
    const { units: before, ...line } = input
    const begun = await beginFirstWrite(services, requireViewer(context), { ...line, before })
    if (begun.attempt === null) return { attempt: null, problems: toProblemTypes(begun.problems) }
    if (wait) await begun.ended
    return { attempt: await readAttempt(services, begun.attempt.id), problems: [] }
  }
}
