import type { FilterQuery } from '@mikro-orm/core'
import { describeHold, explainAdjustment, type HoldExit as HoldExitName } from '@trueup/core'
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
import type { RequestContext } from '../../context.ts'
import { nameContains } from '../../database/name-contains.ts'
import { toPageRequest } from '../../graphql/page.input.ts'
import { newestFirst, readPage, type Page, type PageOrder } from '../../graphql/page.ts'
import { toFacts, toProblemTypes } from '../../graphql/problem.type.ts'
import type { AutotaskAccountRow } from '../account/account.entity.ts'
import type { ContractRow } from '../contract/contract.entity.ts'
import type { ServiceRow } from '../service/service.entity.ts'
import type { TenantRow } from '../tenant/tenant.entity.ts'
import { requireViewer } from '../viewer/require-viewer.ts'
import { Role } from '../viewer/role.ts'
import { AdjustmentEntity, type AdjustmentRow } from './adjustment.entity.ts'
import {
  AdjustmentConnection,
  AdjustmentType,
  AdjustmentsResultType,
  HoldExit,
  type HoldType,
} from './adjustment.type.ts'
import { BillingRunEntity, type BillingRunRow } from '../run/billing-run.entity.ts'
import {
  approveAdjustments,
  dismissAdjustments,
  holdAdjustments,
  type DecideOutcome,
} from './decide-adjustments.ts'
import { takeHoldExit } from './decide-hold.ts'
import { AdjustmentArgs, type AdjustmentFilter, type RunAdjustmentArgs } from '../run/run.input.ts'
import { BillingRunType } from '../run/run.type.ts'

const MS_PER_DAY = 86_400_000
const IDS = 'Ids of adjustments; all are decided about or none.'
const WAIT = 'Answer only when everything is posted and proved.'

@Resolver(() => AdjustmentType)
export class AdjustmentResolver {
  @Query(() => AdjustmentConnection, {
    description: 'Adjustments of all runs; those of previews only when a preview is named.',
  })
  adjustments(
    @Ctx() { em }: RequestContext,
    @Args(() => AdjustmentArgs) args: AdjustmentArgs,
  ): Promise<Page<AdjustmentRow>> {
    const filter = args.filter ?? {}
    const base: FilterQuery<AdjustmentRow> = { integrationId: args.integrationId }
    const posting = typeof filter.runId === 'string' ? {} : { run: { mode: 'RUN' } }
    return readAdjustments(em, { $and: [base, posting] } as FilterQuery<AdjustmentRow>, args)
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => AdjustmentsResultType, {
    description:
      'Approves planned adjustments and posts them. What the plan no longer says exactly so becomes stale instead.',
  })
  async approveAdjustments(
    @Ctx() context: RequestContext,
    @Arg('ids', () => [ID], { description: IDS }) ids: string[],
    @Arg('wait', () => Boolean, { defaultValue: true, description: WAIT }) wait: boolean,
  ): Promise<AdjustmentsResultType> {
    const { services } = context
    return answer(context, await approveAdjustments(services, requireViewer(context), ids), wait)
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => AdjustmentsResultType, {
    description:
      'Dismisses planned or held adjustments. The next run plans anew what is still due.',
  })
  async dismissAdjustments(
    @Ctx() context: RequestContext,
    @Arg('ids', () => [ID], { description: IDS }) ids: string[],
  ): Promise<AdjustmentsResultType> {
    const { services } = context
    return answer(context, await dismissAdjustments(services, requireViewer(context), ids), true)
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => AdjustmentsResultType, {
    description: 'Puts planned adjustments on hold; approving the others leaves them alone.',
  })
  async holdAdjustments(
    @Ctx() context: RequestContext,
    @Arg('ids', () => [ID], { description: IDS }) ids: string[],
  ): Promise<AdjustmentsResultType> {
    const { services } = context
    return answer(context, await holdAdjustments(services, requireViewer(context), ids), true)
  }

  @Authorized(Role.ADMINISTRATOR, Role.AUTOMATION)
  @Mutation(() => AdjustmentsResultType, {
    description: 'Takes one of the ways out that a hold offers, and posts what then is due.',
  })
  async decideHold(
    @Ctx() context: RequestContext,
    @Arg('adjustmentId', () => ID, { description: 'The held adjustment.' }) adjustmentId: string,
    @Arg('exit', () => HoldExit, { description: 'One of `hold.exits`.' }) exit: HoldExitName,
    @Arg('wait', () => Boolean, { defaultValue: true, description: WAIT }) wait: boolean,
  ): Promise<AdjustmentsResultType> {
    const viewer = requireViewer(context)
    return answer(
      context,
      await takeHoldExit(context.services, viewer, { adjustmentId, exit }),
      wait,
    )
  }

