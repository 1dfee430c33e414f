import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import { toInstant } from '../../clock.ts'
import type { RequestContext } from '../../context.ts'
import { toPageRequest } from '../../graphql/page.input.ts'
import { newestFirst, readPage, type Page } from '../../graphql/page.ts'
import { ProblemType, toProblemTypes } from '../../graphql/problem.type.ts'
import type { FindingRow } from '../finding/finding.entity.ts'
import { readFindings } from '../finding/finding.resolver.ts'
import { FindingConnection } from '../finding/finding.type.ts'
import { RunFindingArgs } from '../finding/finding.input.ts'
import type { AutotaskWaitRow } from '../request-budget/autotask-wait.entity.ts'
import { readWait } from '../request-budget/read-wait.ts'
import { UsageSnapshotEntity, type UsageSnapshotRow } from '../usage/usage-snapshot.entity.ts'
import { requireViewer } from '../viewer/require-viewer.ts'
import { Role } from '../viewer/role.ts'
import { nameActor } from '../viewer/viewer.ts'
import type { AdjustmentRow } from '../adjustment/adjustment.entity.ts'
import { readAdjustments } from '../adjustment/adjustment.resolver.ts'
import { AdjustmentConnection } from '../adjustment/adjustment.type.ts'
import { BillingRunEntity, type BillingRunRow, type RunMode } from './billing-run.entity.ts'
import { BillingRunArgs, RunAdjustmentArgs } from './run.input.ts'
import {
  BillingRunConnection,
  BillingRunResultType,
  BillingRunType,
  RunWaitType,
} from './run.type.ts'
import { startRun } from './start-run.ts'

const INTEGRATION = 'Id of the integration.'
const WAIT = 'Answer only when it has ended or waits for approval.'

@Resolver(() => BillingRunType)
export class BillingRunResolver {
  @Query(() => BillingRunConnection, { description: 'Runs and previews, the newest first.' })
  billingRuns(
    @Ctx() { em }: RequestContext,
    @Args(() => BillingRunArgs) args: BillingRunArgs,
  ): Promise<Page<BillingRunRow>> {
    const { mode, status } = args.filter ?? {}
    const where = {
      integrationId: args.integrationId,
      ...(typeof mode === 'string' ? { mode } : {}),
      ...(status === null || status === undefined ? {} : { status: { $in: status } }),
    }
    const order = newestFirst<BillingRunRow>()
    return readPage(em, { entity: BillingRunEntity, where, order }, toPageRequest(args))
  }

  @Query(() => BillingRunType, {
    nullable: true,
    description: 'One run or preview; null when there is none of that id.',
  })
  billingRun(
    @Ctx() { em }: RequestContext,
    @Arg('id', () => ID, { description: 'Id of the run.' }) id: string,
  ): Promise<BillingRunRow | null> {
    return em.findOne(BillingRunEntity, { id })
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => BillingRunResultType, {
    description: 'Reads usage and contracts now and shows what a run would do. Posts nothing.',
  })
  preview(
    @Ctx() context: RequestContext,
    @Arg('integrationId', () => ID, { description: INTEGRATION }) integrationId: string,
    @Arg('wait', () => Boolean, { defaultValue: true, description: WAIT }) wait: boolean,
  ): Promise<BillingRunResultType> {
    return begin(context, { integrationId, mode: 'PREVIEW', wait })
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => BillingRunResultType, {
    description:
      'Begins a run now. In approval mode AUTOMATIC it posts what its plan does not hold, in MANUAL it waits for approval.',
  })
  runNow(
    @Ctx() context: RequestContext,
    @Arg('integrationId', () => ID, { description: INTEGRATION }) integrationId: string,
    @Arg('wait', () => Boolean, { defaultValue: false, description: WAIT }) wait: boolean,
  ): Promise<BillingRunResultType> {
    return begin(context, { integrationId, mode: 'RUN', wait })
  }

  @FieldResolver(() => [ProblemType], { description: 'Why it failed, when it failed.' })
  problems(@Root() run: BillingRunRow): ProblemType[] {
    return toProblemTypes(run.problems)
  }

  @FieldResolver(() => RunWaitType, {
    nullable: true,
    description: 'That it waits for Autotask, and until when; null while it does not.',
  })
  waiting(
    @Root() run: BillingRunRow,
    @Ctx() { em, services }: RequestContext,
  ): Promise<AutotaskWaitRow | null> {
    return readWait(em, run, toInstant(services.clock))
  }

  @FieldResolver()
  snapshot(
    @Root() run: BillingRunRow,
    @Ctx() { em }: RequestContext,
  ): Promise<UsageSnapshotRow | null> {
    const id = run.snapshot?.id ?? null
    return id === null ? Promise.resolve(null) : em.findOne(UsageSnapshotEntity, { id })
  }

  @FieldResolver(() => AdjustmentConnection, {
    description: 'What it planned, and what became of it.',
  })
  adjustments(
    @Root() run: BillingRunRow,
    @Ctx() { em }: RequestContext,
    @Args(() => RunAdjustmentArgs) args: RunAdjustmentArgs,
  ): Promise<Page<AdjustmentRow>> {
    return readAdjustments(em, { run: run.id }, args)
  }

  @FieldResolver(() => FindingConnection, {
    description: 'What it found that somebody should know.',
  })
  findings(
    @Root() run: BillingRunRow,
    @Ctx() { em }: RequestContext,
    @Args(() => RunFindingArgs) args: RunFindingArgs,
  ): Promise<Page<FindingRow>> {
    return readFindings(em, run.id, args)
  }
}

async function begin(
  context: RequestContext,
  order: { readonly integrationId: string; readonly mode: RunMode; readonly wait: boolean },
): Promise<BillingRunResultType> {
  const { integrationId, mode, wait } = order
  const startedBy = nameActor(requireViewer(context))
  const begun = await startRun(context.services, {
    integrationId,
    mode,
    trigger: 'MANUAL',
    startedBy,
  })
  const problems = toProblemTypes(begun.problems)
  if (begun.run === null) return { run: null, problems }
  if (wait) await begun.ended
  return { run: await context.em.findOneOrFail(BillingRunEntity, { id: begun.run.id }), problems }
}
