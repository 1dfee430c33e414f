import type { GraphQLResolveInfo } from 'graphql'
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  ID,
  Info,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { listAskedFields } from '../../graphql/asked-fields.ts'
import { toPageRequest } from '../../graphql/page.input.ts'
import type { Page } from '../../graphql/page.ts'
import type { AutotaskAccountRow } from '../account/account.entity.ts'
import { AutotaskAccountType } from '../account/account.type.ts'
import type { ContractRow } from '../contract/contract.entity.ts'
import { ContractType } from '../contract/contract.type.ts'
import { toProblemTypes } from '../../graphql/problem.type.ts'
import type { TenantRow } from '../tenant/tenant.entity.ts'
import { TenantType } from '../tenant/tenant.type.ts'
import { requireViewer } from '../viewer/require-viewer.ts'
import type { AccountMappingRow } from './account-mapping.entity.ts'
import { AccountMappingArgs, AccountMappingInput, SetBillingArgs } from './account-mapping.input.ts'
import {
  AccountMappingConnection,
  AccountMappingType,
  SaveAccountMappingsResultType,
} from './account-mapping.type.ts'
import { changeOneMapping } from './change-one-mapping.ts'
import { readMappingPage } from './read-mapping-page.ts'
import { saveAccountMappings, type SaveAccountMappingsOutcome } from './save-account-mappings.ts'

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

  @Mutation(() => SaveAccountMappingsResultType, {
    description:
      'All rows or none. A refused row says why; nothing is stored then. Changes no units in Autotask.',
  })
  async saveAccountMappings(
    @Ctx() context: RequestContext,
    @Arg('integrationId', () => ID, { description: 'Id of the integration.' })
    integrationId: string,
    @Arg('rows', () => [AccountMappingInput], { description: 'One row a tenant, in any order.' })
    rows: AccountMappingInput[],
  ): Promise<SaveAccountMappingsResultType> {
    return toResult(
      await saveAccountMappings(context.services, requireViewer(context), {
        integrationId,
        rows: rows.map((row) => ({
          tenantId: row.tenantId,
          version: row.version,
          accountId: row.accountId ?? null,
          billingEnabled: row.billingEnabled,
          contractId: row.contractId ?? null,
          effectiveDatePolicy: row.effectiveDatePolicy ?? null,
        })),
      }),
    )
  }

  @Mutation(() => SaveAccountMappingsResultType, {
    description: 'Unmaps a tenant. Changes no units in Autotask.',
  })
  async removeAccountMapping(
    @Ctx() context: RequestContext,
    @Arg('tenantId', () => ID, { description: 'Id of the tenant whose mapping it is.' })
    tenantId: string,
    @Arg('version', () => Int, { description: 'The version that was read.' }) version: number,
  ): Promise<SaveAccountMappingsResultType> {
    const changes = { accountId: null, contractId: null, billingEnabled: false }
    const change = { tenantId, version, changes }
    return toResult(await changeOneMapping(context.services, requireViewer(context), change))
  }

  @Mutation(() => SaveAccountMappingsResultType, {
    description:
      'Switches billing of one tenant and chooses its contract. Changes no units in Autotask.',
  })
  async setBilling(
    @Ctx() context: RequestContext,
    @Args(() => SetBillingArgs) args: SetBillingArgs,
  ): Promise<SaveAccountMappingsResultType> {
    const { tenantId, version, billingEnabled, contractId } = args
    const changes = { billingEnabled, ...(contractId === undefined ? {} : { contractId }) }
    const change = { tenantId, version, changes }
    return toResult(await changeOneMapping(context.services, requireViewer(context), change))
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

function toResult(outcome: SaveAccountMappingsOutcome): SaveAccountMappingsResultType {
  return {
    mappings: outcome.mappings === null ? null : [...outcome.mappings],
    problems: toProblemTypes(outcome.problems),
  }
}
