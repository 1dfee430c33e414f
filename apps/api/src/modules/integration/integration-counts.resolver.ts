import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { AutotaskAccountEntity } from '../account/account.entity.ts'
import { ApplicationEntity } from '../application/application.entity.ts'
import { AccountMappingEntity } from '../mapping/account-mapping.entity.ts'
import { ServiceMappingEntity } from '../mapping/service-mapping.entity.ts'
import { TenantEntity } from '../tenant/tenant.entity.ts'
import { IntegrationCountsType } from './integration-counts.type.ts'

@Resolver(() => IntegrationCountsType)
export class IntegrationCountsResolver {
  @FieldResolver()
  tenants(
    @Root() { integrationId }: IntegrationCountsType,
    @Ctx() { em }: RequestContext,
  ): Promise<number> {
    return em.count(TenantEntity, { integrationId, isPresent: true })
  }

  @FieldResolver()
  tenantsMapped(
    @Root() { integrationId }: IntegrationCountsType,
    @Ctx() { em }: RequestContext,
  ): Promise<number> {
    return em.count(AccountMappingEntity, { integrationId, account: { $ne: null } })
  }

  @FieldResolver()
  tenantsBilled(
    @Root() { integrationId }: IntegrationCountsType,
    @Ctx() { em }: RequestContext,
  ): Promise<number> {
    return em.count(AccountMappingEntity, { integrationId, billingEnabled: true })
  }

  @FieldResolver()
  accounts(
    @Root() { integrationId }: IntegrationCountsType,
    @Ctx() { em }: RequestContext,
  ): Promise<number> {
    return em.count(AutotaskAccountEntity, { integrationId, isPresent: true })
  }

  @FieldResolver()
  applications(
    @Root() { integrationId }: IntegrationCountsType,
    @Ctx() { em }: RequestContext,
  ): Promise<number> {
    return em.count(ApplicationEntity, { integrationId })
  }

  @FieldResolver()
  async applicationsUnmapped(
    @Root() { integrationId }: IntegrationCountsType,
    @Ctx() { em }: RequestContext,
  ): Promise<number> {
    const mapped = await em.find(
      ServiceMappingEntity,
      { integrationId },
      { fields: ['application'], disableIdentityMap: true },
    )
    const ids = [...new Set(mapped.map((row) => row.application.id))]
    return em.count(ApplicationEntity, { integrationId, id: { $nin: ids } })
  }
}
