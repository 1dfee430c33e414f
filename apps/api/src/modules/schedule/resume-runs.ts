import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import { toProblem } from '../../problems.ts'
import { AdjustmentEntity } from '../adjustment/adjustment.entity.ts'
import { settleCounterRun } from '../counter/execute-counter-run.ts'
import { IntegrationEntity } from '../integration/integration.entity.ts'
import { isLeaseHeld, takeLease } from '../journal/lease.ts'
import {
  BillingRunEntity,
  COUNTER_TRIGGERS,
  type BillingRunRow,
} from '../run/billing-run.entity.ts'
import { finishRun } from '../run/finish-run.ts'
import { toRunProblem } from '../run/run-problems.ts'
import { runLeaseName, startRun } from '../run/start-run.ts'

/**
 * Finds runs whose process died: at work by the books, and nobody holds the integration's lease. Such a run is ended
 * as broken off and a new one follows, which first settles by reading whatever was on its way (product.md, rule 18).
 * A preview that died is only ended, and a run that undoes is only settled: nobody asked for a bill now.
 */
export async function resumeBrokenRuns(services: Services): Promise<void> {
  const em = services.orm.em.fork()
  const atWork = await em.find(BillingRunEntity, { status: 'RUNNING' }, { orderBy: { id: 'asc' } })
  for (const run of atWork) {
    if (await isLeaseHeld(services.orm, runLeaseName(run.integrationId))) continue
    if (!(await endBroken(services, run)) || run.mode === 'PREVIEW') continue
    if (COUNTER_TRIGGERS.includes(run.trigger)) {
      services.background.add(settle(services, run))
      continue
    }
    await startRun(services, {
      integrationId: run.integrationId,
      mode: 'RUN',
      trigger: 'CATCH_UP',
      startedBy: 'restart',
    })
  }
}

/** False when another process was first. */
async function endBroken(services: Services, run: BillingRunRow): Promise<boolean> {
  const at = toInstant(services.clock)
  const subject = { kind: 'RUN', id: run.id, name: run.runDay } as const
  return inTransaction(services.orm, async (em) => {
    const ended = await em.nativeUpdate(
      BillingRunEntity,
      { id: run.id, status: 'RUNNING' },
      { status: 'FAILED', finishedAt: at, problems: [toProblem('RUN_INTERRUPTED', subject)] },
    )
    if (ended === 0) return false
    await em.nativeUpdate(
      AdjustmentEntity,
      { run: run.id, status: { $in: ['PLANNED', 'APPROVED'] } },
      {
        status: 'NOT_POSTED',
        settledAt: at,
        outcomeText: COUNTER_TRIGGERS.includes(run.trigger)
          ? 'The process ended before this was sent. Nothing was changed; ask for it again.'
          : 'The process ended before this was sent. The next run plans it again.',
      },
    )
    return true
  })
}

/** Settles by reading what a run that undoes left on its way. Never rejects; what stays open, the next run settles. */
async function settle(services: Services, run: BillingRunRow): Promise<void> {
  const lease = await takeLease(services.orm, runLeaseName(run.integrationId))
  if (lease === null) return
  const integration = await services.orm.em
    .fork()
    .findOneOrFail(IntegrationEntity, { id: run.integrationId })
  try {
    await settleCounterRun(services, integration, run)
    await finishRun(services, run.id, [])
  } catch (error) {
    services.log.warn({ err: error, runId: run.id }, 'A broken run could not be settled yet')
    await finishRun(services, run.id, [toRunProblem(integration, error)])
  } finally {
    await lease.release()
  }
}
