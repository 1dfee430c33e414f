import type { Subject } from '@trueup/core'
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { toPageRequest } from '../../graphql/page.input.ts'
import { newestFirst, readPage, type Page } from '../../graphql/page.ts'
import { ActivityEntity, type ActivityRow } from './activity.entity.ts'
import { ActivityArgs } from './activity.input.ts'
import { ActivityConnection, ActivityType } from './activity.type.ts'

@Resolver(() => ActivityType)
export class ActivityResolver {
  @Query(() => ActivityConnection, {
    description: 'Who changed what, when, from what to what; newest first.',
  })
  activities(
    @Ctx() { em }: RequestContext,
    @Args(() => ActivityArgs) args: ActivityArgs,
  ): Promise<Page<ActivityRow>> {
    const { integrationId = null } = args
    const { action = null, actor = null } = args.filter ?? {}
    const where = {
      ...(integrationId === null ? {} : { integrationId }),
      ...(action === null ? {} : { action: { $in: action } }),
      ...(actor === null ? {} : { actor }),
    }
    return readPage(
      em,
      { entity: ActivityEntity, where, order: newestFirst<ActivityRow>() },
      toPageRequest(args),
    )
  }

  @FieldResolver()
  subject(@Root() { subjectKind, subjectId, subjectName }: ActivityRow): Subject {
    return { kind: subjectKind, id: subjectId, name: subjectName }
  }
}
