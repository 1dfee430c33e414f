import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { notFound } from '../../errors.ts'
import type { AutotaskAccountRow } from '../account/account.entity.ts'
import type { ContractRow } from '../contract/contract.entity.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import type { ServiceRow } from '../service/service.entity.ts'
import { MutationResultType, toMutationResult } from '../../graphql/problem.type.ts'
import { requireViewer } from '../viewer/require-viewer.ts'
import { Role } from '../viewer/role.ts'
import { LinesArgs } from './line.input.ts'
import { setLines } from './set-lines.ts'
import type { TenantRow } from '../tenant/tenant.entity.ts'
import { OpenLineType } from './open-line.type.ts'
import { isOpenLine, readJournalledLines, type JournalledLine } from './read-journalled-lines.ts'

@Resolver(() => OpenLineType)
export class OpenLineResolver {
  @Query(() => [OpenLineType], {
    description:
      "Lines that still carry Trueup's units although no mapping feeds them, and lines that are stopped; by the tenant's name. From Trueup's own journal: Autotask is not asked.",
  })
  async openLines(
    @Ctx() { em }: RequestContext,
    @Arg('integrationId', () => ID, { description: 'Id of the integration.' })
    integrationId: string,
    @Arg('tenantId', () => ID, { nullable: true, description: 'Only of this tenant.' })
    tenantId: string | null,
  ): Promise<JournalledLine[]> {
    const integration = await em.findOne(IntegrationEntity, { id: integrationId })
    if (integration === null) throw notFound('integration', integrationId)
    return (await readJournalledLines(em, integration, { tenantId })).filter(isOpenLine)
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => MutationResultType, {
    description: 'Runs leave these lines alone from now on, and say so. Changes no units.',
  })
  async stopLines(
    @Ctx() context: RequestContext,
    @Args(() => LinesArgs) args: LinesArgs,
  ): Promise<MutationResultType> {
    const viewer = requireViewer(context)
    return toMutationResult(await setLines(context.services, viewer, args, 'STOPPED'))
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => MutationResultType, {
    description: 'Runs bill these stopped lines again, from the next one on. Changes no units.',
  })
  async resumeLines(
    @Ctx() context: RequestContext,
    @Args(() => LinesArgs) args: LinesArgs,
  ): Promise<MutationResultType> {
    const viewer = requireViewer(context)
    return toMutationResult(await setLines(context.services, viewer, args, 'OWNED'))
  }

  @FieldResolver()
  tenant(
    @Root() { tenantId }: JournalledLine,
    @Ctx() { loaders }: RequestContext,
  ): Promise<TenantRow | null> {
    return loaders.tenant.load(tenantId)
  }

  @FieldResolver()
  account(
    @Root() { accountId }: JournalledLine,
    @Ctx() { loaders }: RequestContext,
  ): Promise<AutotaskAccountRow | null> {
    return loaders.account.load(accountId)
  }

  @FieldResolver()
  contract(
    @Root() { contractId }: JournalledLine,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ContractRow | null> {
    return loaders.contract.load(contractId)
  }

  @FieldResolver()
  service(
    @Root() { serviceId }: JournalledLine,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ServiceRow | null> {
    return loaders.service.load(serviceId)
  }
}
