import { raw } from '@mikro-orm/core'
import { toAccountUrl } from '@trueup/autotask'
import type { AccountId } from '@trueup/core'
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { nameContains } from '../../database/name-contains.ts'
import { byName } from '../../graphql/name-order.ts'
import { toPageRequest } from '../../graphql/page.input.ts'
import { readPage, type Page } from '../../graphql/page.ts'
import type { ContractRow } from '../contract/contract.entity.ts'
import { ContractType } from '../contract/contract.type.ts'
import type { TenantRow } from '../tenant/tenant.entity.ts'
import { TenantType } from '../tenant/tenant.type.ts'
import { AutotaskAccountEntity, type AutotaskAccountRow } from './account.entity.ts'
import { AutotaskAccountArgs, type AutotaskAccountFilter } from './account.input.ts'
import { AutotaskAccountConnection, AutotaskAccountType } from './account.type.ts'

@Resolver(() => AutotaskAccountType)
export class AutotaskAccountResolver {
  @Query(() => AutotaskAccountConnection, {
    description: 'The customers in Autotask, taken or free.',
  })
  autotaskAccounts(
    @Ctx() { em }: RequestContext,
    @Args(() => AutotaskAccountArgs) args: AutotaskAccountArgs,
  ): Promise<Page<AutotaskAccountRow>> {
    const where = { integrationId: args.integrationId, ...toConditions(args.filter ?? {}) }
    return readPage(
      em,
      { entity: AutotaskAccountEntity, where, order: byName(args.sort ?? 'NAME_ASC') },
      toPageRequest(args),
    )
  }

  @FieldResolver(() => TenantType, {
    nullable: true,
    description: 'The tenant that holds it; one to one.',
  })
  async takenBy(
    @Root() account: AutotaskAccountRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<TenantRow | null> {
    const mapping = await loaders.mappingOfAccount.load(account.id)
    return mapping === null ? null : loaders.tenant.load(mapping.tenant.id)
  }

  @FieldResolver()
  async webUrl(
    @Root() account: AutotaskAccountRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<string | null> {
    const webUrl = (await loaders.integration.load(account.integrationId))?.autotaskWebUrl ?? null
    return webUrl === null ? null : toAccountUrl(webUrl, account.externalId as AccountId)
  }

  @FieldResolver(() => [ContractType], { description: 'All its contracts, by name.' })
  contracts(
    @Root() account: AutotaskAccountRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ContractRow[]> {
    return loaders.contractsOfAccount.load(account.id)
  }
}

const HELD_BY_A_TENANT = 'exists (select 1 from account_mapping held where held.account_id = '

function toConditions(filter: AutotaskAccountFilter): object {
  const { taken = null, active = null } = filter
  const not = taken === true ? '' : 'not '
  return {
    ...nameContains(filter.nameContains),
    ...(taken === null ? {} : { [raw((alias) => `${not}${HELD_BY_A_TENANT}${alias}.id)`)]: [] }),
    ...(active === null ? {} : { isActive: active }),
  }
}
