import type { DeviceCategory } from '@trueup/core'
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { toProblemTypes } from '../../graphql/problem.type.ts'
import type { ApplicationRow } from '../application/application.entity.ts'
import { ApplicationType } from '../application/application.type.ts'
import { toIntegrationResult } from '../integration/integration.resolver.ts'
import { IntegrationResultType } from '../integration/integration.type.ts'
import type { ServiceRow } from '../service/service.entity.ts'
import { ServiceType } from '../service/service.type.ts'
import { requireViewer } from '../viewer/require-viewer.ts'
import { saveServiceMappings } from './save-service-mappings.ts'
import {
  toStoredRule,
  WHOLE_APPLICATION,
  type ServiceMappingRow,
} from './service-mapping.entity.ts'
import { ServiceMappingInput } from './service-mapping.input.ts'
import { SaveServiceMappingsResultType, ServiceMappingType } from './service-mapping.type.ts'
import { setBillDevicesByCategory } from './set-bill-devices-by-category.ts'

@Resolver(() => ServiceMappingType)
export class ServiceMappingResolver {
  @Query(() => [ServiceMappingType], {
    description: 'Every mapping that bills, by application and category.',
  })
  serviceMappings(
    @Ctx() context: RequestContext,
    @Arg('integrationId', () => ID, { description: 'Id of the integration.' })
    integrationId: string,
  ): Promise<ServiceMappingRow[]> {
    return readMappingsInForce(context, integrationId)
  }

  @Mutation(() => SaveServiceMappingsResultType, {
    description: 'All rows or none. `serviceId: null` unmaps. Changes no units in Autotask.',
  })
  async saveServiceMappings(
    @Ctx() context: RequestContext,
    @Arg('integrationId', () => ID, { description: 'Id of the integration.' })
    integrationId: string,
    @Arg('rows', () => [ServiceMappingInput], {
      description: 'One row an application, or one a category of it.',
    })
    rows: ServiceMappingInput[],
  ): Promise<SaveServiceMappingsResultType> {
    const problems = await saveServiceMappings(context.services, requireViewer(context), {
      integrationId,
      rows: rows.map((row) => ({
        applicationId: row.applicationId,
        category: row.category ?? null,
        version: row.version ?? null,
        serviceId: row.serviceId ?? null,
        counting: row.counting ? toStoredRule(row.counting) : null,
      })),
    })
    // What an earlier mutation of the same request has read is out of date now.
    context.em.clear()
    context.loaders.figuresOfIntegration.clearAll()
    return {
      mappings: problems.length > 0 ? null : await readMappingsInForce(context, integrationId),
      problems: toProblemTypes(problems),
    }
  }

  @Mutation(() => IntegrationResultType, {
    description:
      "Turning it on keeps each device application's single mapping as the proposal for its three categories; turning it off keeps the workstation's. Changes no units in Autotask.",
  })
  async setBillDevicesByCategory(
    @Ctx() context: RequestContext,
    @Arg('integrationId', () => ID, { description: 'Id of the integration.' })
    integrationId: string,
    @Arg('version', () => Int, { description: "The integration's version that was read." })
    version: number,
    @Arg('enabled', () => Boolean, {
      description: 'True: up to three services for an application, one a category.',
    })
    enabled: boolean,
  ): Promise<IntegrationResultType> {
    const request = { integrationId, version, enabled }
    return toIntegrationResult(
      await setBillDevicesByCategory(context.services, requireViewer(context), request),
    )
  }

  @FieldResolver(() => ApplicationType, { description: 'What is billed.' })
  application(
    @Root() mapping: ServiceMappingRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ApplicationRow | null> {
    return loaders.application.load(mapping.application.id)
  }

  @FieldResolver(() => ServiceType, { description: 'What it is billed as.' })
  service(
    @Root() mapping: ServiceMappingRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ServiceRow | null> {
    return loaders.service.load(mapping.service.id)
  }

  @FieldResolver()
  category(@Root() { categoryKey }: ServiceMappingRow): DeviceCategory | null {
    return categoryKey === WHOLE_APPLICATION ? null : categoryKey
  }
}

/** By the application's name; an integration has a handful of applications, so there are no pages. */
async function readMappingsInForce(
  { loaders }: RequestContext,
  integrationId: string,
): Promise<ServiceMappingRow[]> {
  const figures = await loaders.figuresOfIntegration.load(integrationId)
  return [...figures.values()]
    .toSorted((a, b) => (a.application.name < b.application.name ? -1 : 1))
    .flatMap((one) => one.mappings)
}
