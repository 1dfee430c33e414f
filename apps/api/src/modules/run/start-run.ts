import { VendorError } from '@trueup/core'
import { dayAt } from '../../calendar.ts'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { Problem } from '../../problems.ts'
import { recordActivities } from '../audit/record-activity.ts'
import { integrationNotFound } from '../integration/integration-problems.ts'
import { IntegrationEntity, type IntegrationRow } from '../integration/integration.entity.ts'
import { takeLease } from '../journal/lease.ts'
import {
  BillingRunEntity,
  NO_TOTALS,
  type BillingRunRow,
  type RunMode,
  type RunTrigger,
} from './billing-run.entity.ts'
import { executeRun } from './execute-run.ts'
import { finishRun } from './finish-run.ts'
import { runUnderWay, toRunProblem } from './run-problems.ts'

/** What is to be run, and who wants it. */
export interface RunOrder {
  readonly integrationId: string
  readonly mode: RunMode
  readonly trigger: RunTrigger
  /** As `nameActor` says. */
  readonly startedBy: string
}

/** A run and whose it is. */
export interface RunAtWork {
  readonly integration: IntegrationRow
  readonly run: BillingRunRow
}

/** What a run does between its begin and its end; gives what it could not do, throws what kept it from ending. */
export type ExecuteRun = (about: RunAtWork) => Promise<readonly Problem[]>

/** A run that has begun, or why none has. */
export type StartRunOutcome =
  | {
      readonly run: BillingRunRow
      /** Resolves when the run has ended or waits for approval; never rejects. */
      readonly ended: Promise<void>
      readonly problems: readonly []
    }
  | { readonly run: null; readonly ended: null; readonly problems: readonly Problem[] }

/**
 * Begins a run or a preview and returns at once; the work goes on in the background. One integration has one run
 * at a time, whatever the number of processes: a lease decides, and it ends by itself when its holder dies.
 */
export async function startRun(
  services: Services,
  order: RunOrder,
  execute: ExecuteRun = (about) => executeBillingRun(services, about),
): Promise<StartRunOutcome> {
  const { orm, background } = services
  const integration = await orm.em.fork().findOne(IntegrationEntity, { id: order.integrationId })
  if (integration === null) return refuse([integrationNotFound(order.integrationId)])
  const lease = await takeLease(orm, runLeaseName(integration.id))
  if (lease === null) return refuse([runUnderWay(integration)])
  let run: BillingRunRow
  try {
    run = await createRun(services, integration, order)
  } catch (error) {
    await lease.release()
    throw error
  }
  const ended = work(services, { integration, run }, execute).finally(() => lease.release())
  background.add(ended)
  return { run, ended, problems: [] }
}

/** The lease that whoever runs an integration holds. */
export function runLeaseName(integrationId: string): string {
  return `run:${integrationId}`
}

async function createRun(
  services: Services,
  integration: IntegrationRow,
  order: RunOrder,
): Promise<BillingRunRow> {
  const startedAt = toInstant(services.clock)
  return inTransaction(services.orm, async (em) => {
    const run = em.create(BillingRunEntity, {
      integrationId: integration.id,
      mode: order.mode,
      trigger: order.trigger,
      status: 'RUNNING',
      runDay: dayAt(startedAt.getTime(), integration.timeZone),
      startedAt,
      finishedAt: null,
      startedBy: order.startedBy,
      snapshot: null,
      totals: NO_TOTALS,
      problems: [],
    })
    await em.flush()
    await recordActivities(em, [
      {
        at: startedAt,
        actor: order.startedBy,
        action: order.mode === 'RUN' ? 'RUN_STARTED' : 'PREVIEW_STARTED',
        integrationId: integration.id,
        subject: { kind: 'RUN', id: run.id, name: run.runDay },
        before: null,
        after: { trigger: order.trigger, runDay: run.runDay },
      },
    ])
    return run
  })
}

async function executeBillingRun(
  services: Services,
  { integration, run }: RunAtWork,
): Promise<readonly Problem[]> {
  await executeRun(services, integration, run)
  return []
}

/** Does the run and stores how it ended; whatever goes wrong is a failed run that says why, never silence. */
async function work(
  services: Services,
  { integration, run }: RunAtWork,
  execute: ExecuteRun,
): Promise<void> {
  try {
    const problems = await execute({ integration, run })
    await finishRun(services, run.id, problems)
  } catch (error) {
    if (!(error instanceof VendorError))
      services.log.error({ err: error, runId: run.id }, 'A run failed by a fault of our own')
    try {
      await finishRun(services, run.id, [toRunProblem(integration, error)])
    } catch (cause) {
      services.log.error({ err: cause, runId: run.id }, 'The end of a run could not be stored')
    }
  }
}

function refuse(problems: readonly Problem[]): StartRunOutcome {
  return { run: null, ended: null, problems }
}
