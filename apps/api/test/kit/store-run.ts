import type { Day } from '@trueup/core'
import { newId } from '../../src/database/id.ts'
import {
  BillingRunEntity,
  NO_TOTALS,
  type BillingRunRow,
} from '../../src/modules/run/billing-run.entity.ts'
import type { TestApp } from './start-test-app.ts'

/** Stores a run by the books, as if it had been executed; begun by a person and completed unless said otherwise. */
export async function storeRun(
  { app, clock }: TestApp,
  integrationId: string,
  facts: Partial<Pick<BillingRunRow, 'mode' | 'trigger' | 'status'>> & {
    readonly snapshot?: string | undefined
  },
): Promise<BillingRunRow> {
  const em = app.services.orm.em.fork()
  const run = em.create(BillingRunEntity, {
    id: newId(),
    integrationId,
    mode: 'RUN',
    trigger: 'MANUAL',
    status: 'COMPLETED',
    runDay: '2026-03-15' as Day,
    startedAt: new Date(clock.nowMs()),
    startedBy: 'test',
    totals: NO_TOTALS,
    problems: [],
    ...facts,
  })
  await em.flush()
  return run
}
