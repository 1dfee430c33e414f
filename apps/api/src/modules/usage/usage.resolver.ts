import {
  ArgsType,
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { ShortPageArgs, toPageRequest } from '../../graphql/page.input.ts'
import { newestFirst, readPage, type Page } from '../../graphql/page.ts'
import { toUsageCounts } from './to-usage-counts.ts'
import { UsageCountEntity } from './usage-count.entity.ts'
import { UsageReadingEntity } from './usage-reading.entity.ts'
import { UsageSnapshotEntity, type UsageSnapshotRow } from './usage-snapshot.entity.ts'
import { TenantUsageCountType, UsageSnapshotConnection, UsageSnapshotType } from './usage.type.ts'

@ArgsType()
class UsageSnapshotArgs extends ShortPageArgs {
  @Field(() => ID, { description: 'Id of the integration.' })
  integrationId!: string
}

@Resolver(() => UsageSnapshotType)
export class UsageSnapshotResolver {
  @Query(() => UsageSnapshotConnection, { description: 'Readings of usage, the newest first.' })
  usageSnapshots(
    @Ctx() { em }: RequestContext,
    @Args(() => UsageSnapshotArgs) args: UsageSnapshotArgs,
  ): Promise<Page<UsageSnapshotRow>> {
    const where = { integrationId: args.integrationId }
    const order = newestFirst<UsageSnapshotRow>()
    return readPage(em, { entity: UsageSnapshotEntity, where, order }, toPageRequest(args))
  }

  @Query(() => UsageSnapshotType, {
    nullable: true,
    description: 'One reading; null when there is none of that id.',
  })
  usageSnapshot(
    @Ctx() { em }: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the snapshot.' }) id: string,
  ): Promise<UsageSnapshotRow | null> {
    return em.findOne(UsageSnapshotEntity, { id })
  }

  @FieldResolver(() => [TenantUsageCountType], {
    description: 'Who used what, by the name of the tenant.',
  })
  async counts(
    @Root() snapshot: UsageSnapshotRow,
    @Ctx() { em }: RequestContext,
    @Arg('tenantId', () => ID, { nullable: true, description: 'Only of the tenant of this id.' })
    tenantId: string | null,
  ): Promise<TenantUsageCountType[]> {
    const where = {
      snapshot: snapshot.id,
      ...(typeof tenantId === 'string' ? { tenant: tenantId } : {}),
    }
    const readings = await em.find(UsageReadingEntity, where, {
      populate: ['tenant'],
      orderBy: { tenant: { nameSort: 'asc' } },
    })
    const counts = await em.find(UsageCountEntity, where, { populate: ['application'] })
    const byTenant = Map.groupBy(counts, (count) => count.tenant.id)
    return readings.map((reading) => ({
      tenant: reading.tenant.$,
      complete: reading.complete,
      reason: reading.reason ?? null,
      counts: toUsageCounts(byTenant.get(reading.tenant.id) ?? []),
    }))
  }
}
