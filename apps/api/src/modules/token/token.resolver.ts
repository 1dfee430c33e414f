import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { MutationResultType, toMutationResult, toProblemTypes } from '../../graphql/problem.type.ts'
import { requireViewer } from '../viewer/require-viewer.ts'
import { Role } from '../viewer/role.ts'
import { ApiTokenEntity } from './api-token.entity.ts'
import { createApiToken } from './create-api-token.ts'
import { revokeApiToken } from './revoke-api-token.ts'
import { CreateApiTokenInput } from './token.input.ts'
import { ApiTokenType, CreateApiTokenResultType } from './token.type.ts'

@Resolver()
export class TokenResolver {
  @Authorized(Role.ADMINISTRATOR)
  @Query(() => [ApiTokenType], {
    description: 'Every token that was ever made, newest first. For administrators.',
  })
  apiTokens(@Ctx() context: RequestContext): Promise<ApiTokenType[]> {
    return context.em.find(ApiTokenEntity, {}, { orderBy: { id: 'desc' } })
  }

  @Authorized(Role.ADMINISTRATOR)
  @Mutation(() => CreateApiTokenResultType, {
    description: 'Makes a token for a program. For administrators.',
  })
  async createApiToken(
    @Ctx() context: RequestContext,
    @Arg('input', () => CreateApiTokenInput, { description: 'What it is for and may do.' })
    input: CreateApiTokenInput,
  ): Promise<CreateApiTokenResultType> {
    const { name, role, expiresAt = null } = input
    const outcome = await createApiToken(context.services, requireViewer(context), {
      name,
      role,
      expiresAt,
    })
    return { ...outcome, problems: toProblemTypes(outcome.problems) }
  }

  @Authorized(Role.ADMINISTRATOR)
  @Mutation(() => MutationResultType, {
    description: 'Refuses a token from now on. For administrators.',
  })
  async revokeApiToken(
    @Ctx() context: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the token.' }) id: string,
  ): Promise<MutationResultType> {
    return toMutationResult(await revokeApiToken(context.services, requireViewer(context), id))
  }
}
