import type { RequestContext } from '../../context.ts'
import { toProblemTypes } from '../../graphql/problem.type.ts'
import { BillingRunEntity } from '../run/billing-run.entity.ts'
import type { BillingRunResultType } from '../run/run.type.ts'
import { sumPeriods } from '../money/sum-periods.ts'
import { requireViewer } from '../viewer/require-viewer.ts'
import type { FindCounters } from './counter-item.ts'
import type { CounterChangeType, CounterLineType, CounterPreviewType } from './counter.type.ts'
import { previewCounters, type CounterChange, type CounterLine } from './preview-counters.ts'
import { parseSeal } from './seal.ts'
import { startCounterRun } from './start-counter-run.ts'

/** A counter run as a request orders it. */
export interface OrderedCounters {
  readonly trigger: 'TAKE_BACK' | 'RELEASE'
  readonly find: FindCounters
  readonly stopsLines: boolean
  readonly seals: readonly string[] | null
  readonly wait: boolean
}

/** A preview in the shape the schema promises. */
export async function answerPreview(
  context: RequestContext,
  find: FindCounters,
): Promise<CounterPreviewType> {
  const { integrationId, lines, problems } = await previewCounters(context.services, find)
  const shaped = await Promise.all(lines.map((line) => toLineType(context, line)))
  const postable = shaped.filter(({ verdict }) => verdict === 'READY' || verdict === 'PARTIAL')
  return {
    integrationId,
    lines: shaped,
    money: sumPeriods(postable.flatMap(({ changes }) => changes)),
    problems: toProblemTypes(problems),
  }
}

/** Begins the run and, when asked to, waits for its end. */
export async function answerRun(
  context: RequestContext,
  { seals, wait, ...order }: OrderedCounters,
): Promise<BillingRunResultType> {
  const approvals = seals?.map(parseSeal) ?? null
  const viewer = requireViewer(context)
  const begun = await startCounterRun(context.services, viewer, { ...order, approvals })
  const problems = toProblemTypes(begun.problems)
  if (begun.run === null) return { run: null, problems }
  if (wait) await begun.ended
  return { run: await context.em.findOneOrFail(BillingRunEntity, { id: begun.run.id }), problems }
}

async function toLineType(
  { loaders }: RequestContext,
  { item, changes, ...line }: CounterLine,
): Promise<CounterLineType> {
  const [tenant, account, contract, service] = await Promise.all([
    loaders.tenant.load(item.tenantId),
    loaders.account.load(item.accountId),
    loaders.contract.load(item.contractId),
    loaders.service.load(item.serviceId),
  ])
  return {
    ...line,
    adjustment: item.adjustment,
    tenant: tenant as object,
    account: account as object,
    contract: contract as object,
    service: service as object,
    changes: changes.map(toChangeType),
  }
}

function toChangeType({ planned, explanation, seal }: CounterChange): CounterChangeType {
  const { effectiveDay, before, change, after, money } = planned
  return {
    effectiveDay,
    before,
    change,
    after,
    periodStart: money.periodStart,
    periodEnd: money.periodEnd,
    moneyFirstPeriod: money.firstPeriod,
    moneyPerPeriod: money.perPeriod,
    explanation,
    seal,
  }
}
