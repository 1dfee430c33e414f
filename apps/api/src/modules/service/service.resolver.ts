import { Args, Ctx, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { nameContains } from '../../database/name-contains.ts'
import { byName } from '../../graphql/name-order.ts'
import { toPageRequest } from '../../graphql/page.input.ts'
import { readPage, type Page } from '../../graphql/page.ts'
import { ServiceEntity, type ServiceRow } from './service.entity.ts'
import { ServiceArgs } from './service.input.ts'
import { ServiceConnection } from './service.type.ts'

@Resolver()
export class ServiceResolver {
  @Query(() => ServiceConnection, { description: "Autotask's catalogue." })
  services(
    @Ctx() { em }: RequestContext,
    @Args(() => ServiceArgs) args: ServiceArgs,
  ): Promise<Page<ServiceRow>> {
    const { nameContains: text, active = null } = args.filter ?? {}
    const where = {
      integrationId: args.integrationId,
      ...nameContains(text),
      ...(active === null ? {} : { isActive: active }),
    }
    return readPage(
      em,
      { entity: ServiceEntity, where, order: byName(args.sort ?? 'NAME_ASC') },
      toPageRequest(args),
    )
  }
}
