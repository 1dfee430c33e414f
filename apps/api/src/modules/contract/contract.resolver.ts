import { toContractUrl } from '@trueup/autotask'
import type { ContractId, Day } from '@trueup/core'
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { nameContains } from '../../database/name-contains.ts'
import { byName } from '../../graphql/name-order.ts'
import { toPageRequest } from '../../graphql/page.input.ts'
import { readPage, type Page } from '../../graphql/page.ts'
import type { AutotaskAccountRow } from '../account/account.entity.ts'
import { AutotaskAccountType } from '../account/account.type.ts'
import { readToday } from '../integration/read-today.ts'
import { availableOn, whyUnavailable, type ContractUnavailable } from './availability.ts'
import { ContractEntity, type ContractRow } from './contract.entity.ts'
import { ContractArgs, type ContractFilter } from './contract.input.ts'
import { ContractConnection, ContractType } from './contract.type.ts'

@Resolver(() => ContractType)
export class ContractResolver {
  @Query(() => ContractConnection, {
    description:
      'Contracts, of one account when `accountId` is given. Those that cannot be billed on say why.',
  })
  async contracts(
    @Ctx() context: RequestContext,
    @Args(() => ContractArgs) args: ContractArgs,
  ): Promise<Page<ContractRow>> {
    const { integrationId, accountId = null } = args
    const today = await readToday(context, integrationId)
    const where = {
      integrationId,
      ...(accountId === null ? {} : { account: accountId }),
      ...toConditions(args.filter ?? {}, today),
    }
    return readPage(
      context.em,
      { entity: ContractEntity, where, order: byName(args.sort ?? 'NAME_ASC') },
      toPageRequest(args),
    )
  }

  @FieldResolver(() => AutotaskAccountType, { description: 'Whose contract it is.' })
  account(
    @Root() contract: ContractRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<AutotaskAccountRow | null> {
    return loaders.account.load(contract.account.id)
  }

  @FieldResolver()
  async unavailableBecause(
    @Root() contract: ContractRow,
    @Ctx() context: RequestContext,
  ): Promise<ContractUnavailable | null> {
    return whyUnavailable(contract, await readToday(context, contract.integrationId))
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description:
      'The contract that it was renewed as, as far as Autotask links the two; to be chosen in its place once this one has ended.',
  })
  async renewedAs(
    @Root() contract: ContractRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ContractRow | null> {
    const { integrationId, renewedAsExternalId } = contract
    if (renewedAsExternalId === null) return null
    return loaders.contractByExternalId.load(`${integrationId}/${renewedAsExternalId}`)
  }

  @FieldResolver()
  async webUrl(
    @Root() contract: ContractRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<string | null> {
    const webUrl = (await loaders.integration.load(contract.integrationId))?.autotaskWebUrl ?? null
    return webUrl === null ? null : toContractUrl(webUrl, contract.externalId as ContractId)
  }
}

function toConditions(filter: ContractFilter, today: Day): object {
  const { available = null } = filter
  const name = nameContains(filter.nameContains)
  if (available === null) return name
  return available ? { ...name, ...availableOn(today) } : { ...name, $not: availableOn(today) }
}
