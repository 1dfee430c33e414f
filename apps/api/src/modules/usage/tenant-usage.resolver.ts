import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import type { TenantRow } from '../tenant/tenant.entity.ts'
import { TenantType } from '../tenant/tenant.type.ts'
import { toUsageCounts } from './to-usage-counts.ts'
import { UsageCountType } from './usage.type.ts'

/** What readings add to a tenant. */
@Resolver(() => TenantType)
export class TenantUsageResolver {
  @FieldResolver(() => [UsageCountType], {
    description: 'Counts of its newest complete reading, by application; empty before the first.',
  })
  async usage(
    @Root() { id }: TenantRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<UsageCountType[]> {
    return toUsageCounts(await loaders.usageOfTenant.load(id))
  }
}
