import type { Em } from '../../database/orm.ts'
import type { BillingRunRow } from '../run/billing-run.entity.ts'
import { AutotaskWaitEntity, type AutotaskWaitRow } from './autotask-wait.entity.ts'

/** That a run waits for Autotask at this instant. Also one whose approved adjustments are being posted. */
export function readWait(em: Em, run: BillingRunRow, at: Date): Promise<AutotaskWaitRow | null> {
  const canWait = run.status === 'RUNNING' || run.status === 'WAITING_FOR_APPROVAL'
  if (!canWait) return Promise.resolve(null)
  return em.findOne(AutotaskWaitEntity, { integrationId: run.integrationId, until: { $gt: at } })
}
