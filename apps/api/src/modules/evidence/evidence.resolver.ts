import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { toPageRequest } from '../../graphql/page.input.ts'
import type { Page } from '../../graphql/page.ts'
import { toUsageCounts } from '../usage/to-usage-counts.ts'
import { UsageCountEntity } from '../usage/usage-count.entity.ts'
import { UsageCountType } from '../usage/usage.type.ts'
import { whereUses } from './device-use-filter.ts'
import { DeviceUseArgs, EvidenceArgs } from './evidence.input.ts'
import { DeviceUseConnection, type DeviceUseType, UsageEvidenceType } from './evidence.type.ts'
import { findEvidence, type Evidence } from './find-evidence.ts'
import { readUses } from './read-uses.ts'

@Resolver(() => UsageEvidenceType)
export class UsageEvidenceResolver {
  @Query(() => UsageEvidenceType, {
    nullable: true,
    description:
      'The devices behind the counts of a tenant, now or on a past day; null when nothing was read completely up to then.',
  })
  async usageEvidence(
    @Ctx() { em, loaders }: RequestContext,
    @Args(() => EvidenceArgs) args: EvidenceArgs,
  ): Promise<Evidence | null> {
    const tenant = await loaders.tenant.load(args.tenantId)
    return tenant === null ? null : findEvidence(em, tenant, args)
  }

  @FieldResolver(() => [UsageCountType])
  async counts(
    @Root() { tenant, snapshot }: Evidence,
    @Ctx() { em }: RequestContext,
  ): Promise<UsageCountType[]> {
    const where = { tenant: tenant.id, snapshot: snapshot.id }
    return toUsageCounts(await em.find(UsageCountEntity, where, { populate: ['application'] }))
  }

  @FieldResolver(() => DeviceUseConnection, {
    description: 'The devices, by name; one SQL query a page.',
  })
  async devices(
    @Root() evidence: Evidence,
    @Ctx() { em }: RequestContext,
    @Args(() => DeviceUseArgs) args: DeviceUseArgs,
  ): Promise<Page<DeviceUseType>> {
    const where = whereUses(em, evidence.tenant.id, evidence, args.filter ?? {})
    return readUses(em, { where, evidence }, toPageRequest(args))
  }
}
