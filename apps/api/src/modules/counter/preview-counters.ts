import {
  describeFinding,
  describeHold,
  explainAdjustment,
  planCounter,
  reconcile,
  VendorError,
  type Counter,
  type Day,
  type Finding,
  type LineName,
  type Plan,
  type PlannedAdjustment,
  type PlannedCounter,
} from '@trueup/core'
import { dayAt } from '../../calendar.ts'
import type { Services } from '../../context.ts'
import { explainProblem, toProblem, type Problem } from '../../problems.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'
import { toRunParts } from '../run/bill.ts'
import { readRunRequest } from '../run/read-run-request.ts'
import { toRunProblem } from '../run/run-problems.ts'
import {
  isPossible,
  type CounterItem,
  type FindCounters,
  type PossibleItem,
} from './counter-item.ts'
import { sealOf } from './seal.ts'

/** Whether something can be undone now. */
export type CounterVerdict = 'READY' | 'PARTIAL' | 'HELD' | 'IMPOSSIBLE'

/** One thing that is to be undone, as computed now. */
export interface CounterLine {
  readonly item: CounterItem
  readonly verdict: CounterVerdict
  /** Why it is not simply ready. */
  readonly code: string | null
  readonly message: string | null
  readonly changes: readonly CounterChange[]
  /** What the next run would bring the line to; `null` when no run touches it. */
  readonly nextRunUnits: number | null
}

/** A counter-adjustment that would be posted, with what makes the run post exactly this and nothing else. */
export interface CounterChange {
  readonly planned: PlannedAdjustment
  readonly explanation: readonly string[]
  readonly seal: string
}

/** What a counter run would do now. */
export interface CounterPreview {
  readonly integrationId: string | null
  readonly lines: readonly CounterLine[]
  readonly problems: readonly Problem[]
}

/** Reads the lines' contracts now and computes what undoing them comes to. Changes nothing. */
export async function previewCounters(
  services: Services,
  find: FindCounters,
): Promise<CounterPreview> {
  const em = services.orm.em.fork()
  const { integrationId, items, problems } = await find(em)
  if (integrationId === null) return { integrationId, lines: [], problems }
  const integration = await em.findOneOrFail(IntegrationEntity, { id: integrationId })
  const day = dayAt(services.clock.nowMs(), integration.timeZone)
  try {
    const lines = await planItems(services, integration, { items, day })
    return { integrationId, lines, problems }
  } catch (error) {
    if (!(error instanceof VendorError)) throw error
    return { integrationId, lines: [], problems: [...problems, toRunProblem(integration, error)] }
  }
}

async function planItems(
  services: Services,
  integration: IntegrationRow,
  { items, day }: { readonly items: readonly CounterItem[]; readonly day: Day },
): Promise<CounterLine[]> {
  const wanted = items.filter(isPossible)
  if (wanted.length === 0) return items.map((item) => toLine(item, null, null))
  const request = await readRunRequest(services.orm.em.fork(), integration, day)
  const { settings } = request
  const counters = wanted.map((item) => item.counter)
  const planned = await planCounter(toRunParts(services, integration), { day, settings, counters })
  const due = readDue(request, planned, wanted)
  const plans = new Map<CounterItem, Plan | null>(
    wanted.map((item, index) => [item, planned.plans[index] ?? null]),
  )
  return items.map((item) =>
    toLine(item, plans.get(item) ?? null, due.get(`${item.contractId}/${item.serviceId}`) ?? null),
  )
}

/** What the next run would bring these lines to, as everything stands now. */
function readDue(
  request: Awaited<ReturnType<typeof readRunRequest>>,
  { input: { ledger, lineRecords } }: PlannedCounter,
  items: readonly PossibleItem[],
): ReadonlyMap<string, number> {
  const contracts = new Set<string>(ledger.contracts.map((contract) => contract.id))
  const accountMappings = request.accountMappings.filter(
    ({ contract }) => contract !== null && contracts.has(contract),
  )
  const { lines } = reconcile({ ...request, accountMappings, ledger, lineRecords })
  const targets = new Map(
    lines.map(({ contract, service, target }) => [`${contract}/${service}`, target]),
  )
  return new Map(
    items.flatMap((item) => {
      const { contract, service } = lineOf(item.counter)
      const target = targets.get(`${contract}/${service}`)
      return target === undefined ? [] : [[`${item.contractId}/${item.serviceId}`, target]]
    }),
  )
}

function lineOf(counter: Counter): LineName {
  return counter.kind === 'TAKE_BACK' ? counter.taken : counter.line
}

function toLine(item: CounterItem, plan: Plan | null, nextRunUnits: number | null): CounterLine {
  const nothing = { item, changes: [], nextRunUnits }
  if (item.problem !== null) {
    const { code } = item.problem
    return { ...nothing, verdict: 'IMPOSSIBLE', code, message: explainProblem(item.problem) }
  }
  const impossible = plan?.findings.find(({ code }) => code === 'TAKE_BACK_IMPOSSIBLE')
  if (plan === null || impossible !== undefined)
    return { ...nothing, verdict: 'IMPOSSIBLE', ...fromFinding(impossible) }
  const [hold] = plan.holds
  if (hold !== undefined) {
    const changes = plan.holds.map(({ adjustment }) => toChange(adjustment))
    return {
      item,
      changes,
      nextRunUnits,
      verdict: 'HELD',
      code: hold.code,
      message: describeHold(hold),
    }
  }
  if (plan.adjustments.length === 0)
    return { ...nothing, verdict: 'IMPOSSIBLE', ...nothingLeft(item) }
  const partial = plan.findings.find(({ code }) => code === 'TAKE_BACK_PARTIAL')
  return {
    item,
    nextRunUnits,
    verdict: partial === undefined ? 'READY' : 'PARTIAL',
    ...fromFinding(partial),
    changes: plan.adjustments.map(toChange),
  }
}

function nothingLeft({
  contractId,
  serviceId,
}: CounterItem): Pick<CounterLine, 'code' | 'message'> {
  const id = `${contractId}/${serviceId}`
  const problem = toProblem('NOTHING_TO_RELEASE', { kind: 'LINE', id, name: id })
  return { code: problem.code, message: explainProblem(problem) }
}

function fromFinding(finding: Finding | undefined): Pick<CounterLine, 'code' | 'message'> {
  if (finding === undefined) return { code: null, message: null }
  return { code: finding.code, message: describeFinding(finding) }
}

function toChange(planned: PlannedAdjustment): CounterChange {
  return { planned, explanation: explainAdjustment(planned), seal: sealOf(planned) }
}
