import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { listAskedFields } from '../../graphql/asked-fields.ts'
import { toPageRequest } from '../../graphql/page.input.ts'
import type { Page } from '../../graphql/page.ts'
import type { AutotaskAccountRow } from '../account/account.entity.ts'
import { AutotaskAccountType } from '../account/account.type.ts'
import type { ContractRow } from '../contract/contract.entity.ts'
import { ContractType } from '../contract/contract.type.ts'
import type { TenantRow } from '../tenant/tenant.entity.ts'
import { TenantType } from '../tenant/tenant.type.ts'
import type { AccountMappingRow } from './account-mapping.entity.ts'
import { AccountMappingArgs } from './account-mapping.input.ts'
import { AccountMappingConnection, AccountMappingType } from './account-mapping.type.ts'
import { readMappingPage } from './read-mapping-page.ts'

@Resolver(() => AccountMappingType)
export class AccountMappingResolver {
  @Query(() => AccountMappingConnection, {
    description: 'How tenants are mapped and billed; every tenant has one row.',
  })
  accountMappings(
    @Ctx() context: RequestContext,
    @Args(() => AccountMappingArgs) args: AccountMappingArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<AccountMappingRow>> {
    const filter = args.filter ?? {}
    const asked = listAskedFields(info)
    return readMappingPage(
      context,
      {
        integrationId: args.integrationId,
        kind: null,
        tenantNameContains: filter.tenantNameContains ?? null,
        mapped: filter.mapped ?? null,
        billingEnabled: filter.billingEnabled ?? null,
        present: null,
        sort: args.sort === 'TENANT_NAME_DESC' ? 'NAME_DESC' : 'NAME_ASC',
        along: (['account', 'contract'] as const).filter((name) => asked.has(`nodes.${name}`)),
      },
      toPageRequest(args),
    )
  }

  @FieldResolver(() => TenantType, { description: 'Whose mapping it is.' })
  tenant(
    @Root() mapping: AccountMappingRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<TenantRow | null> {
    return loaders.tenant.load(mapping.tenant.id)
  }

  @FieldResolver(() => AutotaskAccountType, {
    nullable: true,
    description: 'The account; null while the tenant is not mapped.',
  })
  account(
    @Root() { account }: AccountMappingRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<AutotaskAccountRow | null> | null {
    return account === null ? null : loaders.account.load(account.id)
  }

  @FieldResolver(() => ContractType, {
    nullable: true,
    description: 'The contract that is billed on; null while none is chosen.',
  })
  contract(
    @Root() { contract }: AccountMappingRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ContractRow | null> | null {
    return contract === null ? null : loaders.contract.load(contract.id)
  }
}
