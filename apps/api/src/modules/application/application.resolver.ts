import type { DecimalText } from '@trueup/core'
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import type { CategoryCountType } from '../../graphql/category-count.type.ts'
import type { ServiceRow } from '../service/service.entity.ts'
import { ServiceType } from '../service/service.type.ts'
import { toCategoryCounts } from '../usage/to-usage-counts.ts'
import { toMonthlyMoney, type ApplicationUse } from './application-usage.ts'
import { ApplicationEntity, type ApplicationRow } from './application.entity.ts'
import { ApplicationType } from './application.type.ts'

@Resolver(() => ApplicationType)
export class ApplicationResolver {
  @Query(() => [ApplicationType], {
    description:
      'Every application seen: those with unmapped units first, most units first, then by name.',
  })
  async applications(
    @Ctx() { em, loaders }: RequestContext,
    @Arg('integrationId', () => ID, { description: 'The integration.' }) integrationId: string,
  ): Promise<ApplicationRow[]> {
    const rows = await em.find(ApplicationEntity, { integrationId }, { orderBy: { name: 'asc' } })
    const useOf = await loaders.applicationUse.load(integrationId)
    const unmapped = (row: ApplicationRow): number => useOf(row).unmappedUnits
    return rows.sort((a, b) => unmapped(b) - unmapped(a))
  }

  @FieldResolver()
  canSplit(@Root() { unit }: ApplicationRow): boolean {
    return unit === 'DEVICE'
  }

  @FieldResolver()
  async unitsInUse(@Root() row: ApplicationRow, @Ctx() context: RequestContext): Promise<number> {
    return (await readUse(context, row)).units
  }

  @FieldResolver()
  async unitsByCategory(
    @Root() row: ApplicationRow,
    @Ctx() context: RequestContext,
  ): Promise<CategoryCountType[]> {
    const { byCategory } = await readUse(context, row)
    return toCategoryCounts({
      workstations: byCategory.WINDOWS_WORKSTATION,
      servers: byCategory.WINDOWS_SERVER,
      nonWindows: byCategory.NON_WINDOWS,
      unknown: byCategory.UNKNOWN,
    })
  }

  @FieldResolver()
  async unmappedUnits(
    @Root() row: ApplicationRow,
    @Ctx() context: RequestContext,
  ): Promise<number> {
    return (await readUse(context, row)).unmappedUnits
  }

  @FieldResolver(() => ServiceType, {
    nullable: true,
    description:
      'The service it was billed as before billing by category was turned; what to begin with when mapping anew.',
  })
  async proposedService(
    @Root() row: ApplicationRow,
    @Ctx() context: RequestContext,
  ): Promise<ServiceRow | null> {
    return findProposed(context, await readUse(context, row))
  }

  @FieldResolver()
  async revenueAtRiskPerMonth(
    @Root() row: ApplicationRow,
    @Ctx() context: RequestContext,
  ): Promise<DecimalText | null> {
    const use = await readUse(context, row)
    return toMonthlyMoney(use.unmappedUnits, await findProposed(context, use))
  }
}

async function findProposed(
  { loaders }: RequestContext,
  { proposedServiceId }: ApplicationUse,
): Promise<ServiceRow | null> {
  return proposedServiceId === null ? null : loaders.service.load(proposedServiceId)
}

async function readUse({ loaders }: RequestContext, row: ApplicationRow): Promise<ApplicationUse> {
  return (await loaders.applicationUse.load(row.integrationId))(row)
}
