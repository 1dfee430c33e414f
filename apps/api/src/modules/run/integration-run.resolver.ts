import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { DateTimeScalar } from '../../graphql/scalars.ts'
import { IntegrationCountsType } from '../integration/integration-counts.type.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { IntegrationType } from '../integration/integration.type.ts'
import { BillingRunEntity, COUNTER_TRIGGERS, type BillingRunRow } from './billing-run.entity.ts'
import { nextDueAt } from '../schedule/due-day.ts'
import { countAdjustments } from './finish-run.ts'
import { BillingRunType } from './run.type.ts'

/** What runs add to an integration. */
@Resolver(() => IntegrationType)
export class IntegrationRunResolver {
  @FieldResolver(() => BillingRunType, {
    nullable: true,
    description:
      'Its newest run that bills: previews, take-backs and releases are left out; null before the first.',
  })
  latestRun(
    @Root() { id }: IntegrationRow,
    @Ctx() { em }: RequestContext,
  ): Promise<BillingRunRow | null> {
    return em.findOne(
      BillingRunEntity,
      { integrationId: id, mode: 'RUN', trigger: { $nin: [...COUNTER_TRIGGERS] } },
      { orderBy: { id: 'desc' } },
    )
  }

  @FieldResolver(() => DateTimeScalar, {
    nullable: true,
    description: 'When the next daily run begins; null while the schedule is off.',
  })
  nextRunAt(@Root() integration: IntegrationRow, @Ctx() { services }: RequestContext): Date | null {
    return integration.scheduleEnabled ? nextDueAt(services.clock.nowMs(), integration) : null
  }
}

/** What runs add to the counts of an integration. */
@Resolver(() => IntegrationCountsType)
export class IntegrationRunCountsResolver {
  @FieldResolver(() => Int, { description: 'Adjustments that wait for approval.' })
  adjustmentsWaiting(
    @Root() { integrationId }: IntegrationCountsType,
    @Ctx() { em }: RequestContext,
  ): Promise<number> {
    return countAdjustments(em, integrationId, ['PLANNED'])
  }

  @FieldResolver(() => Int, { description: 'Adjustments on hold, and those nobody can tell of.' })
  adjustmentsOnHold(
    @Root() { integrationId }: IntegrationCountsType,
    @Ctx() { em }: RequestContext,
  ): Promise<number> {
    return countAdjustments(em, integrationId, ['HELD', 'UNKNOWN'])
  }
}