  @FieldResolver(() => BillingRunType, { description: 'The run that planned it.' })
  run(@Root() row: AdjustmentRow, @Ctx() { em }: RequestContext): Promise<BillingRunRow> {
    return em.findOneOrFail(BillingRunEntity, { id: row.run.id })
  }

  @FieldResolver()
  tenant(
    @Root() row: AdjustmentRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<TenantRow | null> {
    return loaders.tenant.load(row.tenant.id)
  }

  @FieldResolver()
  account(
    @Root() row: AdjustmentRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<AutotaskAccountRow | null> {
    return loaders.account.load(row.account.id)
  }

  @FieldResolver()
  contract(
    @Root() row: AdjustmentRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ContractRow | null> {
    return loaders.contract.load(row.contract.id)
  }

  @FieldResolver()
  service(
    @Root() row: AdjustmentRow,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ServiceRow | null> {
    return loaders.service.load(row.service.id)
  }

  @FieldResolver()
  before(@Root() row: AdjustmentRow): number {
    return row.unitsBefore
  }

  @FieldResolver()
  change(@Root() row: AdjustmentRow): number {
    return row.unitChange
  }

  @FieldResolver()
  after(@Root() row: AdjustmentRow): number {
    return row.unitsAfter
  }

  @FieldResolver()
  explanation(@Root() row: AdjustmentRow): string[] {
    return explainAdjustment(row.planned)
  }

  @FieldResolver()
  hold(@Root() row: AdjustmentRow, @Ctx() { services }: RequestContext): HoldType | null {
    if (row.status !== 'HELD' || typeof row.holdCode !== 'string') return null
    const since = row.heldSince ?? new Date(services.clock.nowMs())
    const exits = row.holdExits ?? []
    const facts = row.holdFacts ?? {}
    return {
      code: row.holdCode,
      since,
      ageDays: Math.floor((services.clock.nowMs() - since.getTime()) / MS_PER_DAY),
      exits,
      facts: toFacts(facts),
      message:
        row.holdCode === 'HELD_BY_PERSON'
          ? `${row.decidedBy ?? 'Somebody'} put it on hold.`
          : describeHold({ code: row.holdCode, facts }),
    }
  }
}

/** One page of adjustments, with one SQL query. */
export function readAdjustments(
  em: RequestContext['em'],
  base: FilterQuery<AdjustmentRow>,
  args: RunAdjustmentArgs,
): Promise<Page<AdjustmentRow>> {
  const where = { $and: [base, toConditions(args.filter ?? {})] } as FilterQuery<AdjustmentRow>
  const isByName = args.sort === 'TENANT_NAME_ASC'
  return readPage<AdjustmentRow>(
    em,
    {
      entity: AdjustmentEntity,
      where,
      order: isByName ? BY_TENANT_NAME : newestFirst<AdjustmentRow>(),
      populate: isByName ? ['tenant'] : [],
    },
    toPageRequest(args),
  )
}

const BY_TENANT_NAME: PageOrder<AdjustmentRow> = {
  name: 'TENANT_NAME_ASC',
  direction: 'asc',
  path: ['tenant', 'nameSort'],
  read: (row) => row.tenant.unwrap().nameSort,
}

function toConditions(filter: AdjustmentFilter): object {
  const { status, tenantId, runId, tenantNameContains } = filter
  return {
    ...(status === null || status === undefined ? {} : { status: { $in: status } }),
    ...(typeof tenantId === 'string' ? { tenant: tenantId } : {}),
    ...(typeof runId === 'string' ? { run: runId } : {}),
    ...(typeof tenantNameContains === 'string' && tenantNameContains !== ''
      ? { tenant: nameContains(tenantNameContains) }
      : {}),
  }
}

async function answer(
  context: RequestContext,
  outcome: DecideOutcome,
  wait: boolean,
): Promise<AdjustmentsResultType> {
  const problems = toProblemTypes(outcome.problems)
  if (outcome.adjustments === null) return { adjustments: null, problems }
  if (wait) await outcome.ended
  const ids = outcome.adjustments.map((row) => row.id)
  const adjustments = await context.em.find(
    AdjustmentEntity,
    { id: { $in: ids } },
    { orderBy: { id: 'asc' }, refresh: true },
  )
  return { adjustments, problems }
}
