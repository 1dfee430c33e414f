import { Args, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { LinesArgs } from '../line/line.input.ts'
import { BillingRunResultType } from '../run/run.type.ts'
import { Role } from '../viewer/role.ts'
import { answerPreview, answerRun } from './answer-counters.ts'
import { ReleaseArgs } from './counter.input.ts'
import { CounterPreviewType } from './counter.type.ts'
import { findReleases } from './find-releases.ts'

@Resolver()
export class ReleaseResolver {
  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Query(() => CounterPreviewType, {
    description:
      'Reads the contracts in Autotask now and computes what brings lines back to what they carried before Trueup.',
  })
  releasePreview(
    @Ctx() context: RequestContext,
    @Args(() => LinesArgs) wish: LinesArgs,
  ): Promise<CounterPreviewType> {
    return answerPreview(context, (em) => findReleases(em, wish))
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => BillingRunResultType, {
    description:
      'Brings lines that no mapping feeds back to what they carried before Trueup, as a run of its own: all that are named or none.',
  })
  release(
    @Ctx() context: RequestContext,
    @Args(() => ReleaseArgs) { seals, wait, ...wish }: ReleaseArgs,
  ): Promise<BillingRunResultType> {
    return answerRun(context, {
      trigger: 'RELEASE',
      find: (em) => findReleases(em, wish),
      stopsLines: false,
      seals: seals ?? null,
      wait,
    })
  }
}
