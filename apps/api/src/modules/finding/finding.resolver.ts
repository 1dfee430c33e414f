import type { FilterQuery } from '@mikro-orm/core'
import { describeFinding, type FindingCode, type Subject } from '@trueup/core'
import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { toPageRequest } from '../../graphql/page.input.ts'
import { newestFirst, readPage, type Page, type PageOrder } from '../../graphql/page.ts'
import { toFacts, type FactType } from '../../graphql/problem.type.ts'
import { BillingRunEntity } from '../run/billing-run.entity.ts'
import type { TenantRow } from '../tenant/tenant.entity.ts'
import { FindingEntity, type FindingRow } from './finding.entity.ts'
import { FindingArgs, type RunFindingArgs } from './finding.input.ts'
import { FindingConnection, FindingType } from './finding.type.ts'

@Resolver(() => FindingType)
export class FindingResolver {
  @Query(() => FindingConnection, {
    description: 'Findings of the newest run or preview, or of the run named in the filter.',
  })
  async findings(
    @Ctx() { em }: RequestContext,
    @Args(() => FindingArgs) args: FindingArgs,
  ): Promise<Page<FindingRow>> {
    const { integrationId, filter } = args
    const named = typeof filter?.runId === 'string' ? { id: filter.runId } : {}
    const run = await em.findOne(
      BillingRunEntity,
      { integrationId, snapshot: { $ne: null }, ...named },
      { orderBy: { id: 'desc' }, fields: ['id'] },
    )
    return readFindings(em, run?.id ?? '', args)
  }

  @FieldResolver()
  subject(@Root() row: FindingRow): Subject {
    return { kind: row.subjectKind, id: row.subjectId, name: row.subjectName }
  }

  @FieldResolver()
  facts(@Root() row: FindingRow): FactType[] {
    return toFacts(row.facts)
  }

  @FieldResolver()
  message(@Root() row: FindingRow): string {
    return describeFinding({
      code: row.code,
      severity: row.severity,
      subject: { kind: row.subjectKind, id: row.subjectId, name: row.subjectName },
      facts: row.facts,
      revenueAtRiskPerMonth: row.revenueAtRiskPerMonth ?? null,
    })
  }

  @FieldResolver()
  tenant(@Root() row: FindingRow, @Ctx() { loaders }: RequestContext): Promise<TenantRow | null> {
    const id = row.tenant?.id ?? null
    return id === null ? Promise.resolve(null) : loaders.tenant.load(id)
  }
}

/** In the order the plan gives them: worst first. */
const AS_PLANNED: PageOrder<FindingRow> = {
  ...newestFirst<FindingRow>(),
  name: 'AS_PLANNED',
  direction: 'asc',
}

/** One page of a run's findings, with one SQL query. */
export function readFindings(
  em: RequestContext['em'],
  runId: string,
  args: RunFindingArgs,
): Promise<Page<FindingRow>> {
  const { code, severity, tenantId } = args.filter ?? {}
  const where: FilterQuery<FindingRow> = {
    run: runId,
    ...(code === null || code === undefined ? {} : { code: { $in: code as FindingCode[] } }),
    ...(severity === null || severity === undefined ? {} : { severity: { $in: severity } }),
    ...(typeof tenantId === 'string' ? { tenant: tenantId } : {}),
  }
  return readPage<FindingRow>(
    em,
    { entity: FindingEntity, where, order: AS_PLANNED },
    toPageRequest(args),
  )
}
