import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { listAskedFields } from '../../graphql/asked-fields.ts'
import { toPageRequest } from '../../graphql/page.input.ts'
import { mapPage, type Page } from '../../graphql/page.ts'
import type { AccountMappingRow } from '../mapping/account-mapping.entity.ts'
import { AccountMappingType } from '../mapping/account-mapping.type.ts'
import { readMappingPage } from '../mapping/read-mapping-page.ts'
import type { TenantKind, TenantRow } from './tenant.entity.ts'
import { TenantArgs } from './tenant.input.ts'
import {
  TenantConnection,
  TenantType,
  VirtualServerConnection,
  WorkspaceConnection,
} from './tenant.type.ts'

@Resolver(() => TenantType)
export class TenantResolver {
  @Query(() => TenantConnection, {
    description: 'The customers on the Kaspersky side, virtual servers and workspaces alike.',
  })
  tenants(
    @Ctx() context: RequestContext,
    @Args(() => TenantArgs) args: TenantArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<TenantRow>> {
    return readTenants(context, { args, info, kind: null })
  }

  @Query(() => VirtualServerConnection, {
    description: 'The virtual servers of Kaspersky Security Center.',
  })
  virtualServers(
    @Ctx() context: RequestContext,
    @Args(() => TenantArgs) args: TenantArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<TenantRow>> {
    return readTenants(context, { args, info, kind: 'VIRTUAL_SERVER' })
  }

  @Query(() => WorkspaceConnection, {
    description: 'The workspaces of Kaspersky Endpoint Security Cloud.',
  })
  workspaces(
    @Ctx() context: RequestContext,
    @Args(() => TenantArgs) args: TenantArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<TenantRow>> {
    return readTenants(context, { args, info, kind: 'WORKSPACE' })
  }

  @Query(() => TenantType, { nullable: true, description: 'One tenant; null when there is none.' })
  tenant(
    @Ctx() { loaders }: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the tenant.' }) id: string,
  ): Promise<TenantRow | null> {
    return loaders.tenant.load(id)
  }

  @FieldResolver(() => AccountMappingType, { description: 'Its account and how it is billed.' })
  mapping(
    @Root() tenant: TenantRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<AccountMappingRow | null> {
    return loaders.mappingOfTenant.load(tenant.id)
  }
}

async function readTenants(
  context: RequestContext,
  request: {
    readonly args: TenantArgs
    readonly info: GraphQLResolveInfo
    readonly kind: TenantKind | null
  },
): Promise<Page<TenantRow>> {
  const { args, info, kind } = request
  const filter = args.filter ?? {}
  const asked = listAskedFields(info)
  const page = await readMappingPage(
    context,
    {
      integrationId: args.integrationId,
      kind,
      tenantNameContains: filter.nameContains ?? null,
      mapped: filter.mapped ?? null,
      billingEnabled: filter.billingEnabled ?? null,
      present: filter.present ?? null,
      sort: args.sort ?? 'NAME_ASC',
      along: (['account', 'contract'] as const).filter((name) =>
        asked.has(`nodes.mapping.${name}`),
      ),
    },
    toPageRequest(args),
  )
  return mapPage(page, (mapping) => mapping.tenant.unwrap())
}
