import { drawPlan, ENGINE_VERSION, type Plan } from '@trueup/core'
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql'
import type { RequestContext } from '../../context.ts'
import { AutotaskAccountEntity } from '../account/account.entity.ts'
import { ContractEntity } from '../contract/contract.entity.ts'
import { BillingRunEntity } from '../run/billing-run.entity.ts'
import { ServiceEntity } from '../service/service.entity.ts'
import { replayRun, type ExplainedDifference } from './replay-run.ts'
import { ReplayType, type ReplayDifferenceType } from './replay.type.ts'

@Resolver()
export class ReplayResolver {
  @Query(() => ReplayType, {
    nullable: true,
    description:
      'Computes a past day again and gives the difference to what was written, line by line; null when there is no such run.',
  })
  async replay(
    @Ctx() context: RequestContext,
    @Arg('runId', () => ID, { description: 'The run.' }) runId: string,
  ): Promise<ReplayType | null> {
    const { em } = context
    const run = await em.findOne(BillingRunEntity, { id: runId })
    if (run === null) return null
    const replayed = await replayRun(em, run)
    if (replayed.unavailable !== null) return { ...NOTHING, unavailable: replayed.unavailable }
    const { plan, stored, differences } = replayed
    return {
      unavailable: null,
      storedAt: stored.storedAt,
      storedBytes: stored.body.byteLength,
      engineThen: stored.engine,
      engineNow: ENGINE_VERSION,
      linesCompared: plan.totals.linesCompared,
      adjustments: plan.totals.adjustments,
      holds: plan.totals.holds,
      differences: await toDifferences(context, run.integrationId, differences),
      text: await draw(context, run.integrationId, plan),
    }
  }
}

const NOTHING: Omit<ReplayType, 'unavailable'> = {
  storedAt: null,
  storedBytes: null,
  engineThen: null,
  engineNow: ENGINE_VERSION,
  linesCompared: 0,
  adjustments: 0,
  holds: 0,
  differences: [],
  text: null,
}

async function toDifferences(
  { em }: RequestContext,
  integrationId: string,
  differences: readonly ExplainedDifference[],
): Promise<ReplayDifferenceType[]> {
  const contracts = await em.find(ContractEntity, {
    integrationId,
    externalId: { $in: differences.map(({ contract }) => contract) },
  })
  const services = await em.find(ServiceEntity, {
    integrationId,
    externalId: { $in: differences.map(({ service }) => service) },
  })
  const contractOf = new Map(contracts.map((row) => [row.externalId, row]))
  const serviceOf = new Map(services.map((row) => [row.externalId, row]))
  return differences.map(({ contract, service, ...difference }) => ({
    ...difference,
    contract: contractOf.get(contract) ?? null,
    service: serviceOf.get(service) ?? null,
  }))
}

/** The plan as text, with the names that people know. */
async function draw({ em }: RequestContext, integrationId: string, plan: Plan): Promise<string> {
  const planned = [...plan.adjustments, ...plan.holds.map(({ adjustment }) => adjustment)]
  const accounts = await em.find(AutotaskAccountEntity, {
    integrationId,
    externalId: { $in: [...new Set(planned.map(({ account }) => account))] },
  })
  const services = await em.find(ServiceEntity, {
    integrationId,
    externalId: { $in: [...new Set(planned.map(({ service }) => service))] },
  })
  const accountName = new Map<string, string>(accounts.map((row) => [row.externalId, row.name]))
  const serviceName = new Map<string, string>(services.map((row) => [row.externalId, row.name]))
  return drawPlan(plan, {
    account: (id) => accountName.get(id) ?? id,
    service: (id) => serviceName.get(id) ?? id,
  })
}
