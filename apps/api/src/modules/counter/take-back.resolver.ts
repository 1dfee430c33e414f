import { Arg, Args, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { RequestError } from '../../errors.ts'
import { BillingRunResultType } from '../run/run.type.ts'
import { Role } from '../viewer/role.ts'
import { TakeBackArgs, TakeBackInput } from './counter.input.ts'
import { CounterPreviewType } from './counter.type.ts'
import { findTakeBacks, type TakeBackWish } from './find-take-backs.ts'
import { answerPreview, answerRun } from './answer-counters.ts'

const WHAT = 'What is to be taken back.'

@Resolver()
export class TakeBackResolver {
  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Query(() => CounterPreviewType, {
    description:
      'Reads the contracts in Autotask now and computes the counter-adjustments of confirmed adjustments.',
  })
  takeBackPreview(
    @Ctx() context: RequestContext,
    @Arg('what', () => TakeBackInput, { description: WHAT }) what: TakeBackInput,
  ): Promise<CounterPreviewType> {
    const wish = toWish(what)
    return answerPreview(context, (em) => findTakeBacks(em, wish))
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => BillingRunResultType, {
    description:
      'Takes confirmed adjustments back, as a run of its own: all that are named or, when one of them cannot be, none. Nothing is taken back twice.',
  })
  takeBack(
    @Ctx() context: RequestContext,
    @Args(() => TakeBackArgs) { what, afterwards, seals, wait }: TakeBackArgs,
  ): Promise<BillingRunResultType> {
    const wish = toWish(what)
    return answerRun(context, {
      trigger: 'TAKE_BACK',
      find: (em) => findTakeBacks(em, wish),
      stopsLines: afterwards === 'STOP_LINES',
      seals: seals ?? null,
      wait,
    })
  }
}

function toWish({ adjustmentIds, runId }: TakeBackInput): TakeBackWish {
  if (typeof runId === 'string' && !adjustmentIds) return { runId }
  if (adjustmentIds && typeof runId !== 'string') return { adjustmentIds }
  throw new RequestError('INPUT_AMBIGUOUS', 'Name either `adjustmentIds` or `runId`.')
}
