import type { DecimalText } from '@trueup/core'
import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import type { CategoryCountType } from '../../graphql/category-count.type.ts'
import type { DeviceExclusionRow } from '../evidence/device-exclusion.entity.ts'
import { DeviceExclusionType } from '../evidence/exclusion.type.ts'
import type { ServiceMappingRow } from '../mapping/service-mapping.entity.ts'
import { ServiceMappingType } from '../mapping/service-mapping.type.ts'
import type { ServiceRow } from '../service/service.entity.ts'
import { ServiceType } from '../service/service.type.ts'
import type { ApplicationRow } from './application.entity.ts'
import { ApplicationType } from './application.type.ts'
import type { ApplicationFigures } from './read-figures.ts'

@Resolver(() => ApplicationType)
export class ApplicationResolver {
  @Query(() => [ApplicationType], {
    description: 'Every application seen, unmapped ones first, by the money they lose.',
  })
  async applications(
    @Ctx() { loaders }: RequestContext,
    @Arg('integrationId', () => ID, { description: 'Id of the integration.' })
    integrationId: string,
  ): Promise<ApplicationRow[]> {
    const figures = await loaders.figuresOfIntegration.load(integrationId)
    return [...figures.values()].toSorted(compareByLoss).map((one) => one.application)
  }

  @FieldResolver()
  canSplit(@Root() { unit }: ApplicationRow): boolean {
    return unit === 'DEVICE'
  }

  @FieldResolver()
  async unitsInUse(
    @Root() application: ApplicationRow,
    @Ctx() context: RequestContext,
  ): Promise<number> {
    return (await findFigures(context, application)).unitsInUse
  }

  @FieldResolver()
  async unitsByCategory(
    @Root() application: ApplicationRow,
    @Ctx() context: RequestContext,
  ): Promise<readonly CategoryCountType[]> {
    return (await findFigures(context, application)).unitsByCategory
  }

  @FieldResolver()
  async unmappedUnits(
    @Root() application: ApplicationRow,
    @Ctx() context: RequestContext,
  ): Promise<number> {
    return (await findFigures(context, application)).unmappedUnits
  }

  @FieldResolver()
  async revenueAtRiskPerMonth(
    @Root() application: ApplicationRow,
    @Ctx() context: RequestContext,
  ): Promise<DecimalText | null> {
    return (await findFigures(context, application)).revenueAtRiskPerMonth
  }

  @FieldResolver(() => [ServiceMappingType], {
    description: 'What it is billed as: one service, or up to three, one a category.',
  })
  async mappings(
    @Root() application: ApplicationRow,
    @Ctx() context: RequestContext,
  ): Promise<readonly ServiceMappingRow[]> {
    return (await findFigures(context, application)).mappings
  }

  @FieldResolver(() => [DeviceExclusionType], {
    description:
      'Devices that are not billed for it, by name; also those that do not use it at the moment.',
  })
  exclusions(
    @Root() { id }: ApplicationRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<readonly DeviceExclusionRow[]> {
    return loaders.exclusionsOfApplication.load(id)
  }

  @FieldResolver(() => ServiceType, {
    nullable: true,
    description:
      'The single mapping kept as the proposal for all categories when billing by category was turned on.',
  })
  async proposedService(
    @Root() application: ApplicationRow,
    @Ctx() context: RequestContext,
  ): Promise<ServiceRow | null> {
    return (await findFigures(context, application)).proposedService
  }
}

async function findFigures(
  { loaders }: RequestContext,
  application: ApplicationRow,
): Promise<ApplicationFigures> {
  const figures = await loaders.figuresOfIntegration.load(application.integrationId)
  const found = figures.get(application.id)
  if (found === undefined) throw new Error('An application is not among those of its integration')
  return found
}

/** What loses money first, the most first; where no price is known, what loses more units; then by name. */
function compareByLoss(a: ApplicationFigures, b: ApplicationFigures): number {
  return (
    Number(b.mappings.length === 0) - Number(a.mappings.length === 0) ||
    Number(b.unmappedUnits > 0) - Number(a.unmappedUnits > 0) ||
    Number(b.revenueAtRiskPerMonth ?? 0) - Number(a.revenueAtRiskPerMonth ?? 0) ||
    b.unmappedUnits - a.unmappedUnits ||
    (a.application.name < b.application.name ? -1 : 1)
  )
}
