import type { ApplyMode, Finding, RunEvent } from '@trueup/core'
import { toInstant } from '../../clock.ts'
import type { Services } from '../../context.ts'
import { inTransaction } from '../../database/transaction.ts'
import type { IntegrationRow } from '../integration/integration.entity.ts'
import { refreshDirectory } from '../integration/refresh-directory.ts'
import { takeSnapshot } from '../usage/take-snapshot.ts'
import { storeRunInput } from '../replay/store-run-input.ts'
import { bill } from './bill.ts'
import { BillingRunEntity, type BillingRunRow } from './billing-run.entity.ts'
import { readRunRequest } from './read-run-request.ts'
import { storeEvent } from '../adjustment/store-event.ts'
import { storePlan } from '../adjustment/store-plan.ts'

/**
 * Reads the directory when it is of another day, reads usage, stores the snapshot, and lets core plan, post and verify; every
 * event is stored as it happens, so that a person can watch and a restart finds what was done. Throws what kept it from
 * ending.
 */
export async function executeRun(
  services: Services,
  integration: IntegrationRow,
  run: BillingRunRow,
): Promise<void> {
  const outdated = await refreshDirectory(services, integration, run)
  const { snapshotId, findings } = await takeSnapshot(services, integration, run.runDay)
  await services.orm.em
    .fork()
    .nativeUpdate(BillingRunEntity, { id: run.id }, { snapshot: snapshotId })
  const request = await readRunRequest(services.orm.em.fork(), integration, run.runDay)
  const apply = toApplyMode(integration, run)
  for await (const event of bill(services, integration, { ...request, apply }))
    await keep(services, run, { event, noticed: [...outdated, ...findings] })
}

/** A preview and a run that a person approves post nothing by themselves. */
function toApplyMode(integration: IntegrationRow, run: BillingRunRow): ApplyMode {
  return run.mode === 'RUN' && integration.approvalMode === 'AUTOMATIC' ? 'ALL' : 'NOTHING'
}

async function keep(
  services: Services,
  run: BillingRunRow,
  { event, noticed }: { readonly event: RunEvent; readonly noticed: readonly Finding[] },
): Promise<void> {
  const at = toInstant(services.clock)
  await inTransaction(services.orm, async (em) => {
    if (event.kind !== 'reconciled') {
      await storeEvent(em, run, event, at)
      return
    }
    const { linesCompared, linesUnchanged, moneyPerPeriod, revenueAtRiskPerMonth } =
      event.plan.totals
    const plan = { ...event.plan, findings: [...noticed, ...event.plan.findings] }
    await storePlan(em, run, { plan, accountMappings: event.input.accountMappings }, at)
    await storeRunInput(em, run, { input: event.input, at })
    const planned = { linesCompared, linesUnchanged, moneyPerPeriod, revenueAtRiskPerMonth }
    await em.nativeUpdate(
      BillingRunEntity,
      { id: run.id },
      { totals: { ...run.totals, ...planned } },
    )
  })
}
